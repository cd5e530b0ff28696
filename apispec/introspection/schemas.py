"""Hints → schemas, in one batch for a whole Api.

`SchemaBatch` collects hints, `build` describes each distinct one once. The describing is pydantic's; ours are the names
of components, one component where input and output agree, and open schemas for what has none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field
from typing import Any, Literal, TypeVar

from apispec.introspection.acceptance import Acceptance
from apispec.introspection.adapters import Adapted, adapted
from apispec.introspection.components import Components
from apispec.introspection.credentials import HIDDEN
from apispec.introspection.defaults import holds_secrets
from apispec.introspection.generator import DEFAULT_TEXT, Generator
from apispec.introspection.mocks import is_mocked
from apispec.introspection.placeholders import PYTHON_TYPE, is_known_placeholder
from apispec.introspection.texts import type_text, value_text
from apispec.model import Schema
from apispec.records import dataclass
from apispec.schemas import walk

T = TypeVar("T")

Mode = Literal["validation", "serialization"]
"""pydantic's words for input and output."""

MODES: tuple[Mode, ...] = ("validation", "serialization")


@dataclass(frozen=True, slots=True)
class Described:
    """The schema of one hint."""

    schema: Schema
    """References are `#/components/schemas/NAME`."""
    problem: str = ""
    """Why something of the hint is not described, in pydantic's words; empty where all is."""
    has_open: bool = False
    """Whether a part of the schema is open because its type has none."""
    python_only: tuple[str, ...] = ()
    """Types that a union has beside those that can be sent; the schema does not have them."""


@dataclass(frozen=False)
class SchemaBatch:
    """Hints that are described together.

    Args:
        module: The module whose classes get components of their bare names.
    """

    module: str = ""
    _wanted: dict[tuple[int, Mode], tuple[Adapted, Mode]] = field(default_factory=dict)
    _described: dict[tuple[int, Mode], Described] = field(default_factory=dict)
    _secret: dict[tuple[int, Mode], bool] = field(default_factory=dict)
    _remembered: dict[str, dict[tuple[int, Mode], Any]] = field(default_factory=dict)
    parts: dict[Any, Any] = field(default_factory=dict)
    """What was made of parameters, for those that are alike."""
    _components: Components | None = None

    def add(self, hint: Any, mode: Mode = "validation") -> tuple[int, Mode]:
        """Ask for the schema of a hint; the key under which `get` has it once everything is built."""
        made = adapted(hint)
        key = (id(made), mode)
        self._wanted.setdefault(key, (made, mode))
        return key

    def get(self, key: tuple[int, Mode]) -> Described:
        """What `build` found for a key from `add`."""
        return self._described[key]

    def remembered(self, what: str, key: tuple[int, Mode], find: Callable[[Described], T]) -> T:
        """What `find` says of a described hint, asked once for each."""
        known = self._remembered.setdefault(what, {})
        if key not in known:
            known[key] = find(self._described[key])
        found: T = known[key]
        return found

    @property
    def schemas(self) -> dict[str, Schema]:
        """Every component that is referred to, by name, in order of the names."""
        assert self._components is not None
        return self._components.schemas

    @property
    def classes(self) -> dict[str, Any]:
        """The class behind each component, where it is known."""
        assert self._components is not None
        return self._components.classes

    def holds_secrets(self, key: tuple[int, Mode]) -> bool:
        """Whether values of a hint are secrets or have some inside."""
        if key not in self._secret:
            self._secret[key] = holds_secrets(self._described[key].schema, self.schemas)
        return self._secret[key]

    def build(self) -> None:
        """Describe everything that was added. Never raises for what a hint is."""
        components = self._components = Components(self.module)
        raw: dict[tuple[int, Mode], Schema] = {}
        both: dict[int, Adapted] = {}
        generators = {mode: Generator(mode, components) for mode in MODES}
        for key, (made, mode) in self._wanted.items():
            raw[key] = _generate(generators[mode], made)
            if _refers(raw[key]):
                both[key[0]] = made
        # A component's name depends on whether its input and its output are the same, never on which of them is used.
        extra: list[Schema] = []
        for identity, made in both.items():
            for mode, generator in generators.items():
                if (identity, mode) not in self._wanted:
                    extra.append(_generate(generator, made))
        merged = components.merge(
            dict(generators["validation"].definitions), dict(generators["serialization"].definitions)
        )
        for key, (made, mode) in self._wanted.items():
            schema = merged(raw[key], mode)
            has_open = PYTHON_TYPE in repr(raw[key])
            dropped: list[str] = []
            if has_open and mode == "validation":
                schema = _without_python_only(schema, dropped)
                has_open = PYTHON_TYPE in repr(schema)
            self._described[key] = Described(schema, made.problem, has_open, tuple(dict.fromkeys(dropped)))
        components.keep_reachable(described.schema for described in self._described.values())
        acceptance = Acceptance(components.schemas)
        for schema in [*components.schemas.values(), *(d.schema for d in self._described.values())]:
            _keep_fitting_defaults(schema, acceptance, components.schemas)


