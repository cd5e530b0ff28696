"""Schemas of OpenAPI 2.0 and 3.0 (a dialect of JSON Schema draft 5) said in 2020-12."""

from __future__ import annotations

from typing import Any

_BESIDE_REFERENCES = frozenset(
    {"$ref", "title", "description", "default", "example", "examples", "deprecated", "readOnly", "writeOnly",
     "externalDocs", "xml", "nullable", "x-nullable", "x-example"}
)  # fmt: skip


def keywords_to_2020(schema: dict[str, Any]) -> dict[str, Any]:
    """The keywords of one schema, the schemas inside it left as they are.

    Beside a reference 3.0 ignores everything. What only describes is kept all the same, since it changes no value that
    fits, and its author wrote it to be read; what constrains is ignored.

    `nullable` without a type has no effect by the letter of 3.0.3; whoever writes it means that null is allowed, and so
    it is read.
    """
    if isinstance(schema.get("$ref"), str):
        schema = {key: value for key, value in schema.items() if key in _BESIDE_REFERENCES}
    out = {k: v for k, v in schema.items() if k not in ("nullable", "x-nullable", "example", "discriminator")}
    for exclusive, plain in (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")):
        if isinstance(out.get(exclusive), bool):
            if out.pop(exclusive) and plain in out:
                out[exclusive] = out.pop(plain)
    if "examples" not in schema:
        given = next((schema[key] for key in ("example", "x-example") if schema.get(key) is not None), None)
        if given is not None or "example" in schema:
            out["examples"] = [given]
    discriminator = schema.get("discriminator")
    if isinstance(discriminator, str):  # 2.0
        out["discriminator"] = {"propertyName": discriminator}
    elif discriminator is not None:
        out["discriminator"] = discriminator
    if out.get("format") == "byte" and "contentEncoding" not in out:
        del out["format"]
        out["contentEncoding"] = "base64"
    if schema.get("nullable") is True or schema.get("x-nullable") is True:
        return _nullable(out)
    return out


def _nullable(schema: dict[str, Any]) -> dict[str, Any]:
    if isinstance(schema.get("type"), str):
        out = {**schema, "type": [schema["type"], "null"]}
        combined = {k: out.pop(k) for k in ("allOf", "anyOf", "oneOf") if k in out}
        if not combined:
            return out
        # The branches would refuse null again, which is not what `nullable` beside them says.
        return _or_null({**schema})
    return _or_null(schema) if any(k in schema for k in ("$ref", "allOf", "anyOf", "oneOf", "not", "enum")) else schema


def _or_null(schema: dict[str, Any]) -> dict[str, Any]:
    outer: dict[str, Any] = {
        k: schema[k]
        for k in ("title", "description", "default", "examples", "deprecated", "readOnly", "writeOnly", "externalDocs")
        if k in schema
    }
    inner = {k: v for k, v in schema.items() if k not in outer}
    return {**outer, "anyOf": [inner, {"type": "null"}]}
