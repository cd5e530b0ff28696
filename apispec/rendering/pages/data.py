"""What the page's script knows: JSON on each page that has snippets, in an attribute of an element that is not shown.

`<div id="api-data" hidden data-json='…'>` (instant navigation would run a `<script>` of any type), read by
`templates/assets/script/data.js`. Keys whose value says nothing (false, empty, an optional parameter's `required`) are
left out.

    base       the base URL; servers: all of them, where there are several
    root       from the page to the site's root, "" or "../"…
    mcp        the URL of the MCP server, where that is the base URL's
    common     the name of a script in `assets/calls/` that has `COMMON`, where pages are so many that they share it
    languages  {protocol: [{id, name, lexer, extension, scope, flat, after}]}, in the order shown
    parts      snippets as `apispec.snippets.wire` writes them; each different one once
    more       [[id, name]] of the languages of the menu; keys: [{variant: what its file calls the shape}], as `shapes`
    shapes     [{variant: [index into parts, for each language]}]; variants as `apispec.snippets.shaping` names them
    schemes    {name: {…}}, the security schemes that endpoints on the page accept: type, in, name, scheme, flows and
               openIdConnectUrl as in OpenAPI; clientId; variables; secrets {headers, cookies, query, basic, digest}
               (values as `wire` tags them): what the scheme adds to a call
    schemas    {component: schema}, those that inputs on the page reach; less what only people read; `kinds` are
               references to those that a discriminator without a union tells apart
    endpoints  {name: {…}}: protocol, shapes (an index), parameters, body, arguments (those of the snippets shown),
               result ("json", "text", "file", "none", "stream", "lines"), download (a file's name);
               http: method, path, mediaType, base (own servers), under (relative), accept,
               ways [{scheme: [scope]}] (to authenticate, as `requests.ways` lists them), endings (of the names of
               shapes, by way; left out where all are empty);
               gradio: prefix, apiName, revision, state, login, clientsOnly (no path leads to it), positional (for
               gradio_client), silentInputs, silentOutputs, outputs (labels)
    parameter  {name, argument (its key in arguments), in, schema, required, default, style, explode, reserved,
               mediaType, multiple, deprecated}
    body       {argument, mediaType, schema, encoding, required}

It survives Markdown and its extensions: it is one line, and no quote, `<`, backtick, `{{` or `{%` is in it.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import chain, islice
from typing import Any

from markupsafe import Markup

from apispec.model import Api, Endpoint, GradioCall, HttpCall, Json, MediaType, Parameter, Schema, SecurityRequirement
from apispec.rendering.pages.menu import menu, shape_keys
from apispec.rendering.pages.options import PagesOptions
from apispec.rendering.pages.schemes import scheme_data
from apispec.requests import (
    absolute,
    argument_names,
    base_url,
    body_name,
    is_binary,
    is_relative,
    is_written,
    request,
    server_url,
    ways,
)
from apispec.schemas import MANY_KINDS, kinds, ref, ref_name, referenced, resolve, types
from apispec.snippets import (
    Language,
    SnippetContext,
    download_name,
    endings,
    gradio_context,
    http_context,
    languages,
    parts_json,
    parts_of,
    shapes,
    value_json,
)

Calls = Mapping[str, Mapping[str, Json]]
"""Example arguments by endpoint's name."""

_KEPT = frozenset({
    "x-enum-varnames", "x-enumNames", "x-enum-names",
    "$ref", "type", "enum", "const", "default", "format", "contentMediaType", "contentEncoding", "properties",
    "required", "items", "prefixItems", "additionalProperties", "anyOf", "oneOf", "allOf", "minimum", "maximum",
    "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength", "maxLength", "pattern", "minItems", "maxItems",
    "uniqueItems", "minProperties", "maxProperties", "readOnly", "discriminator", "patternProperties", "propertyNames",
    "dependentRequired", "dependentSchemas", "then", "else",
})  # fmt: skip
"""The keywords that a form asks for."""

LARGE = 3_000
ENOUGH, ENOUGH_OF_LARGE = 24_000, 4_000
"""So many characters of components are enough for the forms of a page: those nearest to what is sent. What lies further
in is written as JSON. Less are where the pages are many, from `LARGE` operations on.
"""

