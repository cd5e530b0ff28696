"""JSON Schema 2020-12 said in the dialect of OpenAPI 3.0 (a subset of draft 5 with `nullable`).

What 3.0 can say otherwise is said otherwise, exactly (`const`, null, `if`, dependencies, number bounds). What it cannot
say is loosened, never tightened, and noted: a value that was valid stays valid. Under `not`, `oneOf` and `if` loosening
a part would tighten the whole, so there the keyword itself goes.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from apispec.findings import Finding, Location, Severity
from apispec.model import Schema
from apispec.schemas import Schemas, ref_name, referenced, types, walk

NULL: dict[str, Any] = {"type": "string", "nullable": True, "enum": [None]}
"""The schema of null alone: 3.0 has no type for it."""

_KEPT = {
    "title", "description", "default", "multipleOf", "maxLength", "minLength", "pattern", "format",
    "minItems", "uniqueItems", "maxProperties", "minProperties", "discriminator", "readOnly", "writeOnly",
    "externalDocs", "deprecated", "xml", "example",
}  # fmt: skip
_ANNOTATIONS = {"title", "description", "default", "examples", "example", "deprecated", "readOnly", "writeOnly"}
_IGNORED = {
    "type", "$schema", "$id", "$anchor", "$dynamicAnchor", "$comment", "$vocabulary", "$defs", "minContains", "then",
    "else",
}  # fmt: skip
"""Keywords that say nothing of their own, or are read together with another."""
_LOSSY = {
    "prefixItems", "patternProperties", "propertyNames", "contains", "maxContains", "unevaluatedItems",
    "unevaluatedProperties", "$dynamicRef",
}  # fmt: skip
"""Keywords that 3.0 cannot say."""

Path = tuple[str, ...]


class Converter:
    """Converts the schemas of one document.

    Args:
        schemas: Its components, before conversion.
        findings: What had to be loosened is appended here.
    """

    def __init__(self, schemas: Schemas, findings: list[Finding]) -> None:
        self.findings = findings
        self._lossy = _lossy_components(schemas)

    def convert(self, schema: Schema, where: Path = ()) -> dict[str, Any]:
        """One schema in 3.0; `where` are the keys that lead to it."""
        if not isinstance(schema, dict):
            return {} if schema else {"not": {}}
        if "$ref" not in schema:
            return _One(self, schema, where).result()
        siblings = {k: v for k, v in schema.items() if k != "$ref"}
        if not siblings:
            return {"$ref": schema["$ref"]}
        out = self.convert(siblings, where)
        return {**out, "allOf": [{"$ref": schema["$ref"]}, *out.get("allOf", ())]}

    def is_exact(self, schema: Schema) -> bool:
        """Whether converting loses nothing, references followed."""
        return not any(_is_lossy(part, self._lossy) for part in walk(schema))

    def loosened(self, what: str, where: Path) -> None:
        """Note that something could not be said."""
        pointer = "".join("/" + part.replace("~", "~0").replace("/", "~1") for part in where)
        message = f"OpenAPI 3.0 cannot say `{what}`; the schema is looser there."
        self.findings.append(
            Finding("not-in-version", Severity.INFO, message, Location(pointer=pointer), "OpenAPI 3.1 can say it.")
        )


class _One:
    """One schema under conversion: `out` grows keyword by keyword; `also` becomes `allOf`."""

    def __init__(self, converter: Converter, schema: dict[str, Any], where: Path) -> None:
        self.converter = converter
        self.schema = schema
        self.where = where
        self.out: dict[str, Any] = {}
        self.also: list[dict[str, Any]] = []

    def result(self) -> dict[str, Any]:
        self.types()
        for key, value in self.schema.items():
            if key in _KEPT or key.startswith("x-"):
                self.out[key] = value
            elif key in _KEYWORDS:
                _KEYWORDS[key](self, key, value)
            elif key in _LOSSY:
                self.converter.loosened(key, self.where)
            elif key not in _IGNORED:
                self.out["x-" + key.lstrip("$")] = value
        out = self.out
        if out.get("type") == "array":
            out.setdefault("items", {})
        if out.get("nullable") and None not in out.get("enum", [None]):
            del out["nullable"]  # the constants do not hold null, so null was never valid
        if len(self.also) == 1 and set(self.also[0]).isdisjoint({*out, *(["enum"] if "nullable" in out else [])}):
            out.update(self.also[0])
        elif self.also:
            out["allOf"] = [*out.get("allOf", ()), *self.also]
        return out

    def convert(self, schema: Schema, *where: str) -> dict[str, Any]:
        return self.converter.convert(schema, (*self.where, *where))

    def types(self) -> None:
        names = [n for n in types(self.schema) if n != "null"]
        nullable = "null" in types(self.schema)
        if len(names) == 1:
            self.out["type"] = names[0]
            if nullable:
                self.out["nullable"] = True
        elif names:
            branches: list[dict[str, Any]] = [{"type": n, **({"items": {}} if n == "array" else {})} for n in names]
            if nullable:
                branches[0]["nullable"] = True
            self.also.append({"anyOf": branches})
        elif nullable:
            self.also.append(dict(NULL))

    # One method per keyword.

    def const(self, key: str, value: Any) -> None:
        if value is None:
            self.also.append(dict(NULL))
        elif "enum" in self.schema:
            self.also.append({"enum": [value]})
        else:
            self.out["enum"] = [value]

    def enum(self, key: str, value: Any) -> None:
        if value == [None]:
            self.also.append(dict(NULL))
        elif value:
            self.out["enum"] = _distinct(value)
        else:
            self.also.append({"not": {}})

    def required(self, key: str, value: Any) -> None:
        if value:
            self.out["required"] = value

    def examples(self, key: str, value: Any) -> None:
        if isinstance(value, list) and value and "example" not in self.schema:
            self.out["example"] = value[0]

    def lower_bound(self, key: str, value: Any) -> None:
        self.bound("minimum", "exclusiveMinimum", max)

    def upper_bound(self, key: str, value: Any) -> None:
        self.bound("maximum", "exclusiveMaximum", min)

    def bound(self, plain: str, exclusive: str, tightest: Callable[[list[Any]], Any]) -> None:
        self.out[plain] = tightest([self.schema[key] for key in (exclusive, plain) if key in self.schema])
        if exclusive in self.schema and self.schema[exclusive] == self.out[plain]:
            self.out[exclusive] = True

    def branches(self, key: str, value: Any) -> None:
        if not value:
            return
        if key == "anyOf" and (simple := self.nullable(value)) is not None:
            self.out.update(simple)
            return
        if key == "oneOf" and not all(self.converter.is_exact(b) for b in value):
            self.converter.loosened(key, self.where)
            key = "anyOf"
        converted = [self.convert(b, key, str(i)) for i, b in enumerate(value)]
        if key in self.out:
            self.also.append({key: converted})
        else:
            self.out[key] = converted

    def nullable(self, branches: list[Schema]) -> dict[str, Any] | None:
        """`anyOf [T, null]` as a nullable T, where T is plain enough for `nullable` to have its effect."""
        plain = [b for b in branches if types(b) != ("null",)]
        if len(plain) != 1 or len(branches) != 2 or len(types(plain[0])) != 1:
            return None
        if any(k not in _ANNOTATIONS and k != "anyOf" and not k.startswith("x-") for k in self.schema):
            return None
        inner = self.convert(plain[0], "anyOf", str(branches.index(plain[0])))
        if not {"allOf", "anyOf", "oneOf", "not", "enum"}.isdisjoint(inner) or not set(inner).isdisjoint(self.schema):
            return None
        return {**inner, "nullable": True}

    def not_(self, key: str, value: Any) -> None:
        if self.converter.is_exact(value):
            self.out["not"] = self.convert(value, "not")
        else:
            self.converter.loosened(key, self.where)

    def items(self, key: str, value: Any) -> None:
        if not self.schema.get("prefixItems"):
            self.out["items"] = self.convert(value, "items")

    def prefix_items(self, key: str, value: Any) -> None:
        if not value:
            return
        branches = [self.convert(b, key, str(i)) for i, b in enumerate(value)]
        rest = self.schema.get("items", True)
        if rest is False:
            self.out["maxItems"] = min(len(value), self.schema.get("maxItems", len(value)))
        else:
            branches.append(self.convert(rest, "items"))
        distinct = [b for i, b in enumerate(branches) if b not in branches[:i]]
        self.out["items"] = distinct[0] if len(distinct) == 1 else {"anyOf": distinct}
        if len(distinct) > 1:
            self.converter.loosened(key, self.where)

    def max_items(self, key: str, value: Any) -> None:
        self.out["maxItems"] = min(value, self.out.get("maxItems", value))

    def properties(self, key: str, value: Any) -> None:
        self.out["properties"] = {k: self.convert(v, "properties", k) for k, v in value.items()}

    def additional_properties(self, key: str, value: Any) -> None:
        if not self.schema.get("patternProperties"):
            self.out[key] = value if isinstance(value, bool) else self.convert(value, key)

    def pattern_properties(self, key: str, value: Any) -> None:
        if not value:
            return
        branches = [self.convert(v, key, k) for k, v in value.items()]
        rest = self.schema.get("additionalProperties", True)
        if rest is not False:
            branches.append(self.convert(rest, "additionalProperties"))
        self.out["additionalProperties"] = branches[0] if len(branches) == 1 else {"anyOf": branches}
        self.converter.loosened(key, self.where)

    def if_(self, key: str, value: Any) -> None:
        if not self.converter.is_exact(value):
            self.converter.loosened(key, self.where)
            return
        condition = self.convert(value, "if")
        if "then" in self.schema:
            self.also.append({"anyOf": [{"not": condition}, self.convert(self.schema["then"], "then")]})
        if "else" in self.schema:
            self.also.append({"anyOf": [condition, self.convert(self.schema["else"], "else")]})

    def dependent(self, key: str, value: Any) -> None:
        for name, needed in value.items():
            absent = {"not": {"type": "object", "required": [name]}}
            if not isinstance(needed, list):
                self.also.append({"anyOf": [absent, self.convert(needed, key, name)]})
            elif needed:
                self.also.append({"anyOf": [absent, {"required": needed}]})

    def content(self, key: str, value: Any) -> None:
        if key == "contentEncoding" and value == "base64" and "format" not in self.schema:
            self.out["format"] = "byte"
        elif key == "contentMediaType" and value == "application/octet-stream" and "contentEncoding" not in self.schema:
            self.out.setdefault("format", "binary")
        elif key == "contentSchema":
            self.out["x-contentSchema"] = self.convert(value, key)
        else:
            self.out["x-" + key] = value


_KEYWORDS: dict[str, Callable[[_One, str, Any], None]] = {
    "const": _One.const,
    "enum": _One.enum,
    "required": _One.required,
    "examples": _One.examples,
    "minimum": _One.lower_bound,
    "exclusiveMinimum": _One.lower_bound,
    "maximum": _One.upper_bound,
    "exclusiveMaximum": _One.upper_bound,
    "allOf": _One.branches,
    "anyOf": _One.branches,
    "oneOf": _One.branches,
    "not": _One.not_,
    "items": _One.items,
    "prefixItems": _One.prefix_items,
    "maxItems": _One.max_items,
    "properties": _One.properties,
    "additionalProperties": _One.additional_properties,
    "patternProperties": _One.pattern_properties,
    "if": _One.if_,
    "dependentRequired": _One.dependent,
    "dependentSchemas": _One.dependent,
    "contentEncoding": _One.content,
    "contentMediaType": _One.content,
    "contentSchema": _One.content,
}


def _distinct(values: list[Any]) -> list[Any]:
    """The values, each once, as 3.0 demands; 1 and 1.0 are one value, 1 and true are two."""
    out: dict[str, Any] = {}
    for value in values:
        number = isinstance(value, float) and value.is_integer()
        out.setdefault(json.dumps(int(value) if number else value, sort_keys=True), value)
    return list(out.values())


def _is_lossy(schema: Schema, components: set[str]) -> bool:
    if not isinstance(schema, dict):
        return False
    return not _LOSSY.isdisjoint(schema) or ref_name(schema) in components


def _lossy_components(schemas: Schemas) -> set[str]:
    """Components that 3.0 cannot say exactly, themselves or through what they refer to."""
    users: dict[str, list[str]] = {}
    todo = []
    for name, schema in schemas.items():
        if any(_is_lossy(part, set()) for part in walk(schema)):
            todo.append(name)
        for other in referenced(schema):
            users.setdefault(other, []).append(name)
    found = set(todo)
    while todo:
        for user in users.get(todo.pop(), ()):
            if user not in found:
                found.add(user)
                todo.append(user)
    return found
