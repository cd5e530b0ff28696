"""reStructuredText in docstrings → Markdown, where that is safe. What is not understood stays as it was written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from textwrap import dedent

_ROLE = re.compile(r":(?:[a-zA-Z][\w+.-]*:)*[a-zA-Z][\w+.-]*:`(?P<body>[^`\n]+(?:\n[^`\n]+)?)`")
_LITERAL = re.compile(r"(?<!`)``(?!`)(?P<body>[^`\n]+(?:\n[^`\n]+)?)(?<!`)``(?!`)")
_LINK = re.compile(r"`(?P<text>[^`<>]+?)\s*<(?P<url>https?://[^<>`\s]+)>`__?")
_REFERENCE = re.compile(r"`(?P<text>[^`<>\n]+)`__?(?!\w)")
_FOOTNOTE = re.compile(r"\[(?P<label>\d+|#\w*|\*)\]_(?!\w)")
_TITLED = re.compile(r"(?P<title>.*?)\s*<(?P<target>[^<>]+)>", re.DOTALL)
_DIRECTIVE = re.compile(r"^(?P<indent>[ \t]*)\.\.[ \t]+(?P<name>[a-zA-Z][\w:+.-]*?)::[ \t]*(?P<argument>.*)$")
_TARGET = re.compile(r"^[ \t]*\.\.[ \t]+_[^:]+:[ \t]*(?P<url>\S*)[ \t]*$")
_CITATION = re.compile(r"^(?P<indent>[ \t]*)\.\.[ \t]+(?P<label>\[[^\]]+\])")
_OPTION = re.compile(r"^[ \t]*:[\w-]+:")
_FENCE = re.compile(r"^[ \t]*(?P<mark>```+|~~~+)")
_NOTE = re.compile(
    r"^(?P<indent>[ \t]*)"
    r"(?P<title>attention|caution|danger|hint|important|notes?|tips?|warnings?|see also|todo|references):[ \t]*$",
    re.IGNORECASE,
)
_BLOCK_MARK = re.compile(rf">>>|^[ \t]*\.\. |::[ \t]*$|{_NOTE.pattern}", re.MULTILINE | re.IGNORECASE)

_CODE = {
    "code",
    "code-block",
    "sourcecode",
    "highlight",
    "doctest",
    "testcode",
    "testsetup",
    "testoutput",
    "ipython",
    "parsed-literal",
    "math",
}
_NOTES = {
    "attention", "caution", "danger", "error", "hint", "important", "note", "tip", "warning", "seealso", "admonition",
    "todo", "versionadded", "versionchanged", "versionremoved", "deprecated",
}  # fmt: skip
_TITLES = {
    "seealso": "See also", "versionadded": "New in version", "versionchanged": "Changed in version",
    "versionremoved": "Removed in version", "deprecated": "Deprecated since version",
}  # fmt: skip


def _role(match: re.Match[str]) -> str:
    body = match["body"].replace("\n", " ").strip()
    if titled := _TITLED.fullmatch(body):
        return titled["title"]
    if body.startswith("~"):
        body = body[1:].rpartition(".")[2]
    return f"`{body.removeprefix('!').removeprefix('.')}`"


_ITEM = re.compile(r"\s*(?:[-*+]|\d{1,3}[.)])\s+\S")
_ENTRY = re.compile(r"[`'\"*]{0,2}[\w.-]+[`'\"*]{0,2}(?: \([^)]*\))?\s*:\s+\S")


_PLAIN = re.compile(r"[A-Za-z0-9(][^\n`\]:*|>#@\\_]*")
"""One line in which no markup is."""


def inline(text: str) -> str:
    """Roles, literals, links and footnotes of one piece of running text."""
    if "`" in text:
        text = _ROLE.sub(_role, text)
        text = _LITERAL.sub(lambda m: "`" + m["body"].strip() + "`", text)
        text = _LINK.sub(lambda m: f"[{m['text']}]({m['url']})", text)
        text = _REFERENCE.sub(lambda m: m["text"] if m[0].endswith("_") else m[0], text)
    if "]_" in text:
        text = _FOOTNOTE.sub(lambda m: f"[{m['label']}]", text)
    return text


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _block(lines: list[str], start: int, indent: int) -> tuple[list[str], int]:
    """The lines from `start` that are deeper than `indent`, without their indentation, and the index after them."""
    end = start
    while end < len(lines) and (not lines[end].strip() or _indent(lines[end]) > indent):
        end += 1
    body = dedent("\n".join(lines[start:end])).strip("\n").split("\n")
    while end > start and not lines[end - 1].strip():
        end -= 1
    return (body if any(body) else []), end


def _fenced(body: list[str], language: str, indent: str) -> list[str]:
    longest = max((len(m) for line in body for m in re.findall(r"`{3,}", line)), default=2)
    mark = "`" * (longest + 1)
    return ["", *(indent + line if line else "" for line in [f"{mark}{language}", *body, mark]), ""]


def _directive(match: re.Match[str], body: list[str]) -> list[str] | None:
    name, argument, indent = match["name"].rpartition(":")[2].lower(), match["argument"].strip(), match["indent"]
    options = 0
    while options < len(body) and _OPTION.match(body[options]):
        options += 1
    if name in _CODE:
        language = {"ipython": "python", "doctest": "python", "testcode": "python", "math": "tex"}.get(name, argument)
        if name == "math" and argument:
            body = [argument, *body]
        body = dedent("\n".join(body[options:])).strip("\n").split("\n")
        return _fenced(body, language if re.fullmatch(r"[\w+-]*", language) else "", indent) if any(body) else []
    if name in _NOTES:
        title = _TITLES.get(name, name.capitalize())
        if name.startswith(("version", "deprecated")):
            version, _, argument = argument.partition(" ")
            title = f"{title} {version}".rstrip()
        text = [argument.strip(), *body[options:]]
        first = next((i for i, line in enumerate(text) if line), len(text))
        text = text[first:] or [""]
        head = f"**{title}:** {text[0]}".rstrip()
        return ["", *(indent + line if line else "" for line in [head, *markdown_lines(text[1:])]), ""]
    if name in {"index", "meta", "only", "toctree", "currentmodule", "plot", "image", "figure"}:
        return []
    return None


def _blocks(lines: list[str]) -> Iterator[tuple[list[str], bool]]:
    """Split into runs of lines: what is already Markdown (True), and running text (False)."""
    i = 0
    while i < len(lines):
        line, indent = lines[i], lines[i][: _indent(lines[i])]
        if fence := _FENCE.match(line):
            end = i + 1
            while end < len(lines) and not lines[end].strip().startswith(fence["mark"]):
                end += 1
            yield lines[i : end + 1], True
            i = end + 1
            continue
        if line.lstrip().startswith(">>> "):
            end = i
            while end < len(lines) and lines[end].strip():
                end += 1
            yield _fenced(dedent("\n".join(lines[i:end])).split("\n"), "python", indent), True
            i = end
            continue
        if match := _DIRECTIVE.match(line):
            body, end = _block(lines, i + 1, len(indent))
            converted = _directive(match, body)
            if converted is not None:
                yield converted, True
                i = end
                continue
        if match := _NOTE.match(line):
            body, end = _block(lines, i + 1, len(indent))
            if body:
                yield ["", f"{indent}**{match['title'].capitalize()}:** {inline(body[0])}"], True
                yield [indent + text for text in [*markdown_lines(body[1:]), ""]], True
                i = end
                continue
        if _TARGET.match(line):
            i += 1
            continue
        if match := _CITATION.match(line):
            line = line[: match.end("indent")] + line[match.start("label") :]
        elif line.rstrip().endswith("::") and i + 1 < len(lines) and not lines[i + 1].strip():
            body, end = _block(lines, i + 1, len(indent))
            if body:
                text = line.rstrip()[:-2].rstrip()
                yield [text + ":"] if text else [], False
                yield _fenced(body, "", indent), True
                i = end
                continue
        yield [line], False
        i += 1


def markdown_lines(lines: list[str]) -> list[str]:
    """Directives, literal blocks and doctests as Markdown blocks, inline markup in the rest."""
    out: list[str] = []
    for done, group in groupby(_blocks(lines), key=lambda block: block[1]):
        run = [line for block, _ in group for line in block]
        out += run if done else inline("\n".join(run)).split("\n")
    return out


def tidy(text: str) -> str:
    """Docstring text as Markdown."""
    if _PLAIN.fullmatch(text):
        return text.rstrip()
    text = "\n".join(_lists_apart(text.strip("\n").rstrip().split("\n")))
    lines = markdown_lines(text.split("\n")) if _BLOCK_MARK.search(text) else inline(text).split("\n")
    return "\n".join(_without_gaps(lines)).strip("\n")


def _lists_apart(lines: list[str]) -> Iterator[str]:
    """Lists indented below their lead-in as lists of their own, which Markdown would take for more of its text.

    So are lines `name: text` below a line that ends with a colon.
    """
    i, fence = 0, ""
    while i < len(lines):
        line = lines[i]
        yield line
        i += 1
        if match := _FENCE.match(line):
            fence = "" if fence and match["mark"].startswith(fence) else fence or match["mark"]
        if fence or not line.strip() or i >= len(lines) or _ITEM.match(line) or line.rstrip().endswith("::"):
            continue
        body, end = _block(lines, i, _indent(line))
        if not body or not lines[i].strip() or _DIRECTIVE.match(line) or _NOTE.match(line):
            continue
        indent = " " * _indent(line)
        if _ITEM.match(body[0]):
            yield from ["", *(indent + one if one else "" for one in body)]
        elif line.rstrip().endswith(":") and all(_ENTRY.match(one) for one in body):
            yield from ["", *(f"{indent}- {one}" for one in body)]
        else:
            continue
        if end < len(lines) and lines[end].strip():
            yield ""
        i = end


def _without_gaps(lines: list[str]) -> Iterator[str]:
    """At most one blank line after another, but in code."""
    fence, blank = "", False
    for line in lines:
        if match := _FENCE.match(line):
            fence = "" if fence and match["mark"].startswith(fence) else fence or match["mark"]
        if fence or line.strip() or not blank:
            yield line
        blank = not line.strip()
