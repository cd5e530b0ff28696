"""One script of several calls: one set-up, the files once, then the calls in order.

The page's script does the same with what its recorder has seen (`templates/assets/script/script.js`); a test holds the
two equal. A language takes part whose template says where a call begins: `begin("call")`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from apispec.literals import LocalFile
from apispec.requests import FilePart
from apispec.snippets.parts import Begin, Part, fill_sections
from apispec.snippets.tables import UserDirs

Filled = tuple[Sequence[Part], Mapping[str, Any]]
"""A snippet's parts and values."""

Texts = dict[str, str]
"""A filled snippet's sections."""


def assemble(
    calls: Sequence[Filled], scope: Sequence[str] = (), after: str = "", user_dirs: UserDirs = (), *, flat: bool = False
) -> str:
    """The script; that of one call is its snippet.

    Args:
        calls: Parts and values of each call, all of one language.
        scope: See `Language.scope`.
        after: See `Language.after`.
        flat: See `Language.flat`.
        user_dirs: Folders whose tables of languages come before ours.

    Raises:
        TemplateError: An encoder cannot write the value that its slot asks for.
    """
    told = _told_apart(calls)
    texts = [{name: text.strip("\n") for name, text in fill_sections(p, v, user_dirs).items()} for p, v in told]
    if len(texts) == 1:
        return "".join(fill_sections(*told[0], user_dirs).values())
    setup: list[str] = []
    for text in texts:
        setup = _merged(setup, text["setup"].splitlines())
    once = [line for line in setup if not any(other.startswith(line + ",") for other in setup if line)]
    groups = _groups(texts, [str(values.get("base_url", "")) for _, values in told], scope, after, flat)
    last = max((text.get("end", "") for text in texts), key=len)
    groups[-1] += [last] if last else []
    bodies = ["\n\n".join(group) for group in groups]
    if len(bodies) > 1:
        bodies = [_scoped(body, scope, flat) for body in bodies]
    return "\n\n".join(block for block in ("\n".join(once), _files(told, user_dirs), *bodies) if block) + "\n"


def _groups(
    texts: Sequence[Texts], bases: Sequence[str], scope: Sequence[str], after: str, flat: bool
) -> list[list[str]]:
    """The calls, those of one connection together, which is made in the way that says most."""
    connections: dict[str, str] = {}
    for text, base in zip(texts, bases, strict=True):
        connections[base] = max(connections.get(base, ""), text.get("connect", ""), key=len)
    groups: list[list[str]] = [[]]
    connected = ""
    for text, base in zip(texts, bases, strict=True):
        if "connect" in text and connections[base] != connected:
            if connected:
                groups.append([])
            connected = connections[base]
            groups[-1].insert(0, connected)
        groups[-1].append(_scoped(text["call"] + (f" {after}" if after else ""), scope, flat))
    return groups


def _scoped(text: str, scope: Sequence[str], flat: bool) -> str:
    if not scope:
        return text
    lines = [f"  {line}" if line and not flat else line for line in text.split("\n")]
    return "\n".join([scope[0], *lines, *scope[1:]])


def _files(calls: Sequence[Filled], user_dirs: UserDirs) -> str:
    """The section that makes the files of all calls."""
    files: dict[str, LocalFile] = {}
    for _, values in calls:
        files.update({file.filename: file for file in values.get("local_files", ())})
    for parts, values in calls:
        if Begin("files") in parts and values.get("local_files"):
            return fill_sections(parts, {**values, "local_files": list(files.values())}, user_dirs)["files"].strip("\n")
    return ""


def _merged(first: list[str], second: list[str]) -> list[str]:
    """The lines of both, each once; new ones before the next that both have, in the order of their last words."""
    out, at = list(first), 0
    for i, line in enumerate(second):
        if line in out[at:]:
            at = out.index(line, at) + 1
            continue
        end = next((out.index(later, at) for later in second[i + 1 :] if later in out[at:]), len(out))
        place = next((k for k in range(at, end) if _last_word(out[k]) > _last_word(line)), end)
        out.insert(place, line)
        at = place + 1
    return out


def _last_word(line: str) -> str:
    """`import json` goes before `from pathlib import Path`."""
    return line.rpartition(" ")[2].lower()


def _told_apart(calls: Sequence[Filled]) -> list[Filled]:
    """The calls, with a number in the name of each file on disk that would take the place of another."""
    names: dict[str, LocalFile | None] = {}

    def apart(filename: str, file: LocalFile | None) -> str:
        stem, dot, suffix = filename.rpartition(".")
        candidate, number = filename, 1
        while candidate in names and (file is None or names[candidate] != file):
            number += 1
            candidate = f"{stem}-{number}.{suffix}" if dot else f"{filename}-{number}"
        names[candidate] = file
        return candidate

    def renamed(value: Any) -> Any:
        if isinstance(value, LocalFile):
            return replace(value, filename=apart(value.filename, value)) if value.filename else value
        if isinstance(value, FilePart):
            return replace(value, file=renamed(value.file))
        if isinstance(value, (list, tuple)):
            return type(value)(map(renamed, value))
        return {key: renamed(item) for key, item in value.items()} if isinstance(value, dict) else value

    told = []
    for parts, values in calls:
        changed = renamed(dict(values)) if Begin("files") in parts else dict(values)
        if "download" in values:
            changed["download"] = apart(values["download"], None)
        told.append((parts, changed))
    return told
