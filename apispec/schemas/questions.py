"""Questions about JSON Schemas (2020-12, references `#/components/schemas/NAME`) that several parts ask.

Decisions are made here on schemas, never on printed types. No examples (`example`), no dialects (`rendering`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import chain, islice
from typing import Any

from apispec.model import REF_PREFIX, Schema
from apispec.schemas.budget import BUDGET, allowed, spend

Schemas = Mapping[str, Schema]
"""Components by name."""

_LIST_KEYWORDS = ("allOf", "anyOf", "oneOf", "prefixItems")
_MAP_KEYWORDS = ("properties", "patternProperties", "$defs", "dependentSchemas")
_SCHEMA_KEYWORDS = (
    "items", "additionalProperties", "not", "if", "then", "else", "contains", "propertyNames",
    "unevaluatedItems", "unevaluatedProperties", "contentSchema",
)  # fmt: skip


def ref(name: str) -> dict[str, Any]:
    """A reference to the component `name` (the name escaped as a JSON Pointer token, RFC 6901)."""
    return {"$ref": REF_PREFIX + name.replace("~", "~0").replace("/", "~1")}


def ref_name(schema: Schema) -> str | None:
    """The component a schema refers to, None where it is no such reference."""
    target = schema.get("$ref") if isinstance(schema, dict) else None
    if isinstance(target, str) and target.startswith(REF_PREFIX):
        return target[len(REF_PREFIX) :].replace("~1", "/").replace("~0", "~")
    return None


def resolve(schema: Schema, schemas: Schemas) -> Schema:
    """Follow references until there is none; siblings of a reference win over what it refers to.

    Returns:
        The schema itself where there is nothing to follow; `{}` for a reference to nothing or to itself,
        or one that leads through more references than `BUDGET.depth`.
    """
    seen: set[str] = set()
    while (name := ref_name(schema)) is not None:
        if name in seen or name not in schemas or len(seen) > BUDGET.depth:
            return {}
        seen.add(name)
        target = schemas[name]
        siblings = {k: v for k, v in schema.items() if k != "$ref"} if isinstance(schema, dict) else {}
        if not siblings or not isinstance(target, dict):
            schema = target
        else:
            schema = {**target, **siblings}
    return schema


def children(schema: Schema) -> Iterator[Schema]:
    """The schemas directly inside a schema, references not followed."""
    if not isinstance(schema, dict):
        return
    for key in _LIST_KEYWORDS:
        value = schema.get(key)
        if isinstance(value, list):
            yield from (v for v in value if isinstance(v, (dict, bool)))
    for key in _MAP_KEYWORDS:
        value = schema.get(key)
        if isinstance(value, dict):
            yield from (v for v in value.values() if isinstance(v, (dict, bool)))
    for key in _SCHEMA_KEYWORDS:
        value = schema.get(key)
        if isinstance(value, (dict, bool)):
            yield value


def walk(schema: Schema) -> Iterator[Schema]:
    """The schema and every schema inside it, references not followed."""
    stack = [schema]
    while stack:
        current = stack.pop()
        yield current
        stack.extend(children(current))


def referenced(schema: Schema) -> list[str]:
    """The components a schema refers to directly, in order, each once."""
    return list(dict.fromkeys(name for part in walk(schema) if (name := ref_name(part)) is not None))


def closure(schema: Schema, schemas: Schemas) -> dict[str, Schema]:
    """Every component that a schema reaches, by name."""
    found: dict[str, Schema] = {}
    todo = referenced(schema)
    while todo:
        name = todo.pop()
        if name not in found and name in schemas:
            found[name] = schemas[name]
            todo.extend(referenced(schemas[name]))
    return found


def types(schema: Schema) -> tuple[str, ...]:
    """The JSON types a schema names itself: `("string", "null")`; empty where it names none."""
    if not isinstance(schema, dict):
        return ()
    value = schema.get("type")
    if isinstance(value, str):
        return (value,)
    if isinstance(value, list):
        return tuple(v for v in value if isinstance(v, str))
    return ()


def variants(schema: Schema) -> tuple[Schema, ...]:
    """The branches of `anyOf` or `oneOf`; empty where there is none."""
    if isinstance(schema, dict):
        for key in ("anyOf", "oneOf"):
            value = schema.get(key)
            if isinstance(value, list) and value:
                return tuple(value)
    return ()


def is_nullable(schema: Schema, schemas: Schemas) -> bool:
    """Whether a schema plainly accepts null, by its types, constants or a variant."""
    schema = resolve(schema, schemas)
    if not isinstance(schema, dict):
        return schema
    if "null" in types(schema) or ("const" in schema and schema["const"] is None) or None in schema.get("enum", ()):
        return True
    return any(is_nullable(v, schemas) for v in variants(schema) if ref_name(v) is None)


def without_null(schema: Schema) -> Schema:
    """The schema less its null variant or type, where exactly that is left: `anyOf [T, null]` → T."""
    if not isinstance(schema, dict):
        return schema
    for key in ("anyOf", "oneOf"):
        if key in schema:
            rest = [v for v in schema[key] if types(v) != ("null",)]
            if len(rest) == len(schema[key]):
                return schema
            outer = {k: v for k, v in schema.items() if k != key}
            if len(rest) != 1:
                return {**outer, key: rest}
            return {**rest[0], **outer} if isinstance(rest[0], dict) else rest[0]
    names = types(schema)
    if len(names) > 1 and "null" in names:
        rest_names = [n for n in names if n != "null"]
        return {**schema, "type": rest_names[0] if len(rest_names) == 1 else rest_names}
    return schema


_WAYS = 32
"""So many alternatives are told apart."""


def alternatives(schema: Schema, schemas: Schemas) -> tuple[dict[str, Any], ...]:
    """What a value may be, one schema for each way: references, `allOf` and unions looked through, null left out.

    Decisions about how a value travels (as a file, as a list, as fields of a form) are made on these: `File | null` is
    still a file. What the schemas have in common is drawn together as far as such decisions ask.
    """
    left = most = allowed(BUDGET.ways)

    def ways(schema: Schema, depth: int) -> tuple[dict[str, Any], ...]:
        nonlocal left
        left -= 1
        schema = resolve(schema, schemas)
        if not isinstance(schema, dict) or types(schema) == ("null",):
            return ()
        kinds = [kind for kind in types(schema) if kind != "null"]
        if len(kinds) < len(types(schema)):
            schema = {**schema, "type": kinds[0] if len(kinds) == 1 else kinds}
        found: tuple[dict[str, Any], ...] = ({k: v for k, v in schema.items() if k not in ("allOf", "anyOf", "oneOf")},)
        if depth <= 0 or left <= 0 or not {"allOf", "anyOf", "oneOf"} & schema.keys():
            return found
        for key in ("anyOf", "oneOf", "allOf"):
            if not isinstance(schema.get(key), list):
                continue
            groups: Iterator[tuple[dict[str, Any], ...]] = (
                ways(branch, depth - 1) for branch in schema[key][: BUDGET.branches]
            )
            if key != "allOf":  # no more are used
                groups = iter((tuple(islice(chain.from_iterable(groups), _WAYS)),))
            for group in groups:
                if left <= 0:
                    break
                left -= len(found) * len(group)
                found = tuple(_together(one, other) for one in found for other in group)[:_WAYS] if group else found
        return found

    found = ways(schema, 8)
    spend((most - left) // 16)
    return found


def _together(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    out = {**other, **one}
    if isinstance(one.get("properties"), dict) and isinstance(other.get("properties"), dict):
        out["properties"] = {**other["properties"], **one["properties"]}
    if isinstance(one.get("required"), list) and isinstance(other.get("required"), list):
        out["required"] = [*other["required"], *one["required"]]
    return out


def readable_type(schema: Schema, schemas: Schemas, *, depth: int = 3) -> str:
    """A type for people, in no language's notation: `array of Item`, `"a" | "b"`, `string (date-time) | null`."""
    if schema is True or schema == {}:
        return "any"
    if not isinstance(schema, dict):
        return "nothing"
    name = ref_name(schema)
    if name is not None:
        return name
    if "const" in schema:
        return _constant(schema["const"])
    if isinstance(schema.get("enum"), list):
        values = schema["enum"]
        shown = [_constant(v) for v in values[:8]]
        return " | ".join(shown) + (" | …" if len(values) > 8 else "")
    branches, all_of = variants(schema), schema.get("allOf")
    if depth <= 0 and (branches or all_of):
        return "any"
    if branches:
        shapes = dict.fromkeys(readable_type(b, schemas, depth=depth - 1) for b in branches[:_NAMED])
        more = " | …" if len(branches) > _NAMED else ""
        return _with_own(" | ".join(shapes) + more, schema, schemas, depth)
    if isinstance(all_of, list) and all_of:
        names = [readable_type(b, schemas, depth=depth - 1) for b in all_of[:_NAMED]]
        names = [name for name in dict.fromkeys(names) if name != "any"]
        if names:
            return " & ".join(map(_in_brackets, names)) if len(names) > 1 else names[0]
    kinds = types(schema) or _implied_types(schema)
    if not kinds:
        hint = schema.get("x-python-type")
        return str(hint) if isinstance(hint, str) and hint else "any"
    return " | ".join(_one_type(kind, schema, schemas, depth) for kind in kinds)


