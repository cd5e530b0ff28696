"""Runtime expressions (OpenAPI's Link Object, and Arazzo): texts such as `$response.body#/id` that stand for a value.

A whole expression keeps its value's type; inside a text (`Bearer {$response.body#/token}`) it becomes text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from apispec.documents import MISSING, split, step
from apispec.model import Json

UNKNOWN: Final = MISSING
"""What an expression is that nothing is known of; null is a value."""

_PLAIN = ("url", "method", "statusCode", "self")
_SIDES = ("request", "response")
_SOURCES = ("header", "query", "path", "body")
_NAMED = ("inputs", "outputs", "steps", "workflows", "sourceDescriptions", "components")
_HEAD = re.compile(r"\$([A-Za-z]+)(.*)", re.DOTALL)
_STRICT = re.compile(r"[A-Za-z0-9_-]+")
_EMBEDDED = re.compile(r"\{(\$[^{}]*)\}")
_PART = re.compile(r"\[(\d+)\]|\.?([^.\[\]]+)")
_POINTER = re.compile(r"(?:/(?:[^~/]|~[01])*)*")


class ExpressionError(ValueError):
    """A text that looks like a runtime expression and is none; the message says why."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its answer, as far as they are known."""

    url: str = ""
    method: str = ""
    status: int | None = None
    sent: Mapping[str, Mapping[str, Json]] = field(default_factory=dict)
    """`path`, `query` and `header` (names of headers in lower case) → name → value."""
    sent_body: Json = UNKNOWN
    headers: Mapping[str, str] = field(default_factory=dict)
    """Of the answer, names in lower case."""
    body: Json = UNKNOWN
    """Of the answer: JSON where it is, else the text."""


@dataclass(slots=True)
class Scope:
    """What expressions may speak of at one place."""

    exchange: Exchange = field(default_factory=Exchange)
    inputs: Mapping[str, Json] = field(default_factory=dict)
    outputs: Mapping[str, Json] = field(default_factory=dict)
    steps: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """Step → `outputs` → name → value."""
    workflows: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """Workflow → `inputs`, `outputs` → name → value."""
    sources: Mapping[str, Mapping[str, Json]] = field(default_factory=dict)
    """Source description → its fields."""
    self_uri: str = ""


@dataclass(frozen=True, slots=True)
class Expression:
    """An expression, taken apart."""

    root: str
    """`url`, `request`, `steps`, …"""
    path: str = ""
    """Behind the root: `body`, `find.outputs.id`."""
    pointer: str | None = None


def parsed(text: str) -> Expression:
    """An expression.

    Raises:
        ExpressionError: It is none.
    """
    found = _HEAD.fullmatch(text)
    if found is None or found[1] not in (*_PLAIN, *_SIDES, *_NAMED, "message"):
        known = ", ".join(f"${name}" for name in (*_PLAIN[:3], *_SIDES, *_NAMED[:5]))
        raise ExpressionError(f"{text!r} is no runtime expression; those begin with {known}")
    root, rest = found[1], found[2]
    if root == "message":
        raise ExpressionError(f"{text!r} is about a message (AsyncAPI); calls have $request and $response")
    if root in _PLAIN:
        if rest:
            raise ExpressionError(f"nothing can stand behind ${root}, as in {text!r}")
        return Expression(root)
    if not rest.startswith(".") or len(rest) == 1:
        raise ExpressionError(f"${root} is followed by a dot and a name, unlike {text!r}")
    path, hash_mark, pointer = rest[1:].partition("#")
    if root in _SIDES:
        source = re.split(r"[.\[#]", rest[1:], maxsplit=1)[0]
        if source not in _SOURCES:
            raise ExpressionError(f"${root} has header, query, path and body, and no {source!r}")
        if source != "body":
            name = rest[1:].removeprefix(source)
            if not name.startswith(".") or len(name) == 1:
                raise ExpressionError(f"${root}.{source} is followed by a dot and a name, unlike {text!r}")
            return Expression(root, rest[1:])
    elif root == "steps" and not re.fullmatch(r"[A-Za-z0-9_-]+\.outputs(?:[.\[].+)?", path):
        raise ExpressionError(f"a step's value is $steps.STEP.outputs.NAME, unlike {text!r}")
    elif root == "workflows" and not re.fullmatch(r"[A-Za-z0-9_-]+\.(?:inputs|outputs|steps)\..+", path):
        raise ExpressionError(f"a workflow's value is $workflows.WORKFLOW.outputs.NAME (or inputs), unlike {text!r}")
    elif root in ("sourceDescriptions", "components") and "." not in path:
        raise ExpressionError(f"${root} is followed by two names, unlike {text!r}")
    if hash_mark and not _POINTER.fullmatch(pointer):
        raise ExpressionError(f"{pointer!r} in {text!r} is no JSON Pointer, which begins with a slash")
    return Expression(root, path, pointer if hash_mark else None)


def is_expression(value: Any) -> bool:
    """Whether a text as a whole means to be one: whole words behind a dollar, as no price has."""
    found = _HEAD.fullmatch(value) if isinstance(value, str) else None
    return found is not None and found[1] in (*_PLAIN, *_SIDES, *_NAMED, "message")


