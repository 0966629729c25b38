"""A sift without names: nothing that tells who an applicant is, however it is written."""

from __future__ import annotations

import re
from datetime import date
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.recruitment.codes import STATES, STEPS, ApplicationState
from plugins.recruitment.rules import MASK, Identity, blind_view, is_blind, masked

ANA = Identity(
    names=("Ana Reyes", "Ana Isa Cruz"),
    addresses=("Flat 2, 12 Mill Lane, Colchester, CO1 2AB",),
    emails=("ana.r@x.org",),
    phones=("07700 900123",),
    ni_number="QQ 12 34 56 C",
    trn="12/34567",
    born_on=date(1980, 5, 4),
    file_names=("Ana_Reyes_CV.docx",),
)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        pytest.param("I am Ana Reyes, ana@x.org", f"I am {MASK}, {MASK}", id="R42, the name and the address"),
        ("Ana's class; REYES. (reyes)", f"{MASK}'s class; {MASK}. ({MASK})"),
        ("Miss Cruz, as I was until 2009", f"Miss {MASK}, as I was until 2009"),
        ("anareyes, ReyesAna, ana_reyes, AnaCruz", f"{MASK}, {MASK}, {MASK}, {MASK}"),
        ("REY-\nES, Rey- es, Rey\nes, R e y e s", f"{MASK}, {MASK}, {MASK}, {MASK}"),
        ("Re\u00adyes, Re\u200byes, Réyés, Re\u0301yes, Ｒｅｙｅｓ", ", ".join([MASK] * 5)),  # noqa: RUF001  wide letters
        ("王Ana李", f"王{MASK}李"),
        ("a\u200bAna", f"a\u200b{MASK}"),  # an unseen space is one
        # what only looks like it stays
        ("Banana, Reyesian, analyse, Anatomy", "Banana, Reyesian, analyse, Anatomy"),
        ("This is a school. It is an A level. In A level", "This is a school. It is an A level. In A level"),
        ("I taught an a, and A n, a", "I taught an a, and A n, a"),
        ("frühAna, füAna, Anaü", "frühAna, füAna, Anaü"),
        ("From 01/09/2019 to 31/08/2021; 1,500,000; £1500000", "From 01/09/2019 to 31/08/2021; 1,500,000; £1500000"),
        ("born leaders; a birth of ideas in 2019", "born leaders; a birth of ideas in 2019"),
        ("4 children of 05; 1980 pupils", "4 children of 05; 1980 pupils"),
        # addresses
        ("of Flat 2, 12 Mill Lane, Colchester, CO1 2AB.", f"of {MASK}."),
        ("at 12 MILL lane", f"at {MASK}"),
        ("in Mill Lane near co12ab", f"in {MASK} near {MASK}"),
        ("a school in Colchester", "a school in Colchester"),
        # what we know and what looks like it
        ("ana.r@x.org ana.r at x dot org Ana.R @ X.org", f"{MASK} {MASK} {MASK}"),
        ("somebody.else@example.org, a (at) b (dot) org", f"{MASK}, {MASK}"),
        ("ring 07700 900123 or +44 (0)7700 900-123", f"ring {MASK} or {MASK}"),
        ("ring 0121 496 0000, (01632) 960 001, +33 1 23 45 67 89", f"ring {MASK}, {MASK}, {MASK}"),
        ("NI qq123456c, ab 12 34 56 d", f"NI {MASK}, {MASK}"),
        ("TRN 1234567, 76/54321, 7654321", f"TRN {MASK}, {MASK}, {MASK}"),
        ("DOB: 3 March 1975; d.o.b. 03.03.75; born in 1975", f"DOB: {MASK}; d.o.b. {MASK}; born in {MASK}"),
        ("date of birth 1975-03-03; birthday March 3rd, 1975", f"date of birth {MASK}; birthday {MASK}"),
        ("see Ana_Reyes_CV.docx", f"see {MASK}"),
        ("", ""),
    ],
)
def test_what_tells_who_somebody_is_is_masked_and_the_rest_is_not(text: str, left: str) -> None:
    assert masked(text, ANA) == left


@pytest.mark.parametrize(
    ("known", "text", "left"),
    [
        (Identity(names=("Paul",)), "Pa\nul", MASK),
        (Identity(names=("Isa",)), "It is\na school", "It is\na school"),  # three letters over two lines are two words
        (Identity(names=("Isa",)), "I s a", MASK),
        (Identity(names=("Al",)), "A l", "A l"),
        (Identity(names=("Hasan",)), "She has an idea", "She has an idea"),
        (Identity(names=("Hasan",)), "HAS AN", MASK),  # in capitals nobody can tell
        (Identity(names=("Ina",)), "In A level classes", "In A level classes"),
        (Identity(names=("王芳",)), "王 芳", MASK),
        (Identity(names=("Ana",)), "xAna", "xAna"),
        (Identity(names=("Ana",)), "üAna", "üAna"),
        (Identity(names=("Ana",)), " üAna", " üAna"),
        (Identity(names=("Ana",)), "Ana\u0323\u0331 x", f"{MASK} x"),  # accents go with their letter
        (Identity(born_on=date(1980, 9, 4)), "on 4 Sept 1980", f"on {MASK}"),
        (Identity(file_names=("a.doc",)), "see a.doc", f"see {MASK}"),
        (Identity(file_names=("a.do",)), "see a.do", "see a.do"),
        (Identity(phones=("1234",)), "ring 1234", f"ring {MASK}"),
    ],
)
def test_where_a_name_begins_and_ends(known: Identity, text: str, left: str) -> None:
    assert masked(text, known) == left


