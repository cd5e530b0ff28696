"""Rules: what one is, the decorator that declares one, and the table of all."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any, Literal, NamedTuple, get_args

from apispec.findings import Severity
from apispec.rules.index import Index, Node

Group = Literal["correctness", "documentation", "security", "tools", "style"]
GROUPS: tuple[Group, ...] = get_args(Group)

Level = Literal["error", "warning", "info", "off"]
"""A rule's setting; `off` rules run only where the configuration switches them on."""


class Flaw(NamedTuple):
    """What a rule found. `at` leads from the node to the place; `node` is set where it is not the given one."""

    message: str
    at: tuple[str | int, ...] = ()
    hint: str = ""
    node: Node | None = None


def flaw(message: str, *at: str | int, hint: str = "", node: Node | None = None) -> Flaw:
    """A flaw at a place below the node."""
    return Flaw(message, at, hint, node)


Check = Callable[[Node, Index], Iterator[Flaw]]


@dataclass(frozen=True)
class Rule:
    """One rule; its function's name is its id and its docstring its reference page."""

    id: str
    group: Group
    level: Level
    on: str
    """The kind of object it looks at, see `apispec.documents.grammar`."""
    keys: tuple[str, ...]
    """For schemas: the keys any of which makes it look; empty for all."""
    versions: tuple[str, ...]
    """The OpenAPI versions it applies to; empty for all."""
    check: Check

    @property
    def severity(self) -> Severity:
        """Its severity where it is on by configuration only."""
        return Severity(self.level) if self.level != "off" else Severity.WARNING

    @property
    def title(self) -> str:
        """What is wrong, one sentence."""
        return self._sections[0].splitlines()[0]

    @property
    def why(self) -> str:
        """Why that is bad, as Markdown."""
        return self._sections[1]

    @property
    def wrong(self) -> str:
        """A part of a document that breaks the rule, as YAML."""
        return self._sections[2]

    @property
    def right(self) -> str:
        """The same part mended, as YAML."""
        return self._sections[3]

    @property
    def _sections(self) -> tuple[str, str, str, str]:
        return sections(self.check.__doc__ or "", "Wrong", "Right")


def sections(docstring: str, first: str, second: str) -> tuple[str, str, str, str]:
    """Title, text, and the two examples under the given headings of a docstring.

    Raises:
        ValueError: A part is missing.
    """
    head, *body = docstring.strip().split("\n", 1)
    match = re.fullmatch(
        rf"(?P<why>.*?)\n\s*{first}:\n(?P<first>.*?)\n\s*{second}:\n(?P<second>.*)", body[0] if body else "", re.DOTALL
    )
    if match is None:
        raise ValueError(f"the docstring {head!r} lacks {first}: or {second}:")
    why, one, two = (textwrap.dedent(match[name]).strip("\n").rstrip() for name in ("why", "first", "second"))
    return head.strip(), why.strip(), one, two


_RULES: dict[str, Rule] = {}


def rule(
    *, group: Group, level: Level, on: str, key: str | tuple[str, ...] = (), versions: tuple[str, ...] = ()
) -> Callable[[Check], Check]:
    """Declare a rule: the function yields a `Flaw` for each mistake in the node it is given."""

    def declare(check: Check) -> Check:
        name = check.__name__.replace("_", "-")
        keys = (key,) if isinstance(key, str) else key
        _RULES[name] = Rule(name, group, level, on, keys, versions, check)
        return check

    return declare


_MODULES = (
    "paths", "references", "schemas", "values", "operations", "messages", "sending", "security", "documentation",
    "tools", "style", "specification",
)  # fmt: skip


@cache
def rules() -> dict[str, Rule]:
    """Every rule by id, in alphabetical order."""
    for module in _MODULES:
        import_module(f"apispec.rules.{module}")
    return dict(sorted(_RULES.items()))


def text(value: Any) -> str:
    """A value as text for messages; anything but a text gives an empty one."""
    return value if isinstance(value, str) else ""
