"""Google and NumPy docstrings: their sections, each in the strict form that griffe's parsers read.

Real docstrings miss blank lines around headings or have stray ones, indent items or don't, write `x, y: text`,
`name -- text`, bullets, or NumPy items under a Google heading. Parsers lose those parameters in silence, so they are
mended here first.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field

from apispec.introspection.docstrings import style as styles
from apispec.introspection.docstrings.type_texts import exception_names, looks_like_type

_NAME = r"(?:\\?\*{0,2}[^\W\d][\w.]*|\\?\*\\?\*[^\W\d]\w*)"
_MARK = r"(?:[-+*•][ \t]+)?"
_ITEM = re.compile(
    rf"{_MARK}(?P<tick>`{{1,2}}|\*{{1,2}}|_{{2}})?"
    rf"(?P<names>{_NAME}(?:(?:[ \t]*[,/][ \t]*|[ \t]+and[ \t]+){_NAME})*)"
    r"(?(tick)(?P<colon>:)?(?P=tick))[ \t]*(?P<rest>.*)"
)
_DESCRIBED = re.compile(r"(?::(?![^\s])|--+|[–—]|-(?=[ \t]))[ \t]*(?P<text>.*)")
_ERROR = r"(?::\w+:)?`?~?[A-Za-z_][\w.]*`?"
_EXCEPTION = re.compile(
    rf"{_MARK}[`*]{{0,2}}(?P<names>{_ERROR}(?:[ \t]*(?:,|\||/|or)[ \t]*{_ERROR})*)[`*]{{0,2}}[ \t]*"
    r"(?P<rest>(?::|--|[–—]|-[ \t]).*)?"
)


_TYPED = re.compile(r"(?P<type>\S.*?)[ \t]+--+[ \t]+(?P<text>.+)")


_DEEPEST_LIST = 4
"""Columns by which a list without a heading may be indented; what is deeper is code."""


@dataclass(slots=True)
class Section:
    """One section: its kind (a value of `style.HEADINGS`) and its lines without their common indentation."""

    kind: str
    lines: list[str] = field(default_factory=list)


def indent_of(line: str) -> int:
    """Width of the leading blanks."""
    return len(line) - len(line.lstrip())


def _dedent(lines: list[str]) -> list[str]:
    """Without outer blank lines and without the first line's indentation (where a line has it)."""
    start, end = 0, len(lines)
    while start < end and not lines[start].strip():
        start += 1
    while end > start and not lines[end - 1].strip():
        end -= 1
    if start == end:
        return []
    width = indent_of(lines[start])
    return [line[min(width, indent_of(line)) :].rstrip() for line in lines[start:end]]


def split_google(lines: list[str], names: Collection[str]) -> tuple[list[str], list[Section]]:
    """Lead text and sections of a Google or Markdown docstring.

    Args:
        lines: The docstring's lines without their common indentation.
        names: The signature's parameter names; without them several lines `name -- text` are taken for parameters.
    """
    lead: list[str] = []
    sections: list[Section] = []
    fence = ""
    i = 0
    while i < len(lines):
        line = lines[i]
        mark = line.lstrip()[:3]
        if mark in ("```", "~~~") and fence in ("", mark):
            fence = "" if fence else mark
        if fence:
            lead.append(line)
            i += 1
            continue
        heading = styles.GOOGLE_HEADING.match(line) or styles.MARKDOWN_HEADING.match(line)
        if heading:
            kind = styles.HEADINGS[heading["title"].lower()]
            body, end = _body(lines, i + 1, len(heading["indent"]), kind, nested=heading.re is styles.GOOGLE_HEADING)
            if body:
                sections.append(Section(kind, body))
                i = end
                continue
        elif inline := styles.GOOGLE_LINE.match(line):
            end = i + 1
            while end < len(lines) and lines[end].strip() and not _is_heading(lines[end]):
                end += 1
            sections.append(
                Section(styles.HEADINGS[inline["title"].lower()], [inline["text"], *_dedent(lines[i + 1 : end])])
            )
            i = end
            continue
        elif styles.DASH_ITEM.match(line) and not names:
            end = _end_of_list(lines, i)
            if sum(bool(styles.DASH_ITEM.match(item)) for item in lines[i:end]) > 1:
                sections.append(Section("parameters", _dedent(lines[i:end])))
                i = end
                continue
        lead.append(line)
        i += 1
    return lead, sections


def split_unheaded(lines: list[str], names: Collection[str]) -> tuple[list[str], list[Section]]:
    """Take lists of parameters without a heading out of the lead text; the signature's names tell them from prose."""
    lead: list[str] = []
    sections: list[Section] = []
    i = 0
    while i < len(lines):
        line = lines[i]
        before = next((text for text in reversed(lead) if text.strip()), "")
        sure = bool(line.strip()) and not before.endswith("::") and _is_named(line, lines[i + 1 : i + 2], names)
        if not sure:
            lead.append(line)
            i += 1
            continue
        end = _end_of_list(lines, i)
        sections.append(Section("parameters", _dedent(lines[i:end])))
        i = end
    return lead, sections


