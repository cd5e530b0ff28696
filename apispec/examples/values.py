"""One value that fits one schema. Candidates are built in order of how much they teach; the first that fits wins.

What is right by construction is not checked; everything else is asked of jsonschema-rs. So a wrong guess costs a
candidate and never gives an invalid example. The order of calls never shows: only what does not depend on where it
stands is remembered.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from apispec.examples.keywords import (
    dict_of,
    discriminated,
    given,
    kinds,
    list_of,
    says,
    singular,
    written_examples,
)
from apispec.examples.merging import merge
from apispec.examples.reach import Made, Reach
from apispec.examples.scalars import count, is_number, numbers, strings, variations
from apispec.examples.search import searched
from apispec.examples.validity import Components, components
from apispec.model import Json, Schema
from apispec.schemas import BUDGET, MANY_KINDS, Schemas, alternatives, mark_of, ref, ref_name, types, variants
from apispec.schemas import kinds as kinds_of

_MAX_COMPONENTS = 8
"""Deeper than so many components in each other only what is required is filled in."""
_MAX_DEPTH = 64
"""Nothing is made deeper than this; real documents stay below 50."""
_FULL_NODES = 1_000
"""After so many values in one example only what is required is filled in."""
_MAX_NODES = BUDGET.example_values
"""What needs more values than this, or as much trying, has no example."""
_MAX_VARIED = 200
"""Objects of more properties are not tried with one of them at a time."""
_CHECK = 5
"""What asking jsonschema-rs costs, in nodes."""
_SIMPLE_OBJECT = frozenset(("type", "properties", "required", "additionalProperties"))
_SIMPLE_ARRAY = frozenset(("type", "items", "prefixItems", "minItems", "maxItems"))
_REFUSING = frozenset(("not", "pattern", "allOf", "if", "oneOf"))
"""What refuses values for reasons that making them does not know."""
Stack = tuple[str, ...]
"""The components that are being made, outermost first."""
_BASE, _BASE_OF_OUTER = "\0", "\1"
"""Before the name of a component that is drawn into what is made, or into something around it: a base may be drawn into
a value inside, too, since that is not inside the base itself."""
_NONE: Any = object()
Candidates = Iterator[tuple[Json, bool]]
"""Values to try, each with whether it is known to fit."""


class NoExampleError(ValueError):
    """No value was found that fits the schema: it accepts none, or none that is finite."""


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
        made = _guess(schema, schemas, name)
    if guessed is not None:
        guessed += dict.fromkeys(maker.guesses)
    return made


def is_valid(schema: Schema, value: Json, schemas: Schemas) -> bool:
    """Whether a value fits a schema, formats included; False for a schema that is itself invalid."""
    return components(schemas).fits(schema, value)


class _Maker:
    """Builds one example."""

    def __init__(self, known: Components, full: bool, guess: bool = False) -> None:
        self.known = known
        self.schemas = known.schemas
        self.full = full
        self.guess = guess
        self.guesses: list[str] = []
        """What is guessed: what holds a guess fits nothing, and is taken as it is."""
        self.cuts = 0
        """How often something was left out because of where it stood."""
        self.nodes = 0
        self.reach = Reach()

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

    def count(self, nodes: int) -> None:
        """Note how much was made or tried."""
        self.nodes += nodes
        if self.nodes > _MAX_NODES:
            self.cuts += 1
            raise NoExampleError("the smallest example is too large")

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
            self.nodes + made.nodes > _FULL_NODES or len(stack) + made.reach.components_deep >= _MAX_COMPONENTS
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
        ways = [partial(self.combined, schema, name, stack, depth)]
        ways += [partial(self.typed, kind, schema, name, stack, depth) for kind in kinds(schema)]
        if "if" in schema:
            ways.append(partial(self.conditional, schema, name, stack, depth))
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

    def combined(self, schema: dict[str, Any], name: str, stack: Stack, depth: int) -> Candidates:
        """Candidates from a reference with siblings, from the branches of oneOf and anyOf, and from allOf."""
        if "$ref" in schema:
            yield from self.merged(schema, "$ref", [{"$ref": schema["$ref"]}], name, stack, depth)
            return
        for key in ("oneOf", "anyOf"):
            if isinstance(schema.get(key), list):
                yield from self.branches(schema, key, name, stack, depth)
                return
        if isinstance(schema.get("allOf"), list):
            yield from self.merged(schema, "allOf", schema["allOf"], name, stack, depth)

    def merged(
        self, schema: dict[str, Any], key: str, parts: list[Schema], name: str, stack: Stack, depth: int
    ) -> Candidates:
        """What fits a schema and all `parts`, the value of its `key`."""
        rest = {k: v for k, v in schema.items() if k != key}
        if len(parts) == 1 and not says(rest):
            yield self.make(parts[0], name, stack, depth + 1), True
            return
        targets = [target for part in parts if (target := ref_name(part)) is not None]
        if any(target in stack or _BASE + target in stack for target in targets):
            self.cuts += 1
            raise NoExampleError(f"{targets[0]} needs itself")
        self.reach.components.update(targets)
        whole: Schema = rest
        for part in parts:
            whole = merge(whole, part, self.schemas)
        whole = _parents_first(whole, rest)
        guessed = self.guessed
        made = self.make(whole, name, (*stack, *(_BASE + target for target in dict.fromkeys(targets))), depth + 1)
        right = self.guessed == guessed and all(map(self.known.is_plain_object, (rest, *parts)))
        yield made, right

    def branches(self, schema: dict[str, Any], key: str, name: str, stack: Stack, depth: int) -> Candidates:
        """Examples of the branches of `anyOf` or `oneOf`, null last."""
        rest = {k: v for k, v in schema.items() if k != key}
        alone = not says(rest)
        others = [b for b in schema[key] if types(b) != ("null",)]
        problem: NoExampleError | None = None
        for branch in sorted(schema[key], key=lambda b: types(b) == ("null",)):
            try:
                value = self.make(branch if alone else merge(rest, branch, self.schemas), name, stack, depth + 1)
            except NoExampleError as error:
                problem = error
                continue
            for named in discriminated(schema, branch, value):
                yield named, False
            yield value, alone and (key == "anyOf" or (len(others) == 1 and value is not None))
        if problem is not None and not kinds(schema):
            raise problem

    def conditional(self, schema: dict[str, Any], name: str, stack: Stack, depth: int) -> Candidates:
        """One candidate for either outcome of `if`."""
        rest = {k: v for k, v in schema.items() if k not in ("if", "then", "else")}
        for parts in (("if", "then"), ("else",)):
            whole: Schema = rest
            for part in parts:
                whole = merge(whole, schema.get(part, True), self.schemas)
            yield self.make(whole, name, stack, depth + 1), False

    def typed(self, kind: str, schema: dict[str, Any], name: str, stack: Stack, depth: int) -> Candidates:
        """Candidates of one JSON type."""
        inside = tuple(name.replace(_BASE, _BASE_OF_OUTER) for name in stack)
        if kind == "array":
            yield from self.arrays(schema, name, inside, depth)
        elif kind == "object":
            yield from self.objects(schema, inside, depth)
        else:
            free = not says(schema) - {"type"}
            for value in _scalars(kind, schema, name):
                yield value, free

    def arrays(self, schema: dict[str, Any], name: str, stack: Stack, depth: int) -> Candidates:
        """Arrays with what is needed, and one item where none is."""
        least, most = count(schema, "minItems", 0), count(schema, "maxItems", _MAX_NODES)
        prefix = list_of(schema, "prefixItems")[:most]
        values: list[Json] = []
        for first in prefix:
            try:
                values.append(self.make(first, "", stack, depth + 1))
            except NoExampleError:
                if len(values) < least:
                    raise
                yield values, False  # it ends where nothing fits
                return
        items = schema.get("items", True)
        inner_name = singular(name)
        contains = schema.get("contains")
        if contains is not None:
            for i, part in enumerate(prefix):
                for one in self.tries(merge(part, contains, self.schemas), "", stack, depth):
                    yield [*values[:i], one, *values[i + 1 :]], False
            wanted = max(count(schema, "minContains", 1), 1)
            for one in self.tries(merge(items, contains, self.schemas), inner_name, stack, depth):
                values += variations(one, wanted) if schema.get("uniqueItems") else [one] * wanted
        wanted = min(max(least, 1), most) - len(values)
        simple = says(schema) <= _SIMPLE_ARRAY
        if wanted > 0 and (least or (items is not True and items is not False)):
            try:
                nodes = self.nodes
                inner = self.make(items, inner_name, stack, depth + 1)
                self.count((wanted - 1) * max(1, self.nodes - nodes))  # each is written out
                if schema.get("uniqueItems"):
                    yield values + variations(inner, wanted), False
                    if isinstance(items, dict):
                        yield values + self.distinct(items, wanted, stack, depth), False
                else:
                    yield values + [inner] * wanted, simple
            except NoExampleError:
                if least > len(values):
                    raise
        yield values, simple and len(values) >= least
        if values and not least:
            yield [], False
        if "not" in schema or "if" in schema:
            for one in self.tries(items, inner_name, stack, depth):
                others = variations(one, 4)
                yield from (([*values[: len(prefix)], *others[:wanted]], False) for wanted in (2, 3, 4))
                yield from (([*values[: len(prefix)], other], False) for other in others)

    def tries(self, schema: Schema, name: str, stack: Stack, depth: int) -> Iterator[Json]:
        """The example of a schema that something can be done without: none or one."""
        try:
            made = self.make(schema, name, stack, depth + 1)
        except NoExampleError:
            return
        yield made

    def distinct(self, items: dict[str, Any], wanted: int, stack: Stack, depth: int) -> list[Json]:
        """Different values of one schema: of its enum, its variants, or its few values."""
        target = ref_name(items)
        schema = self.schemas.get(target, items) if target is not None else items
        choices: list[Json] = list_of(schema, "enum")
        for branch in variants(schema):
            choices += list_of(branch, "enum")
            choices.append(self.make(branch, "", stack, depth + 1))
        if "boolean" in types(schema):
            choices += [True, False]
        unique = [v for i, v in enumerate(choices) if not any(_same(v, other) for other in choices[:i])]
        return unique[:wanted]

    def objects(self, schema: dict[str, Any], stack: Stack, depth: int) -> Candidates:
        """Objects with the required properties, and the optional ones where wanted."""
        properties = dict_of(schema, "properties")
        required = [key for key in list_of(schema, "required") if isinstance(key, str)]
        least, most = count(schema, "minProperties", 0), count(schema, "maxProperties", _MAX_NODES)
        extra = schema.get("additionalProperties", True)
        needed = set(required)
        whole = self.full and len(stack) < _MAX_COMPONENTS and self.nodes < _FULL_NODES
        value: dict[str, Json] = {}
        left: list[str] = []
        for key, inner in properties.items():
            if key in needed:
                value[key] = self.needed(self.named(schema, key, inner), key, stack, depth)
            elif isinstance(inner, dict) and (inner.get("writeOnly") or inner.get("deprecated")):
                left.append(key)
            elif (whole or self.is_taught(inner)) and len(value) + len(needed) < most:
                self.add(value, schema, key, stack, depth)
            else:
                left.append(key)
                self.cuts += self.full or self.nodes >= _FULL_NODES
        for key, others in dict_of(schema, "dependentRequired").items():
            if key in value and isinstance(others, list):
                required += [other for other in others if isinstance(other, str)]
        for key in required:
            if key not in value:
                inner = self.named(schema, key, properties.get(key, extra))
                value[key] = self.needed(inner, key, stack, depth)
        for key in left:
            if len(value) < least:
                self.add(value, schema, key, stack, depth)
        if least > len(value):
            self.count(least - len(value))
        is_map = not properties and not required and (isinstance(extra, dict) or "patternProperties" in schema)
        for key in self.keys(schema, min(max(least - len(value), is_map), most), stack, depth):
            if key not in value:
                self.add(value, schema, key, stack, depth)
        yield value, says(schema) <= _SIMPLE_OBJECT
        if len(required) < len(value) <= _MAX_VARIED:
            yield {k: v for k, v in value.items() if k in required}, False
            for key in value:
                if key not in required:
                    yield {k: v for k, v in value.items() if k in required or k == key}, False

    def is_taught(self, schema: Schema) -> bool:
        """Whether the author of an optional property gave an example of it, and there is room for it."""
        return self.nodes < _FULL_NODES and any(True for _ in written_examples(schema, self.schemas))

    def needed(self, schema: Schema, key: str, stack: Stack, depth: int) -> Json:
        """The value of a required property; a guess where there must be one."""
        if not self.guess:
            return self.make(schema, key, stack, depth + 1)
        try:
            return self.make(schema, key, stack, depth + 1)
        except NoExampleError:
            self.guesses.append(key)
            self.cuts += 1
            return _guess(schema, self.schemas, key)

    @property
    def guessed(self) -> int:
        """How many values are guesses."""
        return len(self.guesses)

    def add(self, value: dict[str, Json], schema: dict[str, Any], key: str, stack: Stack, depth: int) -> None:
        """Add an optional property, unless there is no example of it."""
        properties = dict_of(schema, "properties")
        inner = properties.get(key, schema.get("additionalProperties", True))
        for made in self.tries(self.named(schema, key, inner), key if key in properties else "", stack, depth):
            value[key] = made

    def named(self, schema: dict[str, Any], key: str, inner: Schema) -> Schema:
        """The schema of a property, those that `patternProperties` has for its name merged in."""
        patterns = schema.get("patternProperties")
        if not isinstance(patterns, dict):
            return inner
        matching = [s for pattern, s in patterns.items() if self.known.fits({"pattern": pattern}, key)]
        if key not in dict_of(schema, "properties") and matching:
            inner = True
        for other in matching:
            inner = merge(inner, other, self.schemas)
        return inner

    def keys(self, schema: dict[str, Any], wanted: int, stack: Stack, depth: int) -> list[str]:
        """Names for properties that `properties` does not name."""
        if wanted <= 0:
            return []
        names: Schema = merge({"type": "string"}, schema.get("propertyNames", True), self.schemas)
        for pattern in dict_of(schema, "patternProperties"):
            names = merge({"pattern": pattern}, names, self.schemas)
            break
        try:
            first = self.make(names, "key", stack, depth + 1)
        except NoExampleError:
            return []
        known = list_of(names, "enum") or variations(first, wanted)
        return [key for key in known if isinstance(key, str) and self.known.fits(names, key)][:wanted]


def _is_bare_default(schema: dict[str, Any], value: Json) -> bool:
    """Whether a value is an empty default, of a schema that says what may be inside: it shows nothing of that."""
    inside = "items" if value == [] else "properties"
    written = [*list_of(schema, "examples"), *([schema["example"]] if "example" in schema else [])]
    return value in ([], {}) and bool(schema.get(inside)) and value not in written


def _parents_first(whole: Schema, own: dict[str, Any]) -> Schema:
    """A merged schema whose properties are in the order of reading: those of what it is made of before its own."""
    known, last = (dict_of(one, "properties") if isinstance(one, dict) else {} for one in (whole, own))
    if not isinstance(whole, dict) or not known or not last:
        return whole
    rest = {key: inner for key, inner in known.items() if key not in last}
    return {**whole, "properties": {**rest, **{key: known[key] for key in last if key in known}}}


def _scalars(kind: str, schema: dict[str, Any], name: str) -> Iterator[Json]:
    if kind == "string":
        yield from strings(schema, name)
    elif kind in ("integer", "number"):
        yield from numbers(schema, kind)
    elif kind == "boolean":
        yield from (True, False)
    elif kind == "null":
        yield None


def _searched(kind: str, schema: dict[str, Any], name: str) -> Candidates:
    for value in searched(kind, schema, name):
        yield value, False


def _guess(schema: Schema, schemas: Schemas, name: str) -> Json:
    """A value of the type that a schema asks for, where none is known that fits it."""
    if schema is False:
        return None
    for one in alternatives(schema, schemas) or ({},):
        if "const" in one:
            return one["const"]
        if list_of(one, "enum"):
            return one["enum"][0]
        kind = next(iter(kinds(one)), "string")
        if kind in ("object", "array"):
            return {} if kind == "object" else []
        return next(_scalars(kind, one, name), None)
    return None


def _text(name: str) -> str:
    return next(strings({}, name))


def _copy(value: Json) -> Json:
    if isinstance(value, dict):
        return {k: _copy(v) for k, v in value.items()}
    if isinstance(value, list):
        return [_copy(v) for v in value]
    return value


def _same(a: Json, b: Json) -> bool:
    """Equality of JSON values: true is not 1, 1.0 is."""
    return bool(a == b and (is_number(a) == is_number(b)))
