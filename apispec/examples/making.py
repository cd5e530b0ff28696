"""What every way of making an example shares: the parts that can be asked of it, what it counts, what it gives up."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from apispec.examples.keywords import kinds, list_of
from apispec.examples.reach import Reach
from apispec.examples.scalars import numbers, strings
from apispec.examples.validity import Components
from apispec.model import Json, Schema
from apispec.schemas import BUDGET, Schemas, allowed, alternatives

MAX_COMPONENTS = 8
"""Deeper than so many components in each other only what is required is filled in."""
FULL_NODES = 1_000
"""After so many values in one example only what is required is filled in."""
MAX_NODES = BUDGET.example_values
"""What needs more values than this, or as much trying, has no example."""
Stack = tuple[str, ...]
"""The components that are being made, outermost first."""
BASE, BASE_OF_OUTER = "\0", "\1"
"""Before the name of a component that is drawn into what is made, or into something around it: a base may be drawn into
a value inside, too, since that is not inside the base itself."""
Candidates = Iterator[tuple[Json, bool]]
"""Values to try, each with whether it is known to fit."""


class NoExampleError(ValueError):
    """No value was found that fits the schema: it accepts none, or none that is finite."""


class Making:
    """The making of one example: `values` says how a schema becomes a value, the ways are `arrays`, `objects` and
    `combinations`.
    """

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
        self.most = allowed(MAX_NODES)
        self.reach = Reach()

    def make(self, schema: Schema, name: str, stack: Stack, depth: int) -> Json:
        """The value of a schema.

        Raises:
            NoExampleError: None was found.
        """
        raise NotImplementedError

    def tries(self, schema: Schema, name: str, stack: Stack, depth: int) -> Iterator[Json]:
        """The example of a schema that something can be done without: none or one."""
        try:
            made = self.make(schema, name, stack, depth + 1)
        except NoExampleError:
            return
        yield made

    def count(self, nodes: int) -> None:
        """Note how much was made or tried."""
        self.nodes += nodes
        if self.nodes > self.most:
            self.cuts += 1
            raise NoExampleError("the smallest example is too large")

    @property
    def guessed(self) -> int:
        """How many values are guesses."""
        return len(self.guesses)


def scalars(kind: str, schema: dict[str, Any], name: str) -> Iterator[Json]:
    """Values of one of the types that hold no others."""
    if kind == "string":
        yield from strings(schema, name)
    elif kind in ("integer", "number"):
        yield from numbers(schema, kind, name)
    elif kind == "boolean":
        yield from (True, False)
    elif kind == "null":
        yield None


def guessed_value(schema: Schema, schemas: Schemas, name: str) -> Json:
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
        return next(scalars(kind, one, name), None)
    return None
