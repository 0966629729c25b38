// Asks the browser for a passkey when a form that wants one is sent, and sends the form with what it said.
"use strict";

async function asked(form) {
  const wanted = JSON.parse(form.dataset.passkey);
  const found = form.dataset.does === "add"
    ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(wanted) })
    : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(wanted) });
  return JSON.stringify(found.toJSON());
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  form.addEventListener("submit", async (event) => {
    const called = form.elements.called?.value.trim();
    if (called === "" || called?.length > 40) return; // the page that follows says so, before any key is made
    event.preventDefault();
    try {
      form.elements.answer.value = await asked(form);
    } catch {
      form.elements.answer.value = ""; // refused, or none there: the page that follows says what to do
    }
    form.submit();
  });
}