def _without_python_only(schema: Any, dropped: list[str]) -> Any:
    """A schema of input whose unions have only what can be sent, where that is something.

    Args:
        schema: Any.
        dropped: Takes what Python calls what was left out.
    """
    if isinstance(schema, list):
        return [_without_python_only(part, dropped) for part in schema]
    if not isinstance(schema, dict):
        return schema
    schema = {key: _without_python_only(part, dropped) for key, part in schema.items()}
    branches = schema.get("anyOf")
    if isinstance(branches, list):
        kept = [b for b in branches if not _is_python_only(b)]
        if len(kept) < len(branches) and any(b != {"type": "null"} for b in kept):
            dropped += [b[PYTHON_TYPE] for b in branches if b not in kept]
            rest = {key: part for key, part in schema.items() if key != "anyOf"}
            alone = (
                kept[0] if len(kept) == 1 and isinstance(kept[0], dict) and not kept[0].keys() & rest.keys() else None
            )
            return {**rest, "anyOf": kept} if alone is None else {**alone, **rest}
    return schema


def _is_python_only(schema: Any) -> bool:
    """Whether no JSON is a value; of a name that was not found, nobody knows."""
    name = schema.get(PYTHON_TYPE) if isinstance(schema, dict) else None
    if not isinstance(name, str) or schema.keys() - {PYTHON_TYPE, "title", "description"}:
        return False
    return not is_known_placeholder(name) and not is_mocked(name)


def _generate(generator: Generator, made: Adapted) -> Schema:
    try:
        schema: Schema = generator.describe(made.adapter.core_schema)
    except (KeyboardInterrupt, MemoryError):
        raise
    except BaseException:  # a class's own `__get_pydantic_json_schema__`
        return {PYTHON_TYPE: type_text(made.hint)}
    return schema


def _keep_fitting_defaults(schema: Schema, acceptance: Acceptance, schemas: Mapping[str, Schema]) -> None:
    """Make a text of each default in a schema that the schema itself does not accept, and hide secrets; in place."""
    for part in walk(schema):
        if isinstance(part, dict) and part.get("default") is not None and holds_secrets(part, schemas):
            del part["default"]
            part[DEFAULT_TEXT] = HIDDEN
        elif isinstance(part, dict) and "default" in part:
            rest = {keyword: value for keyword, value in part.items() if keyword != "default"}
            if not acceptance.accepts(rest, part["default"]):
                part[DEFAULT_TEXT] = value_text(part.pop("default"))


def _refers(schema: Any) -> bool:
    """Whether a schema refers to a component."""
    stack: list[Any] = [schema]
    while stack:
        part = stack.pop()
        if isinstance(part, dict):
            if "$ref" in part:
                return True
            stack.extend(part.values())
        elif isinstance(part, list):
            stack.extend(part)
    return False