def _is_named(line: str, following: list[str], names: Collection[str]) -> bool:
    """Whether a line begins the text of parameters that the signature has."""
    deeper = following if following and indent_of(following[0]) > indent_of(line) else []
    item = _item(line.strip(), deeper) if indent_of(line) <= _DEEPEST_LIST else None
    if item is None or not (item[1] or any(item[2])):
        return False
    return set(re.findall(r"[^\W\d][\w.]*", re.sub(r"\sand\s", ",", item[0]))) <= set(names)


def _is_heading(line: str) -> bool:
    return bool(
        styles.GOOGLE_HEADING.match(line) or styles.MARKDOWN_HEADING.match(line) or styles.GOOGLE_LINE.match(line)
    )


def _body(lines: list[str], start: int, indent: int, kind: str, *, nested: bool) -> tuple[list[str], int]:
    """The section's lines from `start`: the deeper ones, or where there are none, a list that is not indented."""
    first = start
    while first < len(lines) and not lines[first].strip():
        first += 1
    if first == len(lines):
        return [], start
    end = first
    if indent_of(lines[first]) > indent:
        while end < len(lines) and (not lines[end].strip() or indent_of(lines[end]) > indent):
            end += 1
        return _dedent(lines[first:end]), end
    if kind in ("parameters", "attributes", "raises"):
        if not _looks_like_item(lines[first], kind):
            return [], start
        end = _end_of_list(lines, first)
        return _dedent(lines[first:end]), end
    if (
        nested and first > start
    ):  # a heading, a blank line and text that is not indented: prose, or a colon at a line's end
        return [], start
    while end < len(lines) and not _is_heading(lines[end]) and not lines[end].lstrip().startswith("#"):
        if not lines[end].strip() and kind != "examples":
            break
        end += 1
    return _dedent(lines[first:end]), end


def _looks_like_item(line: str, kind: str) -> bool:
    if kind == "raises":
        match = _EXCEPTION.fullmatch(line.strip())
        return bool(match and match["rest"])
    item = _item(line.strip(), [])
    return bool(item and (item[1] or any(item[2])))


def _end_of_list(lines: list[str], start: int) -> int:
    """Index after the items that begin at `start`: up to a heading, or a blank line that no item follows."""
    width = indent_of(lines[start])
    end = start + 1
    while end < len(lines):
        line = lines[end]
        if not line.strip():
            following = next((text for text in lines[end:] if text.strip()), "")
            if not following or _is_heading(following) or indent_of(following) < width:
                break
            if indent_of(following) == width and not _looks_like_item(following, "parameters"):
                break
        elif _is_heading(line) or indent_of(line) < width:
            break
        end += 1
    return end


def split_numpy(lines: list[str]) -> tuple[list[str], list[Section]]:
    """Lead text and sections of a NumPy docstring; sections of no known kind (Notes, See Also) stay in the lead."""
    lead: list[str] = []
    sections: list[Section] = []
    target = lead
    base = 0
    i = 0
    while i < len(lines):
        line = lines[i]
        if i + 1 < len(lines) and line.strip() and re.fullmatch(r"\s*(-{3,}|={3,}|~{3,})\s*", lines[i + 1]):
            title = line.strip().rstrip(":").strip()
            kind = styles.HEADINGS.get(title.lower())
            base = indent_of(line)
            if kind:
                sections.append(Section(kind))
                target = sections[-1].lines
            else:
                target = lead
                lead += ["", f"**{title}**", ""]
            i += 2
            continue
        # An underline that repeats the text above (a title) is no section.
        target.append(line[min(base, indent_of(line)) :])
        i += 1
    for section in sections:
        section.lines = _dedent(section.lines)
        if section.kind in ("parameters", "attributes", "raises", "deprecated"):
            section.lines, stray = _until_prose(section.lines, section.kind)
            lead += ["", *stray] if stray else []
    return lead, sections


_NUMPY_ITEM = re.compile(
    r"(?P<tick>`{1,2}|\*{2}(?=\w+\*\*))?(?P<names>[\\*]{0,4}[^\W\d][\w.]*(?:[`*]*\s*[,/]\s*[`*\\]*(?:[^\W\d][\w.]*|\.\.\.))*)(?:`{1,2}|\*{2})?(?:\s*:\s*(?P<type>.*))?"
)


def _until_prose(lines: list[str], kind: str) -> tuple[list[str], list[str]]:
    """Split at the first paragraph that is no item: text that an author put below the section."""
    if kind == "deprecated":
        return lines, []
    for i, line in enumerate(lines):
        after_blank = i > 0 and not lines[i - 1]
        if after_blank and line and indent_of(line) == 0 and not _NUMPY_ITEM.fullmatch(line):
            return lines[:i], lines[i:]
    return lines, []