MANY_SERVERS = 400
"""Base URLs to choose from, at most: 200 servers whose variable has 10,000 values are millions, which nobody reads."""

_BRIEF = 80
"""Characters of an example that an input starts with, at most."""

_RISKY = re.compile("[<>&'`~\u007f-\u009f\u2028\u2029\ud800-\udfff]|\\{(?=[{%#:])")
"""What HTML, Markdown's extensions, template engines or UTF-8 would not leave as it is; in JSON only inside strings."""


COMMON = ("languages", "parts", "shapes", "keys", "more")
"""What pages have in common where they have the same kinds of calls."""


def page_data(
    api: Api,
    options: PagesOptions,
    root: str,
    calls: Calls,
    *,
    mcp: str = "",
    every_scheme: bool = False,
    common: dict[str, str] | None = None,
) -> Markup:
    """The block's JSON; empty where the pages are not to be tried.

    Args:
        api: The Api.
        options: The user's choices.
        root: From the page to the site's root.
        calls: The endpoints whose snippets the page shows, with the arguments of those.
        mcp: The MCP server's URL where the page shows it and it follows the base URL.
        every_scheme: Whether the page is told all security schemes, not those of `calls` alone.
        common: Gets what the page has in common with others, as a script by path, which the page is then without.
    """
    if not options.try_it:
        return Markup("")
    data = _Data(api, options)
    endpoints = {name: data.endpoint(api.endpoint(name), given) for name, given in calls.items()}
    if every_scheme:
        data.schemes.update(dict.fromkeys(api.security_schemes))
    known = {
        "base": data.base,
        "servers": data.servers(),
        "root": root,
        "mcp": mcp,
        "languages": data.languages,
        "parts": data.parts,
        "shapes": data.shapes,
        "keys": data.keys if data.more else [],
        "more": data.more,
        "schemes": {name: scheme_data(name, api) for name in data.schemes},
        "schemas": {name: data.component(name) for name in data.schemas},
        "endpoints": endpoints,
    }
    if common is not None:
        known = _apart(known, common)
    text = json.dumps(_said(known), ensure_ascii=False, separators=(",", ":"))
    return Markup(_RISKY.sub(lambda found: f"\\u{ord(found[0]):04x}", text))


