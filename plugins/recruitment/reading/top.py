"""What a job description says of the post at its top: labels and values, or lines that say it themselves."""

from __future__ import annotations

from .blocks import Block
from .headings import heads_columns, labelled
from .vocabulary import BESIDES_PAY, DESCRIBES, PLACE, POST, SPEAKS_OF_ALLOWANCE, SPEAKS_OF_PAY, Field

TITLE_LONGEST = 12  # words of a heading, a title, a place


class Top:
    """Fills the fields of a description."""

    def __init__(self, furniture: list[str]) -> None:
        self._furniture = furniture
        self._fields: dict[Field, str] = {}
        self._named: dict[Field, list[str]] = {"title": [], "location": []}
        self._awaiting: Field | None = None

    def takes_label(self, block: Block) -> bool:
        """Whether the block is a label with its value, or one that waits for its value."""
        found = labelled(block.text, freely=not block.mark)
        if found is None and len(block.cells) > 1 and (beside := labelled(f"{block.cells[0]}:")):
            found = beside[0], block.cells[0], block.text[len(block.cells[0]) :].strip()
        if found is None:
            return False
        field, label, value = found
        self._furniture.append(label)
        if value:
            self._fill(field, value)
            self._awaiting = None
        else:
            self._awaiting = field
        return True

    def takes_value(self, block: Block) -> bool:
        """Whether the block is the value a label above it waits for."""
        field, self._awaiting = self._awaiting, None
        if field is None or block.mark == "heading":
            return False
        self._fill(field, block.text)
        return True

    def takes_line(self, block: Block) -> bool:
        """Whether the block says by itself what it is: an allowance, the place, the post."""
        if len(block.text.split()) > TITLE_LONGEST or block.text.endswith("."):
            return False
        if SPEAKS_OF_ALLOWANCE.search(block.text):
            self._fill("allowances", block.text)
        elif block.mark == "item":
            return False
        elif PLACE.search(block.text):
            self._named["location"].append(block.text)
        elif POST.search(block.text):
            self._named["title"].append(block.text)
        else:
            return False
        return True

    def takes_heading(self, heading: str) -> None:
        """The heading of the whole, and the post if it says it."""
        self._awaiting = None
        rest = DESCRIBES.split(heading)
        posts = [part for part in rest if POST.search(part) and not heads_columns(part)]
        called = DESCRIBES.search(heading)
        if called and len(rest) == 2 and len(posts) == 1:
            self._named["title"].append(posts[0])
            self._furniture += [called[0].strip(), *(part for part in rest if part and part not in posts)]
        else:
            self._furniture.append(heading)

    def fields(self) -> dict[str, str]:
        """What is said of the post; without a label for them, the post and the place as they stand at the top."""
        for field, names in self._named.items():
            if names and field not in self._fields:
                self._fields[field] = names.pop(0)
            self._furniture += names
            names.clear()
        return {str(field): value for field, value in self._fields.items()}

    def _fill(self, field: Field, value: str) -> None:
        if field in {"grade", "pay"}:
            value, *besides = BESIDES_PAY.split(value)
            if not SPEAKS_OF_PAY.search(value):
                field = "allowances" if SPEAKS_OF_ALLOWANCE.search(value) else "grade"
            else:
                field = "pay"
            for more in besides:
                self._fill("allowances", more)
        if value:
            self._fields[field] = f"{self._fields[field]}; {value}" if field in self._fields else value
