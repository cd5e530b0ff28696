"""Swagger 2.0 documents said in OpenAPI 3.0. Schemas stay as they are; what differs there, the reader of 3.0 mends.

References to parameters and responses are followed, since 2.0 mixes in them what 3.0 keeps apart.
"""

from __future__ import annotations

from typing import Any

from apispec.documents import MISSING, Document, escape, find, sites
from apispec.findings import Finding, Severity

METHODS = ("get", "put", "post", "delete", "options", "head", "patch")

_STYLES = {
    "csv": {"style": "form", "explode": False},
    "ssv": {"style": "spaceDelimited", "explode": False},
    "tsv": {"style": "spaceDelimited", "explode": False},
    "pipes": {"style": "pipeDelimited", "explode": False},
    "multi": {"style": "form", "explode": True},
}
_FLOWS = {
    "implicit": "implicit", "password": "password", "application": "clientCredentials",
    "accessCode": "authorizationCode",
}  # fmt: skip
_SCHEMA_KEYS = {
    "type", "format", "items", "default", "maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum", "maxLength",
    "minLength", "pattern", "maxItems", "minItems", "uniqueItems", "enum", "multipleOf", "x-nullable",
}  # fmt: skip
_FORMS = ("multipart/form-data", "application/x-www-form-urlencoded")


def to_30(document: Document, findings: list[Finding]) -> dict[str, Any]:
    """The document in OpenAPI 3.0.4; what cannot be said is appended to `findings`."""
    return _Converter(document, findings).converted()


def moved(target: str) -> str:
    """A reference as it is in 3.0, where schemas are kept elsewhere."""
    before = "#/definitions/"
    return f"#/components/schemas/{target.removeprefix(before)}" if target.startswith(before) else target