def embedded(text: str) -> list[str]:
    """The expressions inside a text."""
    return _EMBEDDED.findall(text)


def expressions(value: Any) -> Iterator[tuple[str, str]]:
    """Every expression in a value, with the JSON Pointer of the text that has it."""

    def walk(part: Any, pointer: str) -> Iterator[tuple[str, str]]:
        if isinstance(part, str):
            for one in [part] if is_expression(part) else embedded(part):
                yield one, pointer
        elif isinstance(part, (dict, list)):
            for key, inner in part.items() if isinstance(part, dict) else enumerate(part):
                yield from walk(inner, f"{pointer}/{str(key).replace('~', '~0').replace('/', '~1')}")

    yield from walk(value, "")


def evaluated(text: str, scope: Scope) -> Json:
    """The value of an expression; `UNKNOWN` where there is none.

    Raises:
        ExpressionError: It is no expression.
    """
    one = parsed(text)
    exchange = scope.exchange
    plain: dict[str, Json] = {
        "url": exchange.url or UNKNOWN,
        "method": exchange.method or UNKNOWN,
        "statusCode": UNKNOWN if exchange.status is None else exchange.status,
        "self": scope.self_uri or UNKNOWN,
    }
    if one.root in plain:
        return plain[one.root]
    if one.root in _SIDES:
        value = _of_side(one, exchange)
    else:
        homes = {
            "inputs": scope.inputs, "outputs": scope.outputs, "steps": scope.steps, "workflows": scope.workflows,
            "sourceDescriptions": scope.sources,
        }  # fmt: skip
        value = dug(homes.get(one.root, {}), one.path)
    return value if one.pointer is None else _pointed(value, one.pointer)


def _pointed(value: Json, pointer: str) -> Json:
    """What a pointer leads to; names and positions may follow it (`#/items[0].id`) where nothing is called so."""
    found = at(value, pointer)
    for end in sorted({m.start() for m in re.finditer(r"[.\[]", pointer)}, reverse=True):
        if found is not UNKNOWN:
            break
        found = dug(at(value, pointer[:end]), pointer[end:].removeprefix("."))
    return found


def _of_side(one: Expression, exchange: Exchange) -> Json:
    source, _, name = one.path.partition(".")
    if source in ("header", "query", "path"):
        if one.root == "request":
            key = name.lower() if source == "header" else name
            return exchange.sent.get(source, {}).get(key, UNKNOWN)
        return exchange.headers.get(name.lower(), UNKNOWN) if source == "header" else UNKNOWN
    body = exchange.sent_body if one.root == "request" else exchange.body
    return dug(body, one.path.removeprefix("body").removeprefix("."))


def at(value: Json, pointer: str) -> Json:
    """What a JSON Pointer leads to. A text that is JSON counts as what it says."""
    if isinstance(value, str) and pointer:
        try:
            value = json.loads(value)
        except ValueError:
            return UNKNOWN
    for token in split(pointer):
        value = step(value, token)
        if value is UNKNOWN:
            return UNKNOWN
    return value


def dug(value: Any, path: str) -> Json:
    """What names and positions (`a.b[0].c`) lead to; names may have dots themselves."""
    if not path or value is UNKNOWN:
        return value
    if isinstance(value, Mapping):
        if path in value:
            return value[path]
        for end in sorted({m.start() for m in re.finditer(r"[.\[]", path)}, reverse=True):
            if path[:end] in value:
                found = dug(value[path[:end]], path[end:].removeprefix("."))
                if found is not UNKNOWN:
                    return found
        return UNKNOWN
    piece = _PART.match(path)
    if isinstance(value, list) and piece is not None and (piece[1] or piece[2]).isdigit():
        position = int(piece[1] or piece[2])
        rest = path[piece.end() :].removeprefix(".")
        return dug(value[position], rest) if position < len(value) else UNKNOWN
    return UNKNOWN


def filled(value: Any, scope: Scope, select: Callable[[Any, Scope], Json] | None = None) -> Json:
    """A value whose expressions are replaced by what they stand for; what is not known is left out of objects, lists.

    Args:
        value: Any JSON.
        scope: What they may speak of.
        select: Gives the value of what `is_selector`; None where there are none (OpenAPI).

    Raises:
        ExpressionError: A text looks like an expression and is none.
    """
    if isinstance(value, str):
        if is_expression(value):
            return evaluated(value, scope)
        return _EMBEDDED.sub(lambda found: as_text(evaluated(found[1], scope)), value)
    if select is not None and is_selector(value):
        return select(value, scope)
    if isinstance(value, dict):
        parts = {key: filled(inner, scope, select) for key, inner in value.items()}
        return {key: inner for key, inner in parts.items() if inner is not UNKNOWN}
    if isinstance(value, list):
        return [one for one in (filled(inner, scope, select) for inner in value) if one is not UNKNOWN]
    return value


def is_selector(value: Any) -> bool:
    """Whether a value is one of Arazzo's Selector Objects."""
    return (
        isinstance(value, dict)
        and value.keys() == {"context", "selector", "type"}
        and is_expression(value["context"])
        and isinstance(value["selector"], str)
    )


def as_text(value: Json) -> str:
    """A value inside a text: scalars as they are written, objects and lists as JSON, nothing for what is not known."""
    if value is UNKNOWN:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