def _apart(known: dict[str, Any], common: dict[str, str]) -> dict[str, Any]:
    """What a page says, with the name of the script that has the rest."""
    shared = json.dumps(_said({key: known[key] for key in COMMON}), ensure_ascii=False, separators=(",", ":"))
    name = hashlib.sha256(shared.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    common[f"assets/calls/{name}.js"] = f"apispec.found({json.dumps(name)},{json.dumps(shared)});\n"
    return {**{key: value for key, value in known.items() if key not in COMMON}, "common": name}


class _Data:
    """Collects what endpoints share."""

    def __init__(self, api: Api, options: PagesOptions) -> None:
        self.api = api
        self.options = options
        self.base = base_url(api) if options.base_url is None else options.base_url
        self.languages: dict[str, list[Json]] = {}
        self.more = [[language.id, language.name] for language in menu(options)]
        self.parts: list[Json] = []
        self.shapes: list[dict[str, list[int]]] = []
        self.keys: list[dict[str, str]] = []
        """What the shapes are called in the files of the menu's languages (`menu`)."""
        self.schemas: dict[str, Schema] = {}
        """Less what only people read."""
        self.enough = ENOUGH if len(api.endpoints) < LARGE else ENOUGH_OF_LARGE
        self.size = 0
        """Characters of those."""
        self.schemes: dict[str, None] = {}

    def servers(self) -> list[str]:
        """The base URLs to choose from, where there are several: each server, then with variables at other values."""
        given = self.api.servers if self.options.base_url is None else ()
        others = (replace(s, variables={**s.variables, name: replace(variable, default=value)})
                  for s in given for name, variable in s.variables.items() for value in variable.enum)  # fmt: skip
        urls: dict[str, None] = {}
        for server in islice(chain(given, others), 10 * MANY_SERVERS):
            urls[absolute(server_url(server))] = None
            if len(urls) == MANY_SERVERS:
                break
        return list(urls) if len(urls) > 1 else []

    def endpoint(self, endpoint: Endpoint | None, arguments: Mapping[str, Json]) -> dict[str, Json]:
        assert endpoint is not None
        call = endpoint.call
        more = self._gradio(endpoint, call) if isinstance(call, GradioCall) else self._http(endpoint, call)
        shape = self._shape(endpoint)
        return {
            "protocol": endpoint.protocol,
            "shapes": shape,
            **_said(
                {
                    "parameters": [self._parameter(name, p) for name, p in argument_names(endpoint).items()],
                    "body": self._body(endpoint),
                    "arguments": value_json(arguments),
                    "download": download_name(endpoint) if endpoint.result and endpoint.result.is_file else "",
                    **more,
                }
            ),
        }

    def _shape(self, endpoint: Endpoint) -> int:
        """The index of the endpoint's shapes, which others may have as well."""
        offered = self.options.chosen(languages(endpoint.protocol, self.options.template_dirs))
        self.languages.setdefault(endpoint.protocol, [_language(language) for language in offered])
        made = {
            variant: [self._place(language, context) for language in offered]
            for variant, context in shapes(endpoint, self.api).items()
        }
        keys = shape_keys(endpoint, self.api) if self.more else {}
        known = list(zip(self.shapes, self.keys, strict=True))
        if (made, keys) not in known:
            self.shapes.append(made)
            self.keys.append(keys)
            return len(known)
        return known.index((made, keys))

    def _place(self, language: Language, context: SnippetContext) -> int:
        parts = parts_json(parts_of(language, context, self.options.template_dirs))
        if parts not in self.parts:
            self.parts.append(parts)
        return self.parts.index(parts)

    def _parameter(self, argument: str, parameter: Parameter) -> dict[str, Json]:
        default = parameter.default
        return {
            "name": parameter.name,
            "argument": argument,
            "in": parameter.location,
            **_said(
                {
                    "schema": self._schema(parameter.schema),
                    "required": parameter.required,
                    "style": parameter.style,
                    "reserved": parameter.allow_reserved,
                    "mediaType": parameter.media_type,
                    "multiple": parameter.multiple,
                    "deprecated": parameter.deprecated,
                }
            ),
            **({} if default is None or not default.is_json else {"default": default.value}),
            **({} if parameter.explode is None else {"explode": parameter.explode}),
        }

    def _body(self, endpoint: Endpoint) -> dict[str, Json]:
        body = endpoint.request_body
        if body is None:
            return {}
        media = body.content[0] if body.content else MediaType()
        return {
            "argument": body_name(endpoint),
            "mediaType": media.type,
            **_said(
                {
                    "schema": self._schema(_as_typed(media, self.api)),
                    "encoding": media.encoding or {},
                    "required": body.required,
                }
            ),
        }

    def _schema(self, schema: Schema) -> Json:
        """What forms need of a schema; the components that it reaches are collected."""
        schemas, made = self.api.schemas, pruned(schema)
        todo, at = referenced(made), 0
        while at < len(todo) and self.size < self.enough:
            name, at = todo[at], at + 1
            if name in self.schemas or name not in schemas:
                continue
            found_here = pruned(schemas[name])
            size = len(json.dumps(found_here, default=str))
            if size > 2 * self.enough:  # nobody fills in so many inputs
                continue
            self.schemas[name] = found_here
            self.size += size
            found = kinds(name, schemas)
            todo += referenced(self.schemas[name]) + (list(found) if len(found) <= MANY_KINDS else [])
        return made

    def component(self, name: str) -> Schema:
        """What forms need of a component, with its kinds where those are there."""
        made = self.schemas[name]
        found = [ref(kind) for kind in kinds(name, self.api.schemas)]
        known = all((ref_name(kind) or "") in self.schemas for kind in found)
        return {**made, "kinds": found} if found and known and isinstance(made, dict) else made

    def _http(self, endpoint: Endpoint, call: HttpCall) -> dict[str, Json]:
        bare = request(endpoint, {}, self.api)
        own = base_url(self.api, endpoint) if self.options.base_url is None else self.base
        under = server_url(endpoint.servers[0]) if endpoint.servers else ""
        accepted = [_known(way, self.api) for way in ways(endpoint, self.api)]
        for way in accepted:
            self.schemes.update(dict.fromkeys(way))
        ends = endings(endpoint, self.api)
        return {
            "method": call.method,
            "path": call.path,
            "mediaType": call.media_type,
            "base": own if own != self.base else "",
            "under": under if is_relative(under) else "",
            "accept": next((value for name, value in bare.headers.items() if name == "Accept"), ""),
            "ways": accepted,
            "endings": ends if any(ends) else [],
            "result": http_context(endpoint, bare, self.api).result,
        }

    def _gradio(self, endpoint: Endpoint, call: GradioCall) -> dict[str, Json]:
        return {
            "prefix": call.prefix,
            "apiName": call.api_name,
            "revision": call.revision,
            "state": call.state,
            "login": call.login,
            "clientsOnly": not call.routed,
            "positional": gradio_context(endpoint, {}, self.api).positional,
            "silentInputs": list(call.silent_inputs),
            "silentOutputs": list(call.silent_outputs),
            "outputs": [field.name for field in endpoint.result.fields] if endpoint.result else [],
            "result": gradio_context(endpoint, {}, self.api).result,
        }


def _known(way: SecurityRequirement, api: Api) -> dict[str, Json]:
    """A way to authenticate, less schemes that the Api does not describe."""
    return {name: list(scopes) for name, scopes in way.items() if name in api.security_schemes}


def _as_typed(media: MediaType, api: Api) -> Schema:
    """The schema of what readers type into a form: XML and the like are texts, whatever it says."""
    schema = resolve(media.schema, api.schemas)
    if is_written(media.type) and not is_binary(schema):
        return {"type": "string"}
    parts = {n: _text_of(s, api) for n, s in _properties(schema).items() if is_written(_part_type(media, n))}
    if not parts or not isinstance(schema, dict):
        return media.schema
    return {**schema, "properties": {**schema["properties"], **parts}}


def _properties(schema: Schema) -> dict[str, Schema]:
    found = schema.get("properties") if isinstance(schema, dict) else None
    return found if isinstance(found, dict) else {}


def _part_type(media: MediaType, name: str) -> str:
    return str((media.encoding.get(name) or {}).get("contentType", "")).partition(",")[0]


def _text_of(schema: Schema, api: Api) -> Schema:
    """A part that is a text, or as many."""
    schema = resolve(schema, api.schemas)
    return {"type": "array", "items": {"type": "string"}} if "array" in types(schema) else {"type": "string"}


def _language(language: Language) -> dict[str, Json]:
    about = {"id": language.id, "name": language.name, "lexer": language.lexer, "extension": language.extension}
    return {**about, **_said({"scope": list(language.scope), "flat": language.flat, "after": language.after})}


def _said(values: dict[str, Any]) -> dict[str, Any]:
    """The values that say something."""
    return {key: value for key, value in values.items() if value not in (None, "", False, [], {})}


def pruned(schema: Schema) -> Schema:
    """A schema less what only people read. `example` is its first one, where that is short: an input starts with it."""
    if not isinstance(schema, dict):
        return schema
    kept = {key: _inner(key, value) for key, value in schema.items() if key in _KEPT}
    given = schema.get("examples")
    example = given[0] if isinstance(given, list) and given else schema.get("example")
    if isinstance(example, (str, int, float)) and len(str(example)) <= _BRIEF:
        kept["example"] = example
    return kept


def _inner(key: str, value: Any) -> Any:
    """A keyword's value, the schemas in it pruned."""
    if key in ("properties", "patternProperties", "dependentSchemas") and isinstance(value, dict):
        return {name: pruned(inner) for name, inner in value.items()}
    if key in ("items", "additionalProperties", "propertyNames", "then", "else"):
        return pruned(value)
    if key in ("anyOf", "oneOf") and isinstance(value, list):
        return [_variant(inner) for inner in value]
    if key in ("allOf", "prefixItems") and isinstance(value, list):
        return [pruned(inner) for inner in value]
    return value


def _variant(schema: Schema) -> Schema:
    """One of several to choose from, with what it is called."""
    kept = pruned(schema)
    if isinstance(schema, dict) and isinstance(kept, dict) and isinstance(schema.get("title"), str):
        kept["title"] = schema["title"]
    return kept
