"""Which docstring style a text is written in, and the section headings of each style."""

from __future__ import annotations

import re
from collections.abc import Collection

HEADINGS: dict[str, str] = {
    "args": "parameters",
    "arg": "parameters",
    "arguments": "parameters",
    "argument": "parameters",
    "params": "parameters",
    "param": "parameters",
    "parameters": "parameters",
    "parameter": "parameters",
    "input": "parameters",
    "inputs": "parameters",
    "keyword args": "parameters",
    "keyword arguments": "parameters",
    "keyword parameters": "parameters",
    "optional arguments": "parameters",
    "optional parameters": "parameters",
    "required arguments": "parameters",
    "required parameters": "parameters",
    "positional arguments": "parameters",
    "other args": "parameters",
    "other arguments": "parameters",
    "other params": "parameters",
    "other parameters": "parameters",
    "kwargs": "parameters",
    "returns": "returns",
    "return": "returns",
    "return value": "returns",
    "return values": "returns",
    "yields": "yields",
    "yield": "yields",
    "raises": "raises",
    "raise": "raises",
    "exceptions": "raises",
    "throws": "raises",
    "examples": "examples",
    "example": "examples",
    "attributes": "attributes",
    "attribute": "attributes",
    "deprecated": "deprecated",
}
"""Section heading in lower case → kind of section. Any other heading stays text."""

_WORDS = "|".join(sorted((re.escape(h) for h in HEADINGS), key=len, reverse=True))
_FLAGS = re.IGNORECASE | re.MULTILINE

FIELD = re.compile(
    r"^(?P<indent>[ \t]*)(?P<mark>[:@])"
    r"(?P<field>param|parameter|arg|argument|key|keyword|kwarg|kwparam|type|kwtype|returns?|rtype"
    r"|raises?|except|exception|yields?|ytype|var|ivar|cvar|vartype|deprecated|meta)\b"
    r"(?P<name>[^\n]*?):(?=[ \t]|$)(?P<text>[^\n]*)$",
    re.MULTILINE,
)
"""A field of Sphinx (`:param x: …`) or epytext (`@param x: …`)."""

NUMPY_HEADING = re.compile(
    rf"^(?P<indent>[ \t]*)(?P<title>{_WORDS})[ \t]*:?[ \t]*\n[ \t]*(?:-{{3,}}|={{3,}}|~{{3,}})[ \t]*$", _FLAGS
)
GOOGLE_HEADING = re.compile(rf"^(?P<indent>[ \t]*)(?P<title>{_WORDS})[ \t]*:[ \t]*$", _FLAGS)
GOOGLE_LINE = re.compile(
    r"^(?P<indent>[ \t]*)(?P<bold>\*\*)?(?P<title>returns?|yields?|raises?)"
    r"(?(bold)(?:\*\*[ \t]*:|:[ \t]*\*\*)|[ \t]*:)[ \t]+(?P<text>\S.*)$",
    _FLAGS,
)
"""A section written on its heading's line: `Returns: the sum`."""
MARKDOWN_HEADING = re.compile(
    rf"^(?P<indent>[ \t]*)(?:\#{{1,6}}[ \t]+|(?P<bold>\*\*|__))(?P<title>{_WORDS})"
    rf"[ \t]*:?[ \t]*(?(bold)(?P=bold))[ \t]*:?[ \t]*$",
    _FLAGS,
)
DASH_ITEM = re.compile(r"^[ \t]*(?:[-*][ \t]+)?\*{0,2}\w+(?:[ \t]*,[ \t]*\*{0,2}\w+)*[ \t]+--[ \t]+\S", re.MULTILINE)
"""`name -- text`, as the standard library writes parameters."""

NAMED_ITEM = re.compile(
    r"^ {0,4}(?:[-*+][ \t]+)?[`*]{0,2}(\w+(?:[ \t]*,[ \t]*\w+)*)[`*]{0,2}[ \t]*(?:\([^\n]*\))?[ \t]*(?::|--)",
    re.MULTILINE,
)
"""What may be a parameter's text where no heading says so: its names, which the signature must have."""


def detect(text: str, names: Collection[str] = ()) -> str:
    """The style that most of the section marks in `text` belong to, `plain` where there are none.

    Args:
        text: A docstring without its common indentation.
        names: The signature's parameter names, where known.
    """
    fields = FIELD.findall(text)
    epytext = sum(mark == "@" for _, mark, *_ in fields)
    scores = {
        "numpy": 2 * len(NUMPY_HEADING.findall(text)),  # two lines are written where others write one
        "sphinx": len(fields) - epytext,
        "epytext": epytext,
        "markdown": len(MARKDOWN_HEADING.findall(text)),
        "google": len(GOOGLE_HEADING.findall(text)) + len(GOOGLE_LINE.findall(text)),
    }
    best = max(scores, key=scores.__getitem__)
    if scores[best]:
        return best
    if names:
        begun = {name for item in NAMED_ITEM.findall(text) for name in re.findall(r"\w+", item)}
        return "google" if begun & set(names) else "plain"
    return "google" if " -- " in text and len(DASH_ITEM.findall(text)) >= 2 else "plain"
