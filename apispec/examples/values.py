"""One value that fits one schema. Candidates are built in order of how much they teach; the first that fits wins.

What is right by construction is not checked; everything else is asked of jsonschema-rs. So a wrong guess costs a
candidate and never gives an invalid example. The order of calls never shows: only what does not depend on where it
stands is remembered.
"""

from __future__ import annotations

import json
from functools import partial
from typing import Any

from apispec.examples.arrays import arrays
from apispec.examples.combinations import combined, conditional
from apispec.examples.keywords import (
    dict_of,
    given,
    kinds,
    list_of,
    says,
)
from apispec.examples.making import (
    BASE,
    BASE_OF_OUTER,
    FULL_NODES,
    MAX_COMPONENTS,
    Candidates,
    Making,
    NoExampleError,
    Stack,
    guessed_value,
    scalars,
)
from apispec.examples.objects import objects
from apispec.examples.reach import Made, Reach
from apispec.examples.scalars import is_json_text, strings
from apispec.examples.search import searched
from apispec.examples.validity import components
from apispec.model import Json, Schema
from apispec.schemas import MANY_KINDS, Schemas, alternatives, mark_of, ref, ref_name, spend
from apispec.schemas import kinds as kinds_of

_MAX_DEPTH = 64
"""Nothing is made deeper than this; real documents stay below 50."""
_CHECK = 5
"""What asking jsonschema-rs costs, in nodes."""
_REFUSING = frozenset(("not", "pattern", "allOf", "if", "oneOf"))
"""What refuses values for reasons that making them does not know."""
_NONE: Any = object()


def example(
    schema: Schema,
    schemas: Schemas,
    *,
    name: str = "",
    full: bool = True,
    guess: bool = False,
    guessed: list[str] | None = None,
) -> Json:
    """A value that fits the schema, the caller's to change.

    Args:
        schema: A JSON Schema 2020-12. What was asked about once must not be changed afterwards.
        schemas: The components its references name.
        name: What the value is called, for a telling text: `city` rather than `text`.
        full: Whether optional properties are filled in too.
        guess: Whether to put a value of the right type where none was found that fits, so that one that cannot be made
            costs itself alone.
        guessed: Is told what is guessed: names of properties, `name` where it is the whole.

    Raises:
        NoExampleError: No such value was found.
    """
    maker = _Maker(components(schemas), full, guess)
    try:
        made = _copy(maker.make(schema, name, (), 0))
    except NoExampleError:
        if not guess:
            raise
        maker.guesses = [name]
        made = guessed_value(schema, schemas, name)
    finally:
        spend(maker.nodes)
    if guessed is not None:
        guessed += dict.fromkeys(maker.guesses)
    return made


def is_valid(schema: Schema, value: Json, schemas: Schemas) -> bool:
    """Whether a value fits a schema, formats included; False for a schema that is itself invalid."""
    return components(schemas).fits(schema, value)