def strict_numpy(section: Section) -> list[str]:
    """The section as griffe's NumPy parser wants it; attributes as parameters."""
    if section.kind not in ("parameters", "attributes"):
        return _headed(section.kind.capitalize(), section.lines)
    out: list[str] = []
    for line in section.lines:
        if not line or line[0].isspace():
            # Deeper lines belong to the item, however deep.
            out.append("    " + line.removeprefix("    ") if line.startswith("    ") else "    " + line.lstrip())
            continue
        match = _NUMPY_ITEM.fullmatch(line)
        if match:
            names = ", ".join(n for n in re.findall(r"\*{0,2}[^\W\d][\w.]*", match["names"].replace("\\", "")))
            kind = (match["type"] or "").strip()
            kind = re.sub(r"^\{(.*)\}", _choices, kind)
            out.append(f"{names} : {kind}" if kind else names)
        elif dashed := _item(line, []):
            out += [dashed[0], *("    " + text for text in dashed[2] if text)]
        else:
            out.append("    " + line)
    return _headed("Parameters", out)


def _choices(match: re.Match[str]) -> str:
    """`{'a', 'b'}` as a type; anything looser stays text."""
    return (
        f"Literal[{match[1]}]"
        if re.fullmatch(r"(?:'[^']*'|\"[^\"]*\"|-?\d+|True|False|None|[\s,])+", match[1])
        else f"({match[1]})"
    )


def _headed(title: str, lines: list[str]) -> list[str]:
    return [title, "-" * len(title), *lines, ""]


def strict_google(section: Section) -> list[str]:
    """The section as griffe's Google parser wants it; attributes as parameters, whose types it keeps apart."""
    if section.kind == "raises":
        lines = _exceptions(section.lines)
    elif section.kind in ("parameters", "attributes"):
        lines = _parameters(section.lines)
    else:
        lines = section.lines
    title = "Parameters" if section.kind == "attributes" else section.kind.capitalize()
    return [f"{title}:", *("    " + line if line else "" for line in lines), ""] if lines else []


def _item(line: str, following: list[str]) -> tuple[str, str, list[str]] | None:
    """Names, type and first description lines of an item's first line, None where it is not one."""
    match = _ITEM.fullmatch(line)
    if not match:
        return None
    names, rest = match["names"].replace("\\", ""), match["rest"].strip()
    kind = ""
    if match["colon"]:  # **name:** text
        return names, "", [rest]
    if rest[:1] in ("(", "[", "<") and (end := _closing(rest)):
        kind, rest = rest[1:end], rest[end + 1 :].strip()
        if not rest and not kind.strip():
            return None
    elif not rest:
        return (names, "", []) if match["tick"] or following else None
    if rest:
        described = _DESCRIBED.match(rest)
        if not described:
            return None
        text = described["text"]
        if not kind and rest[0] == ":" and following and _is_type(text, spaced=line[match.start("rest") - 1].isspace()):
            kind, text = text, ""  # a NumPy item below a Google heading
        elif not kind and (typed := _TYPED.fullmatch(text)) and looks_like_type(typed["type"]):
            kind, text = typed["type"], typed["text"]  # `x: int -- text`
    else:
        text = ""
    return names, kind, [text]


_BUILTINS = re.compile(r"(?:str|int|float|bool|bytes|list|dict|tuple|set|callable|object|Optional|Union)\b(?! \w)")


def _is_type(text: str, *, spaced: bool) -> bool:
    """Whether a type follows the colon: `x : int` (spaced, as NumPy writes it), or one that no sentence begins with."""
    if not spaced and not _BUILTINS.match(text):
        return False
    return looks_like_type(re.sub(r",?\s*(optional|default.*)$", "", text))


def _closing(text: str) -> int:
    """Index of the bracket that closes the one at 0, 0 where there is none."""
    depth = 0
    for i, char in enumerate(text):
        depth += (char in "([<{") - (char in ")]}" or (char == ">" and text[i - 1] != "-"))
        if depth == 0:
            return i
    return 0


def _parameters(lines: list[str]) -> list[str]:
    out: list[str] = []
    for i, line in enumerate(lines):
        deeper = i + 1 < len(lines) and indent_of(lines[i + 1]) > indent_of(line)
        item = _item(line, lines[i + 1 : i + 2] if deeper else []) if line and not line[0].isspace() else None
        if item is None:
            if out or not line:
                out.append("    " + line.strip() if line and indent_of(line) <= 4 else line)
            continue
        names, kind, text = item
        kind = re.sub(r":(?=\s|$)", "", re.sub(r":[\w:.+-]+:`~?([^`]*)`|`+([^`]*)`+", r"\1\2", kind))
        head = f"{names} ({kind.strip()}):" if kind.strip() and ":" not in kind else f"{names}:"
        out.append(f"{head} {text[0] if text else ''}".rstrip())
    return out


def _exceptions(lines: list[str]) -> list[str]:
    out: list[str] = []
    for line in lines:
        if not line or line[0].isspace():
            out.append("    " + line.strip() if line else "")
            continue
        match = _EXCEPTION.fullmatch(line)
        if not match or not (match["rest"] or re.fullmatch(r"[\w.]+", match["names"])):
            out.append("    " + line if out else f": {line}")
            continue
        text = re.sub(r"^(?::|--+|[–—]|-[ \t])\s*", "", match["rest"] or "")
        out += [f"{name}: {text}".rstrip() for name in exception_names(match["names"])]
    return out
