"""The rules about reading, and the exception the readers raise inside this package to stop at a place."""

from __future__ import annotations

from apispec.findings import Finding, Location, Severity

READING = {
    "duplicate-key": "A key is given twice in one object; readers disagree on which one counts.",
    "empty-document": "There is nothing but space in the file.",
    "invalid-unicode": "An escape is half of a surrogate pair, which is no character.",
    "not-json": "The text is not JSON, or holds a value that JSON does not have.",
    "not-yaml": "The text is not YAML.",
    "overlay-unlike-target": "An action of an overlay puts what is no object into an object. A warning.",
    "overlay-without-match": "The target of an overlay's action matches nothing. A warning.",
    "several-documents": "A YAML file holds more than one document.",
    "too-deep": "Objects and arrays stand in each other more than 200 levels deep.",
    "too-large": "The file is larger than 200 MB.",
    "trailing-comma": "A comma stands before a closing bracket, which JSON does not allow.",
    "unreadable-reference": "A `$ref` to another file cannot be followed: missing, outside of the project, or remote.",
    "wrong-encoding": "The bytes are not UTF-8 (nor UTF-16 or UTF-32 with a mark), or contain control characters.",
    "yaml-alias-bomb": "Aliases stand for more than 500,000 values.",
    "yaml-recursive-alias": "An alias stands inside the value it repeats.",
    "yaml-tab": "A tab stands where YAML allows only spaces.",
    "yaml-tag": "A YAML tag has no counterpart in JSON and is ignored.",
}
"""Every rule about reading, with what is wrong in one sentence. They cannot be switched off."""


UNREAD = frozenset(READING) - {"duplicate-key", "yaml-tag", "invalid-unicode"}
"""Rules whose findings mean that something of the document is not known."""


class UnreadableError(Exception):
    """Stops the reading of one text.

    Args:
        rule: The rule's id.
        message: One sentence.
        offset: Where, in characters from the start; None where `line` says it.
        line: From 1.
        column: From 1.
        hint: What to do next.
    """

    def __init__(
        self, rule: str, message: str, *, offset: int | None = None, line: int = 0, column: int = 0, hint: str = ""
    ) -> None:
        super().__init__(message)
        self.rule = rule
        self.message = message
        self.offset = offset
        self.line = line
        self.column = column
        self.hint = hint


def problem(rule: str, message: str, location: Location, hint: str = "") -> Finding:
    """A finding of the reader; what cannot be read is always an error."""
    return Finding(rule, Severity.ERROR, message, location, hint)


def remark(rule: str, message: str, location: Location, hint: str = "") -> Finding:
    """A finding about what was read and came to nothing."""
    return Finding(rule, Severity.WARNING, message, location, hint)


def place(text: str, offset: int) -> tuple[int, int]:
    """Line and column (from 1) of an offset into a text."""
    offset = max(0, min(offset, len(text)))
    return text.count("\n", 0, offset) + 1, offset - (text.rfind("\n", 0, offset) + 1) + 1