_NAMED = 40
"""So many alternatives are named in the words for a type; all of them are drawn below it."""


def _with_own(union: str, schema: dict[str, Any], schemas: Schemas, depth: int) -> str:
    """The branches of a schema, with what it says beside them."""
    own = {key: value for key, value in schema.items() if key not in ("anyOf", "oneOf", "allOf")}
    kind = readable_type(own, schemas, depth=depth) if types(own) or _implied_types(own) else "any"
    if kind == "any" or (kind == "object" and not own.get("properties") and union != "any"):
        return union
    return kind if union in ("any", kind) else f"{kind} & {_in_brackets(union)}"


def _implied_types(schema: dict[str, Any]) -> tuple[str, ...]:
    if "properties" in schema or "additionalProperties" in schema:
        return ("object",)
    if "items" in schema or "prefixItems" in schema:
        return ("array",)
    return ()


def _one_type(kind: str, schema: dict[str, Any], schemas: Schemas, depth: int) -> str:
    if kind == "array":
        if depth <= 0:
            return "array"
        prefix = schema.get("prefixItems")
        if isinstance(prefix, list) and prefix:
            return "[" + ", ".join(readable_type(p, schemas, depth=depth - 1) for p in prefix) + "]"
        items = schema.get("items", True)
        inner = readable_type(items, schemas, depth=depth - 1)
        return "array" if inner == "any" else f"array of {_in_brackets(inner)}"
    if kind == "object":
        extra = schema.get("additionalProperties")
        if isinstance(extra, dict) and extra and not schema.get("properties") and depth > 0:
            inner = readable_type(extra, schemas, depth=depth - 1)
            return "map" if inner == "any" else f"map of {_in_brackets(inner)}"
        return "object"
    detail = schema.get("format") or schema.get("contentMediaType")
    return f"{kind} ({detail})" if isinstance(detail, str) and detail else kind


def _in_brackets(text: str) -> str:
    return f"({text})" if " | " in text else text


def _constant(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