def test_what_is_too_short_to_tell_anybody_is_not_looked_for() -> None:
    known = Identity(names=("A", ""), addresses=("", "12"), phones=("", "123"), trn="", file_names=("a",))
    assert masked("A class of 12, room 123", known) == "A class of 12, room 123"


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("O'Neil", "O’Neil"),  # noqa: RUF001  as word processors write it
        ("O'Neil", "ONEIL"),
        ("O'Neil", "o-neil"),
        ("ONeil", "O' Neil"),
        ("Oneil", "O Neil"),
        ("Oneil", "OʼNeil"),  # noqa: RUF001  the apostrophe that is a letter
        ("Anne-Marie", "anne marie"),
        ("Anne-Marie", "AnneMarie"),
        ("Anne-Marie", "Anne–Marie"),  # noqa: RUF001  a dash
        ("Annemarie", "Anne Marie"),
        ("McDonald", "mc donald"),
        ("Macdonald", "Mac Donald"),
        ("Weiß", "WEISS"),
        ("Weiss", "Weiß"),
        ("Weiss", "WEIẞ"),
        ("Işık", "IŞIK"),  # noqa: RUF001
        ("Işık", "isik"),  # noqa: RUF001
        ("İnci", "INCI"),
        ("Inci", "ıncı"),  # noqa: RUF001
        ("Müller", "Mueller"),
        ("Mueller", "Müller"),
        ("Mueller", "MU\u0308LLER"),
        ("Müller", "Muller"),
        ("Åse", "Aase"),
        ("Aase", "Åse"),
        ("Søren", "Soeren"),
        ("Łukasz", "Lukasz"),
        ("Zoë", "Zoe"),
        ("Zoe", "Zoë"),
        ("Joel", "Joël"),
        ("Sæmund", "Saemund"),
        ("Ólafur Þór", "Thor"),
        ("Nikos Παππάς", "ΠΑΠΠΑΣ"),
        ("Юлия", "ЮЛИЯ"),
        ("محمد", "مـحـمّد"),
        ("王小芳", "王小芳"),
        ("राम कुमार", "राम"),
    ],
)
def test_a_name_is_known_in_each_of_its_spellings(name: str, written: str) -> None:
    left = masked(f"1 {written} 2", Identity(names=(name,)))
    assert re.fullmatch(rf"1 .? ?{MASK} ?(?:{MASK})? 2", left), left
    assert not re.search(r"\w{2}", left)


def test_a_name_in_a_script_without_spaces_is_found_within_a_sentence() -> None:
    assert masked("我是王芳老师", Identity(names=("王芳",))) == f"我是{MASK}老师"


# A law: whatever is left of a text has no letter of the name in it, and every letter that is not.

_PLAIN = "abcdeghijklmnoprstuvwyäöüéñçßıİłøåæŞğ"  # noqa: RUF001  without f, q, x and z, which stand around the name
_PARTS = st.lists(st.text(_PLAIN, min_size=2, max_size=7), min_size=1, max_size=3)
_CASES = (str.upper, str.lower, str.title, str.casefold, str.swapcase)
_FORMS = ("NFC", "NFD", "NFKC", "NFKD")
_UNSEEN = ("", "\u0301", "\u0323", "\u200b", "\u200d", "\u2060", "\ufeff", "\u00ad", "'", "-\n", "-", "\u2010 \n", ".")
_JOINTS = ("", " ", "-", "–", "'", "’", "\u00a0", "-\n", "\n", "  ", "_", ", ")  # noqa: RUF001
_AROUND = st.text("xqzf 0\n.,(-'", max_size=8)


@st.composite
def _written(draw: st.DrawFn, part: str) -> str:
    """One way to write a part of a name."""
    cased = draw(st.sampled_from(_CASES))(part)
    match draw(st.sampled_from(["whole", "unseen", "spaced", "broken"])):
        case "unseen":
            at = draw(st.integers(1, len(cased) - 1))
            cased = f"{cased[:at]}{draw(st.sampled_from(_UNSEEN))}{cased[at:]}"
        case "spaced" if len(part) > 2:
            cased = " ".join(re.findall(r"\w\W*", cased))
        case "broken" if len(part) > 3:
            at = draw(st.integers(1, len(cased) - 1))
            cased = f"{cased[:at]}\n{cased[at:]}"
    return normalize(draw(st.sampled_from(_FORMS)), cased)


