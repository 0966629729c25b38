"""The true pack proves; a zip or a file of it that is not as it was made is refused, with what is wrong."""

import io
import zipfile
from typing import Any

import pytest

from events.packs import verify
from tests.events.packs.packing import answer
from tests.events.packs.verify.forging import Files, Forged, Sound, proof, refused


def test_the_true_pack_proves(true: Sound) -> None:
    assert answer(true.raw, true.key) == ("proved", [])
    assert answer(true.raw) == ("consistent with itself only", [])
    for half in true.halves:
        assert answer(true.raw, held=[half]) == ("proved", [])
    kinds = [one["kind"] for one in verify.check(true.raw, [], [])["entries"]]
    assert kinds == [
        "events.signing_key_added/1",
        *["tests.noted/1"] * 5,
        None,
        "events.key_destroyed/1",
        "events.signing_key_added/1",
        "events.signing_key_retired/1",
        "tests.noted/1",
    ]
    for same in (true.with_("README.txt", b"Other words."), true.saying(asked="Something else.")):
        assert answer(same, true.key) == ("proved", [])  # the log's own key may say what it likes of them


def zipped_by_others(files: Files, **options: Any) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", **options) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def reordered(true: Sound) -> bytes:
    return verify.zipped(dict(sorted(true.files.items())))


def named(name: str) -> Forged:
    """One proof under another name; the zip is as a true one's otherwise."""
    return lambda true: verify.zipped({name if one == proof(3) else one: held for one, held in true.files.items()})


def declared(size: int) -> Forged:
    """A first file that says it is of another size than it is."""
    return lambda true: true.raw[:22] + size.to_bytes(4, "little") + true.raw[26:]


def twice(true: Sound) -> bytes:
    """A file under two entries of the same name."""
    return verify.zipped({**true.files, "record.json": b"{}", "record.htmX": b"other"}).replace(
        b"record.htmX", b"record.html"
    )


def linked(true: Sound) -> bytes:
    """The directory says that a file is a symbolic link."""
    at = true.raw.index(b"PK\1\2") + 38
    return true.raw[:at] + (0o120777 << 16).to_bytes(4, "little") + true.raw[at + 4 :]


def nested(true: Sound) -> bytes:
    inner = zipped_by_others({f"{at}": bytes(1_000_000) for at in range(5)}, compression=zipfile.ZIP_DEFLATED)
    return verify.zipped({**true.files, "more.zip": inner})


ZIPS: dict[str, tuple[Forged, str]] = {
    "nothing": (lambda _: b"", "this is not a pack"),
    "something else": (lambda _: b"%PDF-1.7", "this is not a pack"),
    "an empty zip": (lambda _: verify.zipped({}), "this is not a pack"),
    "zipped again": (lambda true: zipped_by_others(true.files), "the zip is not as it was made"),
    "zipped again and compressed": (
        lambda true: zipped_by_others(true.files, compression=zipfile.ZIP_DEFLATED),
        "a file in the zip is compressed",
    ),
    "a bomb": (
        lambda true: zipped_by_others({"README.txt": bytes(50_000_000)}, compression=zipfile.ZIP_DEFLATED),
        "a file in the zip is compressed",
    ),
    "a zip inside": (nested, "a file that is no part of a pack: 'more.zip'"),
    "a huge declared size": (declared(2**32 - 1), "more files than a pack does, or a larger one"),
    "a larger declared size": (declared(4000), "the zip is not as it was made"),
    "a smaller declared size": (declared(3), "the zip is not as it was made"),
    "another order": (reordered, "the MANIFEST does not list the files"),
    "bytes behind": (lambda true: true.raw + b"\0", "the zip is not as it was made"),
    "bytes ahead": (lambda true: b"\0" + true.raw, "this is not a pack"),
    "a link": (linked, "the zip is not as it was made"),
    "a file twice": (twice, "the zip holds record.html twice"),
    "a file more": (
        lambda true: verify.zipped({**true.files, proof(99): true.files[proof(1)]}),
        "MANIFEST does not list",
    ),
    "too many files": (
        lambda true: verify.zipped({f"proofs/{at:05}.tlog-proof": b"" for at in range(12_001)}),
        "more files than a pack does",
    ),
    "a text too long": (lambda true: true.with_("pack.json", bytes(5_000_000)), "or a larger one"),
    "a path upwards": (named("../verify.py"), "no part of a pack: '../verify.py'"),
    "a path from the root": (named("/etc/passwd"), "no part of a pack"),
    "a path of Windows": (named("C:\\proof"), "no part of a pack"),
    "a folder": (named("proofs/"), "no part of a pack"),
    "a name with a line feed": (named("proofs/00001.tlog-proof\n"), "no part of a pack"),
    "a name for a terminal": (named("\x1b[2Jproof"), r"no part of a pack: '\x1b[2Jproof'"),
    "no checkpoint": (lambda true: true.without("checkpoint"), "the pack has no checkpoint"),
    "no manifest": (
        lambda true: verify.zipped({one: held for one, held in true.files.items() if one != "MANIFEST"}),
        "the pack has no MANIFEST",
    ),
    "no verifier": (lambda true: true.without("verify.py"), "the pack has no verify.py"),
    "a proof less": (lambda true: true.without(proof(3)), "pack.json does not list the proofs that are here"),
    "a proof less and not signed": (
        lambda true: verify.zipped({one: held for one, held in true.files.items() if one != proof(3)}),
        "the MANIFEST does not list the files",
    ),
}


@pytest.mark.parametrize("what", ZIPS)
def test_a_zip_that_is_not_as_it_was_made_is_refused(true: Sound, what: str) -> None:
    forge, says = ZIPS[what]
    refused(forge(true), true, says)


@pytest.mark.parametrize("name", ["README.txt", "verify.py", "record.html", "record.pdf", "record.json"])
def test_a_file_that_was_changed_is_named(true: Sound, name: str) -> None:
    files = true.files
    changed = verify.zipped(files | {name: files[name].replace(b"e", b"f", 1) + b" "})
    refused(changed, true, f"{name} is not the file that was signed")
