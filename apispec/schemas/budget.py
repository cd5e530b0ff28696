"""How much one schema may cost: the one place that says where making and checking values of it ends.

Documents are strangers'. Forty schemas that double each other through `allOf` are 3 kB and a trillion checks; whatever
follows schemas asks here, and does without where the answer would take too long.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from apispec.model import Schema


_ALL = ("allOf", "anyOf", "oneOf")
_ONE = ("not", "if", "then", "else")
_MAPS = ("dependentSchemas", "dependencies")
_AGAIN = {"unevaluatedProperties", "unevaluatedItems"}
_REF = "#/components/schemas/"


@dataclass(frozen=True, slots=True)
class Budget:
    """Bounds of the work on one schema."""

    checks: int = 100_000
    """Schemas that hold for one and the same value when it is checked, references followed."""
    depth: int = 100
    """References and alternatives in each other."""
    branches: int = 1_000
    """Branches of one union that are looked at to tell of what kind its values are."""
    again: int = 4
    """How often `unevaluatedProperties` has everything beside it checked, once for each kind of result it asks for."""
    example_values: int = 6_000
    """Values in one example, those that were tried for it included."""
    pattern_steps: int = 20_000
    """Parts of a pattern that are written out to make a text of it."""
    tried_text: int = 4_000
    """Characters of a text that is checked against a pattern with look-around or back-references."""
    ways: int = 20_000
    """Schemas that are looked through to tell what a value may be."""
    fields: int = 10_000
    """Schemas that are looked through for the fields of one schema that the search knows."""
    tool_input: int = 400
    """Schemas inside one schema of a tool's arguments, references written out: a model has to read them all. What has
    more is cut where it nests less deeply."""
    tool_output: int = 200
    """The same of a tool's result."""
    tool: int = 8_000
    """Schemas in all arguments of one tool; those after it have what is left, at least `tool_least`."""
    tool_least: int = 40
    compared: int = 1_000_000
    """Alternatives of schemas that are joined and compared for one comparison of two documents."""
    running: int = 1_000_000
    """Values that are made or tried for all examples of a document's calls, and what is alike."""
    running_for_each: int = 1_000
    """So many more for each endpoint and component."""
    page: int = 20_000
    """The same for one page, whatever the others cost: pages are made by several processes."""
    least: int = 20
    """Of what one thing may cost, what is left after the end of the running budget: one part in so many."""


BUDGET = Budget()


class Running:
    """What is left for all that is made together: each thing that is made may cost as much as it may cost alone,
    until that is used up; then only a small part of it.

    Args:
        most: What there is.
    """

    def __init__(self, most: int) -> None:
        self.left = most
        self.most = most

    @property
    def is_over(self) -> bool:
        """Whether it is used up."""
        return self.left <= 0


_running: ContextVar[Running | None] = ContextVar("running", default=None)


@contextmanager
def running(most: int) -> Iterator[Running]:
    """Have what is made meanwhile share a budget.

    Args:
        most: What all of it may cost together.
    """
    budget = Running(most)
    token = _running.set(budget)
    try:
        yield budget
    finally:
        _running.reset(token)


def for_things(count: int, budget: Budget = BUDGET) -> int:
    """What a document of so many endpoints and components may cost."""
    return budget.running + budget.running_for_each * count


def allowed(most: int, budget: Budget = BUDGET) -> int:
    """What one thing may cost now, of what it may cost alone."""
    shared = _running.get()
    return most // budget.least if shared is not None and shared.is_over else most


def spend(cost: int) -> None:
    """Note what one thing has cost."""
    shared = _running.get()
    if shared is not None:
        shared.left -= cost


class SpentError(Exception):
    """The comparison of two documents takes more steps than there are.

    Args:
        holder: The document whose schema was being read.
        pointer: Where that is.
    """

    def __init__(self, holder: object, pointer: str) -> None:
        super().__init__(pointer)
        self.holder = holder
        self.pointer = pointer


def is_affordable(
    schema: Schema, schemas: Mapping[str, Schema], budget: Budget = BUDGET, known: dict[str, int] | None = None
) -> bool:
    """Whether checking a value against a schema ends soon: neither a circle without anything in between, nor a tree of
    alternatives that doubles at every step.

    Args:
        schema: A schema.
        schemas: The components that its references name.
        budget: The bounds.
        known: What components cost, for whoever asks about many schemas of one document.
    """
    known = {} if known is None else known
    try:
        if _cost(schema, schemas, known, [], budget) > budget.checks:
            return False
        # What is inside of objects and arrays is checked once for each value there, so each for itself.
        return all(_cost(part, schemas, known, [], budget) <= budget.checks for part in _inner(schema))
    except (_EndlessError, RecursionError):
        return False


def unaffordable(schemas: Mapping[str, Schema], budget: Budget = BUDGET) -> dict[str, bool]:
    """The components that `is_affordable` refuses, each with whether it leads back to itself."""
    known: dict[str, int] = {}
    found: dict[str, bool] = {}
    for name, schema in schemas.items():
        try:
            cost = known[name] if name in known else _cost(schema, schemas, known, [name], budget)
        except (_EndlessError, RecursionError):
            found[name] = True
        else:
            known[name] = cost
            if cost > budget.checks:
                found[name] = False
    return found


class _EndlessError(Exception):
    pass


def _cost(schema: Any, schemas: Mapping[str, Schema], known: dict[str, int], stack: list[str], budget: Budget) -> int:
    """Schemas that hold for one value; more than the budget where there are more."""
    if not isinstance(schema, dict) or len(stack) > budget.depth:
        return 1 if not isinstance(schema, dict) else budget.checks + 1
    cost = 1
    reference = schema.get("$ref")
    if isinstance(reference, str) and reference.startswith(_REF):
        name = reference.removeprefix(_REF).replace("~1", "/").replace("~0", "~")
        if name in stack:
            raise _EndlessError
        if name not in known:
            stack.append(name)
            known[name] = _cost(schemas.get(name), schemas, known, stack, budget)
            stack.pop()
        cost += known[name]
    for key in _ALL:
        parts = schema.get(key)
        for part in parts if isinstance(parts, list) else ():
            cost += _cost(part, schemas, known, stack, budget)
            if cost > budget.checks:
                return cost
    for key in _ONE:
        if key in schema:
            cost += _cost(schema[key], schemas, known, stack, budget)
    for key in _MAPS:
        parts = schema.get(key)
        for part in parts.values() if isinstance(parts, dict) else ():
            cost += _cost(part, schemas, known, stack, budget)
            if cost > budget.checks:
                return cost
    return cost * (budget.again if _AGAIN & schema.keys() else 1)


def _inner(schema: Any) -> list[Any]:
    """The schemas of properties and items that stand in a schema itself."""
    found: list[Any] = []
    stack = [schema]
    while stack and len(found) < 10_000:
        part = stack.pop()
        if isinstance(part, dict):
            found.append(part)
            stack.extend(v for k, v in part.items() if k not in ("enum", "const", "default", "examples", "example"))
        elif isinstance(part, list):
            stack.extend(part)
    return found[1:]
