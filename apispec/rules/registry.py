"""Rules: what one is, the decorator that declares one, and the table of all."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, partial, update_wrapper
from importlib import import_module
from importlib.metadata import entry_points
from inspect import Parameter, signature
from typing import Any, Literal, NamedTuple, get_args

from apispec.errors import ConfigError
from apispec.findings import Severity
from apispec.rules.index import Node

Group = Literal["correctness", "documentation", "security", "tools", "style", "own"]
OWN: Group = "own"
"""The group of rules that a project's configuration declares."""
GROUPS: tuple[Group, ...] = tuple(group for group in get_args(Group) if group != OWN)
"""The groups of our rules, and of those that installed packages declare."""

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


Check = Callable[..., Iterator[Flaw]]
"""A function of a node and the index; its keyword-only parameters are the rule's options."""


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
    about: tuple[str, str, str, str] | None = None
    """Title, reason, and the two examples of a rule without a docstring: one that configuration declares."""

    @property
    def options(self) -> dict[str, Any]:
        """The rule's options, by the names that configuration writes, with their defaults."""
        named = signature(self.check).parameters.values()
        return {one.name.replace("_", "-"): one.default for one in named if one.kind is Parameter.KEYWORD_ONLY}

    def with_options(self, values: Mapping[str, Any]) -> Rule:
        """The rule with other values of its options.

        Raises:
            ConfigError: There is no such option, or the value is of another type than the default.
        """
        options = self.options
        for name, value in values.items():
            if name not in options:
                known = ", ".join(options) or "none"
                raise ConfigError(f"the rule {self.id!r} has no option {name!r}", hint=f"its options: {known}")
            wanted = _kind_of(options[name])
            if wanted != _kind_of(value):
                raise ConfigError(f"{name!r} of the rule {self.id!r} must be {wanted}, not {value!r}")
        if not values:
            return self
        given = {name.replace("-", "_"): value for name, value in values.items()}
        return replace(self, check=update_wrapper(partial(self.check, **given), self.check))

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
        if self.about is not None:
            return self.about
        docstring = self.check.__doc__ or ""
        try:
            return sections(docstring, "Wrong", "Right")
        except ValueError:  # a rule of somebody's own, who did not write examples
            head, _, body = docstring.strip().partition("\n")
            return head.strip() or f"{self.id}.", textwrap.dedent(body).strip(), "", ""


def _kind_of(value: Any) -> str:
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, (int, float)):
        return "a number"
    if isinstance(value, str):
        return "a text"
    return "a table" if isinstance(value, Mapping) else "a list"


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
        if name in _RULES and _RULES[name].check.__module__ != check.__module__:
            raise ConfigError(f"there is a rule {name!r} already", where=check.__module__, hint="call it otherwise")
        keys = (key,) if isinstance(key, str) else key
        _RULES[name] = Rule(name, group, level, on, keys, versions, check)
        return check

    return declare


_MODULES = (
    "paths", "references", "schemas", "values", "operations", "messages", "sending", "security", "documentation",
    "tools", "style", "specification", "addresses", "answers", "credentials", "exposure", "legal", "limits", "naming",
    "nesting", "ordering", "throttling",
)  # fmt: skip


@cache
def rules() -> dict[str, Rule]:
    """Every rule by id, in alphabetical order."""
    for module in _MODULES:
        import_module(f"apispec.rules.{module}")
    return dict(
        sorted((name, one) for name, one in _RULES.items() if one.check.__module__.startswith("apispec.rules."))
    )


ENTRY_POINTS = "apispec.rules"
"""The group of entry points that name modules with rules of others."""


@cache
def installed() -> dict[str, Rule]:
    """Rules of installed packages, by id: those that the modules of their entry points declare.

    Raises:
        ConfigError: A module cannot be imported, or declares a rule that there is.
    """
    rules()
    for entry in entry_points(group=ENTRY_POINTS):
        try:
            entry.load()
        except ConfigError:
            raise
        except Exception as error:
            where = f"entry point {entry.name!r} = {entry.value!r}"
            raise ConfigError(f"the rules cannot be imported: {type(error).__name__}: {error}", where=where) from error
    return {name: one for name, one in sorted(_RULES.items()) if name not in rules()}


def text(value: Any) -> str:
    """A value as text for messages; anything but a text gives an empty one."""
    return value if isinstance(value, str) else ""