class _Maker(Making):
    """Makes a value of a schema: the first candidate of all ways that fits."""

    def make(self, schema: Schema, name: str, stack: Stack, depth: int) -> Json:
        """The first candidate that fits."""
        if not isinstance(schema, dict):
            if schema is False:
                raise NoExampleError("the schema accepts nothing")
            return _text(name)
        if depth > _MAX_DEPTH:
            self.cuts += 1
            raise NoExampleError("the schema is nested too deeply")
        self.count(1)
        self.reach.note(len(stack), depth)
        if len(schema) == 1 and (target := ref_name(schema)) is not None:
            return self.component(target, name, stack, depth)
        guessed = self.guessed
        for value, fits in self.candidates(schema, name, stack, depth):
            if fits or self.guessed > guessed:
                return value
            self.count(_CHECK)
            if self.known.fits(schema, value):
                return value
        raise NoExampleError("no value was found that fits the schema")

    def component(self, target: str, name: str, stack: Stack, depth: int) -> Json:
        """The example of a component; made once, unless it had to be cut short where it stands, or has to be here."""
        if target in stack:
            self.cuts += 1
            raise NoExampleError(f"{target} needs itself")
        if target not in self.schemas:
            raise NoExampleError(f"there is no component {target}")
        schema = self.schemas[target]
        if isinstance(schema, dict) and "properties" in schema:
            name = ""  # which is only for texts
        key = (target, name, self.full)
        made = self.known.examples.get(key)
        if made is not None and self.whole_here(made, stack, depth):
            self.count(made.nodes)
            self.reach.include(made.reach, len(stack), depth)
            return made.value
        cuts, nodes, around = self.cuts, self.nodes, self.reach
        self.reach = Reach(components={target})
        try:
            value = self.kind(target, stack, depth + 1)
            if value is _NONE:
                value = self.marked(target, self.make(schema, name, (*stack, target), depth + 1))
        finally:
            inside, self.reach = self.reach, around
            around.include(inside, 0, 0)
        if self.cuts == cuts:
            self.known.examples[key] = Made(value, self.nodes - nodes, inside.seen_from(len(stack), depth))
        return value

    def kind(self, target: str, stack: Stack, depth: int) -> Json:
        """An example of the first kind of a component that a discriminator tells apart; `_NONE` where it is its own."""
        schema = self.schemas[target]
        if not isinstance(schema, dict) or "discriminator" not in schema or any(True for _ in given(schema)):
            return _NONE
        found = kinds_of(target, self.schemas)
        if target in found or len(found) > MANY_KINDS:
            return _NONE
        for kind in found:
            for value in self.tries(ref(kind), "", stack, depth):  # which is made of it, so that it fits it, too
                return value
        return _NONE

    def marked(self, target: str, value: Json) -> Json:
        """The value of a component with what tells it from other kinds of what it is made of."""
        schema = self.schemas[target]
        if not isinstance(value, dict) or not isinstance(schema, dict) or "allOf" not in schema:
            return value
        mark = None if any(True for _ in given(schema)) else mark_of(target, self.schemas)
        if mark is None or mark[0] not in value or value[mark[0]] in mark[1]:
            return value
        told = [dict_of(one, "properties").get(mark[0], True) for one in alternatives(ref(target), self.schemas)]
        if not all(self.known.fits(inner, mark[1][0]) for inner in told):
            return value
        return {**value, mark[0]: mark[1][0]}

    def whole_here(self, made: Made, stack: Stack, depth: int) -> bool:
        """Whether an example would be made just so in this place, with nothing left out."""
        if self.full and (
            self.nodes + made.nodes > FULL_NODES or len(stack) + made.reach.components_deep >= MAX_COMPONENTS
        ):
            return False
        return depth + made.reach.depth <= _MAX_DEPTH and made.reach.components.isdisjoint(stack)

    def candidates(self, schema: dict[str, Any], name: str, stack: Stack, depth: int) -> Candidates:
        """Values to try, the most telling first."""
        for value in given(schema):
            if not (self.full and _is_bare_default(schema, value)):
                yield value, False
        if "const" in schema:
            yield schema["const"], False
            return
        if isinstance(schema.get("enum"), list):
            for value in sorted(schema["enum"], key=lambda v: v is None):
                yield value, False
            return
        ways = [partial(combined, self, schema, name, stack, depth)]
        ways += [partial(self.typed, kind, schema, name, stack, depth) for kind in kinds(schema)]
        if "if" in schema:
            ways.append(partial(conditional, self, schema, name, stack, depth))
        if not _REFUSING.isdisjoint(schema):
            ways += [partial(_searched, kind, schema, name) for kind in kinds(schema)]
        problem: NoExampleError | None = None
        for way in ways:
            try:
                yield from way()
            except NoExampleError as error:
                problem = problem or error
        if "default" in schema:
            yield schema["default"], False
        if problem is not None:
            raise problem

    def typed(self, kind: str, schema: dict[str, Any], name: str, stack: Stack, depth: int) -> Candidates:
        """Candidates of one JSON type."""
        inside = tuple(name.replace(BASE, BASE_OF_OUTER) for name in stack)
        if kind == "array":
            yield from arrays(self, schema, name, inside, depth)
        elif kind == "object":
            yield from objects(self, schema, inside, depth)
        else:
            held = schema.get("contentSchema") if is_json_text(schema) else None
            if kind == "string" and isinstance(held, dict):  # JSON in a text
                for value in self.tries(held, name, inside, depth + 1):
                    yield json.dumps(value, ensure_ascii=False), False
            free = not says(schema) - {"type"}
            for value in scalars(kind, schema, name):
                yield value, free


def _is_bare_default(schema: dict[str, Any], value: Json) -> bool:
    """Whether a value is an empty default, of a schema that says what may be inside: it shows nothing of that."""
    inside = "items" if value == [] else "properties"
    written = [*list_of(schema, "examples"), *([schema["example"]] if "example" in schema else [])]
    return value in ([], {}) and bool(schema.get(inside)) and value not in written


def _searched(kind: str, schema: dict[str, Any], name: str) -> Candidates:
    for value in searched(kind, schema, name):
        yield value, False


def _text(name: str) -> str:
    return next(strings({}, name))


def _copy(value: Json) -> Json:
    if isinstance(value, dict):
        return {k: _copy(v) for k, v in value.items()}
    if isinstance(value, list):
        return [_copy(v) for v in value]
    return value