class _Converter:
    def __init__(self, document: Document, findings: list[Finding]) -> None:
        self.document = document
        self.data: dict[str, Any] = document.data
        self.findings = findings

    def note(self, message: str, pointer: str) -> None:
        """Say what 3.0 cannot."""
        self.findings.append(Finding("not-in-version", Severity.WARNING, message, self.document.locate(pointer)))

    def converted(self) -> dict[str, Any]:
        data = self.data
        out: dict[str, Any] = {"openapi": "3.0.4", "info": data.get("info", {})}
        out.update({k: data[k] for k in data if k in ("tags", "externalDocs", "security") or k.startswith("x-")})
        servers = self.servers()
        if servers:
            out["servers"] = servers
        out["paths"] = {p: self.path_item(i, f"/paths/{escape(p)}") for p, i in _dict(data.get("paths")).items()}
        components: dict[str, Any] = {}
        if _dict(data.get("definitions")):
            components["schemas"] = {n: _schema(s) for n, s in data["definitions"].items()}
        schemes = {n: s for n, r in _dict(data.get("securityDefinitions")).items() if (s := self.scheme(n, r))}
        if schemes:
            components["securitySchemes"] = schemes
        if components:
            out["components"] = components
        moved: dict[str, Any] = _moved_references(out)
        return moved

    def servers(self) -> list[dict[str, Any]]:
        host = self.data.get("host")
        base = self.data.get("basePath") or ""
        if not isinstance(host, str):
            return [{"url": base}] if isinstance(base, str) and base.strip("/") else []
        schemes = [s for s in _list(self.data.get("schemes")) if isinstance(s, str)] or ["https"]
        return [{"url": f"{scheme}://{host}{base}".rstrip("/")} for scheme in schemes]

    def path_item(self, raw: Any, pointer: str) -> Any:
        item = self.follow(raw)
        shared = [self.follow(p) for p in _list(item.get("parameters"))]
        out: dict[str, Any] = {}
        for key, value in item.items():
            if key in METHODS and isinstance(value, dict):
                out[key] = self.operation(value, shared, f"{pointer}/{key}")
            elif key not in ("parameters", "$ref"):
                out[key] = value
        return out

    def operation(self, raw: dict[str, Any], shared: list[dict[str, Any]], pointer: str) -> dict[str, Any]:
        """An operation; its path's parameters go into it, since bodies can be among them."""
        out = {k: v for k, v in raw.items() if k not in ("parameters", "responses", "consumes", "produces", "schemes")}
        own = [self.follow(p) for p in _list(raw.get("parameters"))]
        named = {(str(p.get("name")), str(p.get("in"))): p for p in (*shared, *own)}
        parameters = list(named.values())
        plain = [self.parameter(p, pointer) for p in parameters if p.get("in") in ("path", "query", "header")]
        if plain:
            out["parameters"] = plain
        consumes = _texts(raw.get("consumes", self.data.get("consumes")))
        body = next((p for p in parameters if p.get("in") == "body"), None)
        fields = [p for p in parameters if p.get("in") == "formData"]
        if body is not None:
            out["requestBody"] = self.body(body, consumes)
        elif fields:
            out["requestBody"] = self.form(fields, consumes)
        produces = _texts(raw.get("produces", self.data.get("produces"))) or ["application/json"]
        responses = _dict(raw.get("responses"))
        out["responses"] = {
            str(s): r if str(s).startswith("x-") else self.response(self.follow(r), produces)
            for s, r in responses.items()
        }
        return out

    def parameter(self, raw: dict[str, Any], pointer: str) -> dict[str, Any]:
        out: dict[str, Any] = {k: raw[k] for k in ("name", "in", "description", "required") if k in raw}
        if raw.get("in") == "path":
            out["required"] = True
        if raw.get("in") == "query" and raw.get("allowEmptyValue") is True:
            out["allowEmptyValue"] = True
        out.update({k: v for k, v in raw.items() if k.startswith("x-") and k not in ("x-nullable", "x-example")})
        if "x-example" in raw:
            out["example"] = raw["x-example"]
        if raw.get("type") == "array":
            out.update(self.style(raw, pointer))
        out["schema"] = _inline_schema(raw)
        return out

    def style(self, raw: dict[str, Any], pointer: str) -> dict[str, Any]:
        collection = str(raw.get("collectionFormat", "csv"))
        if raw.get("in") != "query":
            return {}  # `simple`, the default there, is csv
        if collection == "tsv":
            self.note(
                f"OpenAPI 3 has no tab-separated lists; {raw.get('name')} is read as separated by spaces.", pointer
            )
        return dict(_STYLES.get(collection, _STYLES["csv"]))

    def body(self, raw: dict[str, Any], consumes: list[str]) -> dict[str, Any]:
        media = {"schema": _schema(raw.get("schema", {}))}
        out: dict[str, Any] = {"content": dict.fromkeys(consumes or ["application/json"], media)}
        for key in ("description", "required"):
            if key in raw:
                out[key] = raw[key]
        return out

    def form(self, fields: list[dict[str, Any]], consumes: list[str]) -> dict[str, Any]:
        properties: dict[str, Any] = {}
        encoding: dict[str, Any] = {}
        for field in fields:
            schema = _inline_schema(field)
            if "description" in field:
                schema = {**schema, "description": field["description"]}
            name = str(field.get("name"))
            properties[name] = schema
            if field.get("type") == "array":
                encoding[name] = dict(_STYLES.get(str(field.get("collectionFormat")), _STYLES["csv"]))
        schema = {"type": "object", "properties": properties}
        required = [str(f.get("name")) for f in fields if f.get("required") is True]
        if required:
            schema["required"] = required
        files = any(f.get("type") == "file" for f in fields)
        kinds = [c for c in consumes if c in _FORMS] or [_FORMS[0] if files else _FORMS[1]]
        if files:
            kinds = [_FORMS[0]]
        media = {"schema": schema, **({"encoding": encoding} if encoding else {})}
        return {"content": dict.fromkeys(kinds, media), **({"required": True} if required else {})}

    def response(self, raw: dict[str, Any], produces: list[str]) -> dict[str, Any]:
        out: dict[str, Any] = {"description": raw.get("description", "")}
        out.update({k: v for k, v in raw.items() if k.startswith("x-")})
        given = _dict(raw.get("examples"))
        if "schema" in raw or given:
            schema = raw.get("schema")
            file = isinstance(schema, dict) and schema.get("type") == "file"
            kinds = (
                [p for p in produces if p != "application/json"] or ["application/octet-stream"] if file else produces
            )
            media: dict[str, Any] = {"schema": _schema(schema)} if schema is not None else {}
            names = dict.fromkeys([*kinds, *(str(k) for k in given)]) if schema is not None else map(str, given)
            out["content"] = {n: {**media, **({"example": given[n]} if n in given else {})} for n in names}
        headers = _dict(raw.get("headers"))
        if headers:
            out["headers"] = {n: self.header(_dict(h)) for n, h in headers.items()}
        return out

    def header(self, raw: dict[str, Any]) -> dict[str, Any]:
        out = {"description": raw["description"]} if "description" in raw else {}
        return {**out, "schema": _inline_schema(raw)}

    def scheme(self, name: str, raw: Any) -> dict[str, Any] | None:
        scheme = _dict(raw)
        kind = scheme.get("type")
        more = {k: v for k, v in scheme.items() if k == "description" or k.startswith("x-")}
        if kind == "basic":
            return {"type": "http", "scheme": "basic", **more}
        if kind == "apiKey":
            return {"type": "apiKey", "name": scheme.get("name", ""), "in": scheme.get("in", "header"), **more}
        flow = _FLOWS.get(str(scheme.get("flow")))
        if kind == "oauth2" and flow:
            keys = ("authorizationUrl", "tokenUrl", "scopes")
            return {
                "type": "oauth2",
                "flows": {flow: {"scopes": {}, **{k: scheme[k] for k in keys if k in scheme}}},
                **more,
            }
        self.note(f"The security scheme {name} is of an unknown type.", f"/securityDefinitions/{escape(name)}/type")
        return None

    def follow(self, raw: Any) -> dict[str, Any]:
        """An object, or what the reference in its place leads to."""
        for _ in range(20):
            target = raw.get("$ref") if isinstance(raw, dict) else None
            if not isinstance(target, str):
                break
            raw = find(self.data, target) if target.startswith("#") else MISSING
        return raw if isinstance(raw, dict) else {}


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _texts(value: Any) -> list[str]:
    return list(dict.fromkeys(v for v in _list(value) if isinstance(v, str)))


