"""Where each block of a job description belongs, by what stands above it and by its shape."""

from __future__ import annotations

from .blocks import Block
from .headings import group_of, heads_columns, heads_criteria, need_of, opens_group, section_of, signs_off
from .top import TITLE_LONGEST, Top
from .vocabulary import BEGINS_WITH_SUBJECT, GENERAL_DUTY, HAS_VERB, IS_OWED, SAFEGUARDS, STATEMENT, Section

_VALUE_LONGEST = 6  # words of a value that is then explained
_SUMMED_UP = ("purpose", "duties", "person")  # sections a numbered heading may begin


class Placing:
    """Takes the blocks of a text one after the other, and knows under which headings it is."""

    def __init__(self) -> None:
        self.purpose: list[str] = []
        self.duties: list[tuple[str, str]] = []
        self.criteria: list[tuple[str, str, bool | None]] = []
        self.checks: list[str] = []
        self.values: list[str] = []
        self.statements: list[str] = []
        self.furniture: list[str] = []
        self.unplaced: list[str] = []
        self.top = Top(self.furniture)
        self._places = {
            "top": self._in_top,
            "purpose": self._in_purpose,
            "duties": self._in_duties,
            "person": self._in_person,
            "statements": self._in_statements,
            "checks": self._in_checks,
            "values": self._in_values,
            "elsewhere": self._elsewhere,
        }
        self._begin("top")

    def place(self, block: Block) -> None:
        """Put a block where it belongs."""
        if not block.mark and signs_off(block.text):
            self.furniture.append(block.text)
        elif not self._heads(block):
            self._places[self._section](block)

    def _begin(self, section: Section) -> None:
        self._section = section
        self._group, self._criteria_group = "main", ""
        self._need: bool | None = None
        self._need_is_outer = self._led = self._value_is_open = False

    # Headings of parts

    def _heads(self, block: Block) -> bool:
        """Whether the block is the heading of a part, which then begins; what follows its colon is placed too."""
        found, label, rest = section_of(block.text), block.text, ""
        if block.mark == "item" and not (block.leads and found in _SUMMED_UP):
            return False
        if found is None and not block.mark and ":" in block.text:
            before, _, rest = block.text.partition(":")
            found, label, rest = section_of(before), f"{before}:", rest.strip()
        if found is None or (found == "top" and rest):
            found, label, rest = self._safeguarding(block), block.text, ""
        if found is None:
            return False
        self._begin(found)
        if found == "top":
            self.top.takes_heading(label)
        else:
            (self.unplaced if found == "elsewhere" else self.furniture).append(label)
        if rest:
            self._places[self._section](Block(block.line, rest, (rest,), ""))
        return True

    def _safeguarding(self, block: Block) -> Section | None:
        """A heading of that word begins a statement, unless it stands among duties or heads a list of criteria."""
        among_duties = self._section in {"purpose", "duties"} or (self._section == "person" and block.leads)
        if among_duties or block.mark or group_of(block.text) != "safeguarding" or not _is_short(block):
            return None
        return "statements"

    # The parts

    def _in_top(self, block: Block) -> None:
        if self.top.takes_label(block) or self.top.takes_value(block):
            return
        if opens_group(block.text) and block.leads:
            self._begin("duties")
            self._in_duties(block)
        elif not self.top.takes_line(block):
            self.unplaced.append(block.text)

    def _in_purpose(self, block: Block) -> None:
        if self._opens_duties(block):
            self._section = "duties"
        elif block.mark == "item" or (self._led and not BEGINS_WITH_SUBJECT.match(block.text)):
            self.duties.append(("main", block.text))
        elif not self._is_owed(block):
            self._led = block.text.endswith(":")
            self.purpose.append(block.text)

    def _in_duties(self, block: Block) -> None:
        if self._opens_duties(block):
            return
        if block.mark == "item":
            general = self._group == "main" and GENERAL_DUTY.search(block.text)
            self.duties.append(("general" if general else self._group, block.text))
        elif not self._is_owed(block):
            if block.text.endswith(":") or STATEMENT.match(block.text):
                self.statements.append(block.text)
            else:
                self.duties.append((self._group, block.text))

    def _opens_duties(self, block: Block) -> bool:
        """Whether the block is the heading of a group of duties, which then begins."""
        if block.mark == "item" or not (opens_group(block.text) or _is_title(block)):
            return False
        self._group = group_of(block.text) or block.text.rstrip(" :")
        self.furniture.append(block.text)
        return True

    def _is_owed(self, block: Block) -> bool:
        """Whether a paragraph is the duty to safeguard, or to do what is not listed; it is then placed as one."""
        if GENERAL_DUTY.search(block.text):
            self.duties.append(("general", block.text))
        elif SAFEGUARDS.search(block.text) and IS_OWED.search(block.text) and not STATEMENT.match(block.text):
            self.duties.append(("safeguarding", block.text))
        else:
            return False
        return True

    def _in_person(self, block: Block) -> None:
        text, first = block.text, block.cells[0]
        if block.mark != "item" and (heads_columns(text) or self._heads_criteria(block)):
            self.furniture.append(text)
        elif len(block.cells) > 1 and not block.mark and heads_criteria(first):
            self._begin_criteria(first)
            self.furniture.append(first)
            self._criterion(text[len(first) :].strip())
        elif not block.mark and (text.endswith(":") or STATEMENT.match(text) or GENERAL_DUTY.search(text)):
            self.statements.append(text)
        else:
            self._criterion(text)

    def _heads_criteria(self, block: Block) -> bool:
        """Whether the block is the heading of a group of criteria, or of what is essential, which then begins."""
        if block.text.strip(" :").lower() in {"essential", "desirable"}:
            self._need_is_outer = self._need_is_outer or not (self._criteria_group or self.criteria)
            self._need = need_of(block.text)
        elif heads_criteria(block.text) or _is_title(block):
            self._begin_criteria(block.text)
        else:
            return False
        return True

    def _begin_criteria(self, heading: str) -> None:
        self._criteria_group = heading.rstrip(" :")
        if need_of(heading) is not None or not self._need_is_outer:
            self._need = need_of(heading)

    def _criterion(self, text: str) -> None:
        self.criteria.append((self._criteria_group, text, self._need))

    def _in_statements(self, block: Block) -> None:
        if not self._leaves(block):
            self.statements.append(block.text)

    def _in_checks(self, block: Block) -> None:
        if not self._leaves(block):
            sentence = not block.mark and (not _is_short(block) or block.text.endswith((".", ":")))
            (self.statements if sentence else self.checks).append(block.text)

    def _in_values(self, block: Block) -> None:
        explains, self._value_is_open = self._value_is_open and not block.mark, False
        if explains:
            self.values[-1] = f"{self.values[-1]}: {block.text}"
        elif not self._leaves(block):
            self.values.append(block.text)
            self._value_is_open = block.mark == "item" and len(block.text.split()) <= _VALUE_LONGEST

    def _leaves(self, block: Block) -> bool:
        """Whether an unknown heading ends the part; what follows it is kept, and placed nowhere."""
        if block.mark == "item" or not (block.mark == "heading" or (block.text.isupper() and _is_title(block))):
            return False
        self._begin("elsewhere")
        self.unplaced.append(block.text)
        return True

    def _elsewhere(self, block: Block) -> None:
        self.unplaced.append(block.text)


def _is_title(block: Block) -> bool:
    """Whether a line we do not know has the shape of a heading."""
    if block.mark:
        return block.mark == "heading"
    if not _is_short(block) or block.text[-1] in ".;,!?" or not block.text[0].isupper():
        return False
    shouted = block.text.isupper() and sum(map(str.isalpha, block.text)) > 3
    return shouted or (block.leads and not HAS_VERB.search(block.text))


def _is_short(block: Block) -> bool:
    return len(block.text.rstrip(" :").split()) <= TITLE_LONGEST