@given(_PARTS, st.data(), _AROUND, _AROUND)
def test_no_letter_of_a_name_is_left_however_it_is_written(
    parts: list[str], data: st.DataObject, before: str, after: str
) -> None:
    known = Identity(names=(data.draw(st.sampled_from((" ", "-", "'"))).join(parts).title(),))
    ways = [data.draw(_written(part)) for part in parts]
    spaced = any(" " in way for way in ways)
    joint = data.draw(st.sampled_from(_JOINTS[1:] if spaced else _JOINTS))
    left = masked(f"{before} {joint.join(ways)} {after}", known)
    assert re.findall(r"[^\W\d_]", left) == re.findall(r"[^\W\d_]", before + after)
    assert MASK in left


@given(st.text(max_size=60), st.lists(st.text(max_size=8), max_size=3).map(tuple))
def test_what_is_masked_stays_as_it_is(text: str, names: tuple[str, ...]) -> None:
    known = Identity(names=names, emails=names, addresses=names, phones=names)
    once = masked(text, known)
    assert masked(once, known) == once


_DAYS = st.dates(date(1940, 1, 1), date(2010, 12, 31))
_WAYS = (
    "{0.day} {0:%B} {0.year}",
    "{0.day} {0:%b} {0:%y}",
    "{0.day}th of {0:%B}, {0.year}",
    "{0:%B} {0.day}, {0.year}",
    "{0:%b} {0.day}nd '{0:%y}",
    "{0:%d/%m/%Y}",
    "{0:%d-%m-%y}",
    "{0.day}.{0.month}.{0.year}",
    "{0:%Y-%m-%d}",
    "{0:%m/%d/%Y}",
    "{0:%d%m%Y}",
    "{0:%Y%m%d}",
    "{0:%d%m%y}",
    "{0:%d %B\n%Y}",
    "{0.year} {0:%B} {0.day}",
)


@given(_DAYS, st.sampled_from(_WAYS), st.sampled_from(_CASES))
def test_a_known_date_of_birth_is_masked_in_each_of_its_ways(day: date, way: str, case: object) -> None:
    assert callable(case)
    assert masked(f"xx {case(way.format(day))} xx", Identity(born_on=day)) == f"xx {MASK} xx"


_BIRTH = ["born", "Born on", "DOB", "D.O.B.:", "Date of birth is"]


@given(_DAYS, st.sampled_from(_WAYS[:9]), st.sampled_from(_BIRTH))
def test_a_date_beside_a_word_for_birth_is_masked_when_it_is_not_known(day: date, way: str, word: str) -> None:
    assert masked(f"{word} {way.format(day)}.", Identity()) == f"{word} {MASK}."


@given(st.text("0123456789", min_size=7, max_size=7), st.text("0123456789", min_size=6, max_size=6), st.booleans())
def test_numbers_of_teachers_and_of_insurance_are_masked_when_they_are_not_known(
    trn: str, insurance: str, spaced: bool
) -> None:
    written = f"JG{insurance}B"
    if spaced:
        trn, written = f"{trn[:2]}/{trn[2:]}", f"JG {insurance[:2]} {insurance[2:4]} {insurance[4:]} B"
    assert masked(f"TRN {trn}, NI {written}.", Identity()) == f"TRN {MASK}, NI {MASK}."


def test_the_blind_view_leaves_out_who_and_masks_the_rest() -> None:
    answers = {
        "surname": "Reyes",
        "forename": "Ana",
        "born_on": "1980-05-04",
        "photo": "ana.jpg",
        "equality": "answers",
        "statement": "I am Ana Reyes, ana@x.org",
        "qts": "yes",
        "schooling": "2009 to 2013",
    }
    masked_statement = f"I am {MASK}, {MASK}"
    assert blind_view(answers, ANA) == {"statement": masked_statement, "qts": "yes", "schooling": "2009 to 2013"}
    assert blind_view(answers, ANA, also_hidden=("schooling",)) == {"statement": masked_statement, "qts": "yes"}


@pytest.mark.parametrize(
    ("state", "was_shortlisted", "blind"),
    [
        ("submitted", False, True),
        ("longlisted", False, True),
        ("shortlisted", True, False),
        pytest.param("rejected_sift", False, True, id="R43, rejected at the sift"),
        pytest.param("rejected_sift", True, True, id="R43, for ever"),
        ("withdrawn", False, True),
        ("withdrawn", True, False),
        ("rejected_interview", True, False),
        ("declined", True, False),
        ("started", True, False),
    ],
)
def test_a_name_is_hidden_until_its_bearer_is_shortlisted(
    state: ApplicationState, was_shortlisted: bool, blind: bool
) -> None:
    assert is_blind(state, was_shortlisted) is blind


@given(st.sampled_from(list(STATES)))
def test_nobody_is_seen_who_never_was_shortlisted(state: ApplicationState) -> None:
    came_before = {"draft", "submitted", "longlisted", "withdrawn", "rejected_sift"}
    assert is_blind(state) == (state in came_before)
    assert came_before >= set(STEPS[:3])