def _inline_schema(raw: dict[str, Any]) -> dict[str, Any]:
    """The schema that 2.0 spreads over a parameter, header or item."""
    schema: dict[str, Any] = {k: v for k, v in raw.items() if k in _SCHEMA_KEYS}
    if isinstance(schema.get("items"), dict):
        schema["items"] = _inline_schema(schema["items"]) if "$ref" not in schema["items"] else schema["items"]
    whole: dict[str, Any] = _schema(schema)
    return whole


def _schema(raw: Any) -> Any:
    """A schema of 2.0 in 3.0: `file`, `discriminator` and `x-nullable`."""
    if isinstance(raw, list):
        return [_schema(v) for v in raw]
    if not isinstance(raw, dict):
        return raw
    out: dict[str, Any] = {}
    for key, value in raw.items():
        if key == "properties" and isinstance(value, dict):
            out[key] = {name: _schema(inner) for name, inner in value.items()}
        elif key in ("items", "additionalProperties", "allOf"):
            out[key] = _schema(value)
        else:
            out[key] = value
    if out.get("type") == "file":
        out.update(type="string", format="binary")
    if isinstance(out.get("discriminator"), str):
        out["discriminator"] = {"propertyName": out["discriminator"]}
    if isinstance(out.get("x-nullable"), bool):
        out["nullable"] = out.pop("x-nullable")
    return out


def _moved_references(value: Any) -> Any:
    """The document with references to where 3.0 keeps schemas; what only looks like one, in data, stays."""
    made = _copied(value)
    for site in sites(made, "document"):
        site.holder[site.key] = moved(site.reference)
    return made


def _copied(value: Any) -> Any:
    if isinstance(value, list):
        return [_copied(inner) for inner in value]
    return {key: _copied(inner) for key, inner in value.items()} if isinstance(value, dict) else value
