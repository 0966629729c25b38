"""Finding in a text what tells who somebody is, however it is written there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from unicodedata import category, name, normalize

from .alike import UMLAUT, Folded, fold

MASK = "█████"
"""What stands where something is hidden: as long for a short name as for a long one, and no letter of any."""

Span = tuple[int, int]  # the first character in a folded text, and the one after the last

_ALPHABETS = ("LATIN", "GREEK", "CYRILLIC", "ARMENIAN", "GEORGIAN")
"""Scripts that set words apart and add nothing to a name. In others a name is found inside a longer word, too."""

_LEAST_PART = 2  # letters from which a part of a name is hidden by itself
_BROKEN_FROM = 4  # letters from which a name may be broken over two lines without a hyphen
_SPACED_FROM = 3  # letters from which a name may be spaced out, one by one
_LEAST_STRING = 4  # letters and figures from which anything else is looked for
_BETWEEN = rf"(?:[^\w█{UMLAUT}]|_){{0,6}}"  # what may stand between two letters of what is looked for
_SAID = rf"{_BETWEEN}(?:(?:at|dot){_BETWEEN})?"  # and between two words of an e-mail address that is spelt out
_ONE_VOWEL = {"ae", "aa", "oe", "ue"}  # that may be written as one, with a mark over it
_SEPARATORS = re.compile(rf"(?:[^\w{UMLAUT}]|_)+")
_HYPHENED = re.compile(r"[-']\s+")  # at the end of a line, or as in O' Neil
_LETTERS = re.compile(rf"[^\W\d_](?:[^\W\d_]|{UMLAUT})*")
_ALNUM = re.compile(r"[^\W_]+")
_POSTCODE = re.compile(r"\b[a-z]{1,2}\d[a-z\d]?\s*\d[a-z]{2}\b", re.IGNORECASE)
_HOUSE = re.compile(r"^\W*\d+\w?\W+")

_PART = r"[^\s@<>()\[\]{},;:\"█]"
_GAP = r"[ .\-\n()]{0,3}"
_MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_NTH = "(?:st|nd|rd|th)?"
_YEAR = r"(?:\d{4}|\d{2})(?!\d)"
_DATE = "|".join(
    (
        r"\d{4}[^\w█]\d{1,2}[^\w█]\d{1,2}(?!\d)",
        rf"\d{{1,2}}[^\w█]{{1,3}}\d{{1,2}}[^\w█]{{1,3}}{_YEAR}",
        rf"\d{{1,2}}{_NTH}\W{{0,3}}(?:of\W)?{_MONTH}\W{{0,4}}{_YEAR}",
        rf"{_MONTH}\W{{0,3}}\d{{1,2}}{_NTH}\W{{1,3}}{_YEAR}",
    )
)
_BORN = r"\b(?:born|birth\w*|d[. ]?o[. ]?b\b\.?)"
_UNKNOWN = tuple(
    re.compile(pattern)
    for pattern in (
        rf"({_PART}{{1,64}}\s*@\s*{_PART}{{0,250}}\w)",
        rf"([\w.+-]{{1,64}}\s*[\[({{]\s*at\s*[\])}}]\s*\w{_PART}*(?:\s*[\[({{]\s*dot\s*[\])}}]\s*\w+)*)",
        rf"(?<!\d)((?:\+|00)\s?\d{{1,3}}(?:{_GAP}\d){{6,12}})(?!\d)",  # telephone
        rf"(?<!\d)(\(?0\d{{2,4}}(?:{_GAP}\d){{5,8}})(?!\d)",
        rf"(?<![^\W_])([a-z]{{2}}(?:{_GAP}\d){{6}}{_GAP}[a-d])(?![^\W_])",  # National Insurance
        r"(?<![\d£$€.,/-])(\d{2}[ /-]?\d{5})(?!\d|[.,]\d)",  # teacher reference number
        rf"{_BORN}[^\d█]{{0,25}}?({_DATE})",
        rf"{_BORN}\W{{0,3}}(?:in\W)?((?:19|20)\d\d)(?!\d)",
    )
)


def spans_of_names(text: str, folded: Folded, names: Iterable[str]) -> Iterator[Span]:
    """Where a name stands, or a part of it of two letters or more, as a word of its own."""
    for form in {form for full in names for form in _forms(full)}:
        for found in re.finditer(f"(?=({_BETWEEN.join(_letters(form))}))", folded.text):
            span = found.span(1)
            if _stands_alone(text, folded, span) and _is_one_writing(text, folded, span):
                yield span


def spans_of_strings(text: str, folded: Folded, strings: Iterable[str]) -> Iterator[Span]:
    """Where a string stands, whatever its capitals, spaces and punctuation; one under four characters is not sought."""
    for one in {tuple(_ALNUM.findall(fold(string).text.replace(UMLAUT, ""))) for string in strings}:
        if sum(map(len, one)) < _LEAST_STRING:
            continue
        pattern = _SAID.join(_BETWEEN.join(_letters(word)) for word in one)
        for found in re.finditer(f"(?=({pattern}))", folded.text):
            if _stands_alone(text, folded, found.span(1)):
                yield found.span(1)


def spans_of_phones(folded: Folded, phones: Iterable[str]) -> Iterator[Span]:
    """Where a telephone number stands, with or without the code of the country."""
    for phone in phones:
        figures = re.sub(r"\D", "", fold(phone).text)
        local = re.sub(r"^(?:00)?(?:44)?0?", "", figures)
        if len(local) >= _LEAST_STRING:
            pattern = rf"(?<!\d)(?:(?:\+|00)?44{_BETWEEN})?(?:0{_BETWEEN})?{_BETWEEN.join(local)}(?!\d)"
            yield from (found.span() for found in re.finditer(pattern, folded.text))


def spans_of_birth(folded: Folded, born_on: date) -> Iterator[Span]:
    """Where a date of birth stands: in words, in figures in any order, with the whole year or its end."""
    day, month = f"0?{born_on.day}", f"0?{born_on.month}"
    named = (
        f"(?<![a-z])(?:{born_on:%B}|{born_on:%b}|{'sept' if born_on.month == 9 else born_on.strftime('%b')})".lower()
    )
    year, gap, some = f"(?:{born_on:%Y}|{born_on:%y})", r"[^\w█]{0,4}", r"(?:[^\w█]{1,4}|_)"
    patterns = (
        f"{day}{_NTH}{gap}(?:of )?{named}{gap}{year}",
        f"{named}{gap}{day}{_NTH}{some}{year}",
        f"{day}{some}{month}{some}{year}",
        f"{month}{some}{day}{some}{year}",
        f"{year}{some}(?:{month}|{named}){some}{day}",
        f"{born_on:%d%m%Y}|{born_on:%Y%m%d}|{born_on:%d%m%y}",
    )
    for pattern in patterns:
        yield from (found.span(1) for found in re.finditer(rf"(?<!\d)(?=({pattern})(?!\d))", folded.text))


def spans_unknown(folded: Folded) -> Iterator[Span]:
    """What looks like an e-mail address, a telephone, National Insurance or teacher number, or a date of birth."""
    for pattern in _UNKNOWN:
        yield from (found.span(1) for found in pattern.finditer(folded.text))


def address_strings(address: str) -> Iterator[str]:
    """What an address is known by: the whole, its postcode, each line of two words, a street without its number."""
    yield address
    yield from _POSTCODE.findall(address)
    for line in re.split(r"[,;\n]+", address):
        for one in (line, _HOUSE.sub("", line)):
            if len(_ALNUM.findall(one)) > 1:
                yield one


def hide(text: str, folded: Folded, spans: Iterable[Span]) -> str:
    """The text with a mask over each stretch; what overlaps gets one."""
    merged: list[list[int]] = []
    for first, after in sorted((folded.at[first], _end(text, folded, after)) for first, after in spans):
        if merged and first < merged[-1][1]:
            merged[-1][1] = max(after, merged[-1][1])
        else:
            merged.append([first, after])
    for first, after in reversed(merged):
        text = f"{text[:first]}{MASK}{text[after:]}"
    return text


def _end(text: str, folded: Folded, after: int) -> int:
    """Where a stretch ends in the text itself, with the accents that hang on its last letter."""
    end = folded.at[after - 1] + 1
    while end < len(text) and category(text[end]) in {"Mn", "Me"}:
        end += 1
    return end


def _forms(full_name: str) -> Iterator[str]:
    """The letters of each part of a name, and of parts that follow each other written as one word."""
    raw = normalize("NFC", full_name)
    apart = "".join(f" {one}" if at and one.isupper() and raw[at - 1].islower() else one for at, one in enumerate(raw))
    parts = _LETTERS.findall(fold(apart).text)
    runs = ["".join(parts[first:after]) for first in range(len(parts)) for after in range(first + 1, len(parts) + 1)]
    ends = [f"{parts[0]}{parts[-1]}", f"{parts[-1]}{parts[0]}"] if len(parts) > 1 else []
    for form in (*runs, *ends):
        if len(form.replace(UMLAUT, "")) >= _LEAST_PART:
            yield form
            if UMLAUT in form:
                yield re.sub(f"(?<=[aou]){UMLAUT}", "e", form)
                yield re.sub(f"(?<=a){UMLAUT}", "a", form)


def _letters(form: str) -> Iterator[str]:
    """A pattern for each letter, whether its mark is written or not; for two vowels that may be one, for both."""
    letters = re.findall(rf".{UMLAUT}?", form)
    at = 0
    while at < len(letters):
        both = "".join(letters[at : at + 2])
        if both in _ONE_VOWEL:
            yield f"{both[0]}(?:{UMLAUT}?{_BETWEEN}{both[1]}{UMLAUT}?|{UMLAUT})"
            at += 2
        else:
            yield f"{re.escape(letters[at][0])}{UMLAUT}?"
            at += 1


def _stands_alone(text: str, folded: Folded, span: Span) -> bool:
    """Whether neither side goes on with a letter after a letter, or a figure after a figure."""
    first, after = span
    before = first - 1
    while before > 0 and folded.text[before] == UMLAUT:
        before -= 1
    ends = (before, first) if before >= 0 else None, (after - 1, after) if after < len(folded.text) else None
    return not any(pair and _goes_on(text, folded, *pair) for pair in ends)


def _goes_on(text: str, folded: Folded, one: int, other: int) -> bool:
    between = text[folded.at[one] + 1 : folded.at[other]]
    if any(category(character) == "Cf" for character in between):  # unseen, but it may part two words
        return False
    pair = (folded.text[one], folded.text[other])
    return all(map(str.isdecimal, pair)) or all(name(letter, "").startswith(_ALPHABETS) for letter in pair)


def _is_one_writing(text: str, folded: Folded, span: Span) -> bool:
    """Whether the letters found are a name, and not words that happen to have its letters, such as "is a" for Isa.

    A name has no spaces; but it may be broken over lines, spaced out letter by letter, or written as two words that
    both begin with a capital.
    """
    first, after = span
    separators = [found.span() for found in _SEPARATORS.finditer(folded.text, first, after)]
    size = _size(folded, span)
    gaps = [gap for gap in separators if _is_gap(folded.text[slice(*gap)], size)]
    if not gaps:
        return True
    if any(folded.text[slice(*gap)].strip() for gap in gaps):
        return False
    starts, ends = [first, *(end for _, end in gaps)], [*(start for start, _ in gaps), after]
    sizes = [_size(folded, piece) for piece in zip(starts, ends, strict=True)]
    if max(sizes) == 1:
        return len(sizes) >= _SPACED_FROM or not folded.text[first].islower()
    capitals = not any(text[folded.at[start]].islower() for start in starts)
    return capitals and all(
        size > 1 or not folded.text[start].islower() for size, start in zip(sizes[1:], starts[1:], strict=True)
    )


def _size(folded: Folded, span: Span) -> int:
    """How many letters it has in the text itself, where ß is one."""
    return len({folded.at[at] for at in range(*span) if folded.text[at].isalpha()})


def _is_gap(between: str, size: int) -> bool:
    """Whether what stands between two letters sets two words apart, in a name of so many letters."""
    if not any(map(str.isspace, between)) or _HYPHENED.fullmatch(between):
        return False
    return bool(between.strip()) or "\n" not in between or size < _BROKEN_FROM
