"""The endpoint model: the one neutral form between reading a source and writing an output.

Frozen dataclasses with look-ups and no behaviour, read and written as JSON by pydantic: `dump_json` and `load_json` are
inverses. Pydantic checks what comes from outside (the guarded child's answer); making an object in this process costs
no check, and importing this module builds no validator. Schemas are plain JSON Schema 2020-12 (dicts or booleans)
whose references are `#/components/schemas/NAME`.
"""

from __future__ import annotations

from dataclasses import field
from enum import Enum
from typing import Any, Literal, TypeAlias, Union

from pydantic import TypeAdapter

from apispec.findings import Finding, Location
from apispec.records import dataclass

Json: TypeAlias = Any
"""A value that JSON can hold: None, bool, int, finite float, str, list, dict with str keys."""

Schema: TypeAlias = Union[dict[str, Any], bool]
"""A JSON Schema 2020-12; `{}` and `True` accept everything."""

REF_PREFIX = "#/components/schemas/"


class Visibility(str, Enum):
    """Who sees an endpoint."""

    PUBLIC = "public"
    """Documented and callable."""
    UNDOCUMENTED = "undocumented"
    """Callable, in no output."""
    PRIVATE = "private"
    """Nowhere and not callable."""


ParameterLocation = Literal["body", "path", "query", "header", "cookie", "form", "file"]
"""Where a parameter travels. `body` = a key of the JSON object; `form` = a form or multipart field; `file` = a file of
a multipart body."""

ParameterKind = Literal["positional", "standard", "keyword", "var-positional", "var-keyword"]
"""How Python takes it: positional-only, positional or keyword, keyword-only, `*args`, `**kwargs`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Default:
    """A default value. `Default()` is the JSON value null; no default at all is `Parameter.default is None`."""

    value: Json = None
    text: str | None = None
    """Set where JSON can't hold the value (inf, NaN, an object, a function): shown as text, never emitted as JSON."""

    @property
    def is_json(self) -> bool:
        """Whether `value` is the default."""
        return self.text is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A named example: for an endpoint a JSON object of arguments, elsewhere one value."""

    value: Json
    name: str = ""
    summary: str = ""
    description: str = ""
    result: Json = None
    """For an endpoint: the result it gives, where `has_result`."""
    has_result: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One parameter of an endpoint, in signature order."""

    name: str
    """The name in the source, unique within the endpoint and location."""
    location: ParameterLocation = "body"
    schema: Schema = field(default_factory=dict)
    required: bool = True
    default: Default | None = None
    description: str = ""
    """Markdown."""
    deprecated: bool = False
    examples: tuple[Example, ...] = ()
    kind: ParameterKind = "standard"
    multiple: bool = False
    """For files: a list of files travels under this name."""
    style: str = ""
    """OpenAPI `style`; empty = the location's default; `querystring` = the parameter is the whole query."""
    explode: bool | None = None
    allow_reserved: bool = False
    allow_empty: bool = False
    """OpenAPI `allowEmptyValue`: a name of the query may stand there without a value."""
    media_type: str = ""
    """Where the parameter is described by `content` in a document, or a file/form part has its own media type."""
    type_source: str = ""
    """Where the type came from if not from a hint: `docstring`, `default`, `stub`."""
    component: str = ""
    """Gradio: the component that takes it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaType:
    """One content entry of a request body or response."""

    type: str = "application/json"
    schema: Schema = field(default_factory=dict)
    item_schema: Schema | None = None
    """For streams: the schema of one event's data (OpenAPI 3.2 `itemSchema`)."""
    examples: tuple[Example, ...] = ()
    encoding: dict[str, Any] = field(default_factory=dict)
    """OpenAPI Encoding Objects by property name."""
    prefix_encoding: tuple[dict[str, Any], ...] = ()
    """Those of the first parts, by position (OpenAPI 3.2, documents only)."""
    item_encoding: tuple[dict[str, Any], ...] = ()
    """That of all further parts, where there is one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestBody:
    """A request body which is not made of the parameters (documents only). Snippets use its first media type."""

    content: tuple[MediaType, ...]
    required: bool = False
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """A response that is not the result: errors above all."""

    status: str
    """`404`, `4XX`, `default`."""
    description: str = ""
    content: tuple[MediaType, ...] = ()
    headers: dict[str, Any] = field(default_factory=dict)
    """OpenAPI Header Objects by name."""
    links: dict[str, Any] = field(default_factory=dict)
    """OpenAPI Link Objects by name (documents only)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What a successful call gives."""

    schema: Schema = field(default_factory=dict)
    """Of the answer; of one yielded value where `streaming`."""
    description: str = ""
    streaming: bool = False
    status: str = "200"
    media_type: str = "application/json"
    """Empty = no content. A stream is `text/event-stream`; a file any other type."""
    is_file: bool = False
    """The answer is the bytes of a file."""
    examples: tuple[Example, ...] = ()
    headers: dict[str, Any] = field(default_factory=dict)
    other_content: tuple[MediaType, ...] = ()
    """Further media types of the same response (documents only)."""
    fields: tuple[ResultField, ...] = ()
    """For protocol `gradio`: the labelled outputs, in order."""
    links: dict[str, Any] = field(default_factory=dict)
    """OpenAPI Link Objects by name (documents only)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultField:
    """One labelled output of a Gradio endpoint."""

    name: str
    schema: Schema = field(default_factory=dict)
    description: str = ""
    component: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpCall:
    """Called with one HTTP request."""

    protocol: Literal["http"] = "http"
    method: str = "POST"
    """Upper case."""
    path: str = "/"
    """A path template: `/items/{id}`."""
    media_type: str = "application/json"
    """Of the request body made of `body`, `form` and `file` parameters."""
    operation_id: str = ""
    """Where a document gives one that is not the endpoint's name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GradioCall:
    """Called as Gradio apps are: `POST {prefix}/call/{api_name}` gives an event id, `GET …/{event_id}` the events."""

    protocol: Literal["gradio"] = "gradio"
    prefix: str = "/gradio_api"
    api_name: str = ""
    """Without the leading slash."""
    revision: Literal["v1", "v2"] = "v1"
    """`v1` = positional `data` array (all versions); `v2` = named `/call/v2` as well (Gradio 6)."""
    state: bool = False
    """Whether the function keeps state, so that calls should share a `session_hash`."""
    heartbeat: bool = False
    """Whether the app has clients keep a connection open: state or an unload event anywhere in it."""
    login: bool = False
    """Whether the app asks for user name and password (`launch(auth=…)`): `POST /login` answers them with cookies."""
    silent_inputs: tuple[int, ...] = ()
    """Positions in the `data` array that hold null: session state. No parameter stands for them."""
    silent_outputs: tuple[int, ...] = ()
    """Positions in the data of events that always hold null: session state and layout. The result leaves them out."""

    @property
    def routed(self) -> bool:
        """Whether a path leads to it; with a slash in its name only Gradio's own clients reach it."""
        return "/" not in self.api_name

    @property
    def path(self) -> str:
        """Where it is called, not encoded; the name that clients give it where no path leads there."""
        return f"{self.prefix}/call/{self.api_name}" if self.routed else f"/{self.api_name}"


Call: TypeAlias = Union[HttpCall, GradioCall]

SecurityRequirement: TypeAlias = dict[str, list[str]]
"""OpenAPI Security Requirement Object: scheme name → scopes; all of its schemes apply together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """One thing that can be called."""

    name: str
    """Unique in the Api: the last path segment for plain functions; for documents the operationId, or a name made of
    method and path."""
    unnamed: bool = False
    """Whether a document gives it no operationId, so that method and path are all that it is known by."""
    summary: str = ""
    """One line, plain text."""
    description: str = ""
    """Markdown, without the summary."""
    tags: tuple[str, ...] = ()
    visibility: Visibility = Visibility.PUBLIC
    deprecated: bool = False
    deprecation: str = ""
    """What to use instead, where the source says so."""
    parameters: tuple[Parameter, ...] = ()
    request_body: RequestBody | None = None
    result: Result | None = None
    responses: tuple[Response, ...] = ()
    security: tuple[SecurityRequirement, ...] | None = None
    """None = the Api's; () = none needed."""
    servers: tuple[Server, ...] = ()
    """Empty = the Api's."""
    examples: tuple[Example, ...] = ()
    call: HttpCall | GradioCall = field(default_factory=HttpCall)
    annotations: dict[str, Any] = field(default_factory=dict)
    """MCP tool annotations as declared: title, readOnlyHint, destructiveHint, idempotentHint, openWorldHint."""
    overloads: tuple[str, ...] = ()
    """Signatures of `typing.overload` variants, as text."""
    location: Location = field(default_factory=Location)
    """Where the function is defined, the file relative to the target's folder."""
    static: bool = False
    """Read from the syntax tree, not from the imported object."""
    callable: bool = True
    """False for what is listed but cannot be called through the API (Gradio event data)."""
    external_docs: dict[str, str] = field(default_factory=dict)
    code_samples: tuple[dict[str, str], ...] = ()
    """`x-codeSamples` that a document brought along."""
    extensions: dict[str, Any] = field(default_factory=dict)
    """Other `x-…` keys of the operation."""
    callbacks: dict[str, tuple[Endpoint, ...]] = field(default_factory=dict)
    """Requests that the API makes to its caller by the callback's name; paths are expressions (documents only)."""

    @property
    def protocol(self) -> str:
        """`http` or `gradio`."""
        return self.call.protocol

    def parameter(self, name: str) -> Parameter | None:
        """The first parameter of that name."""
        return next((p for p in self.parameters if p.name == name), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerVariable:
    """A variable in a server's URL."""

    default: str
    enum: tuple[str, ...] = ()
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """Where the API is served."""

    url: str
    description: str = ""
    variables: dict[str, ServerVariable] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """A group of endpoints."""

    name: str
    description: str = ""
    external_docs: dict[str, str] = field(default_factory=dict)
    title: str = ""
    """What it is called where its name is for programs (`summary` of OpenAPI 3.2, `x-displayName`)."""
    parent: str = ""
    """The tag that it is a part of (OpenAPI 3.2, documents only)."""
    kind: str = ""
    """What it is for where that is not `nav`, a place in the navigation (OpenAPI 3.2, documents only)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Whom to ask."""

    name: str = ""
    url: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class License:
    """Under which terms the API is offered."""

    name: str
    identifier: str = ""
    """SPDX expression; excludes `url`."""
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tooling:
    """What the configuration says about an API's tools; `apispec.tools` knows what it means."""

    include: tuple[Any, ...] = ()
    """Selectors (texts or tables); empty = every public endpoint."""
    exclude: tuple[Any, ...] = ()
    read_only: bool = False
    """Only tools that change nothing."""
    dynamic: bool | None = None
    """Whether a server offers tools that find and call the others; None = above `dynamic_above`."""
    dynamic_above: int = 60
    pin: tuple[Any, ...] = ()
    """Selectors of what a dynamic server lists all the same."""
    operations: dict[str, dict[str, Any]] = field(default_factory=dict)
    """What is said of single tools, by the operation's name."""
    parameters: dict[str, dict[str, Any]] = field(default_factory=dict)
    """What is said of every parameter of a name."""
    answer_limit: int = 40_000
    """Characters of an answer that a model is given; 0 = no limit."""
    strict_output: bool = False
    """Whether an answer that does not fit its schema is an error."""
    forward_authorization: bool = False
    """Whether the caller's own `Authorization` is passed on."""
    headers: tuple[tuple[str, str], ...] = ()
    """Names and values of headers that every request has; `${NAME}` in a value is an environment variable."""
    timeout: float = 0.0
    """Seconds of a call; 0 = as the server says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Api:
    """Everything that is known about one API."""

    title: str
    version: str = "0.1.0"
    summary: str = ""
    description: str = ""
    """Markdown."""
    servers: tuple[Server, ...] = ()
    tags: tuple[Tag, ...] = ()
    """Declared tags, in order; tags that endpoints merely use follow in order of first use (`tag_names`)."""
    endpoints: tuple[Endpoint, ...] = ()
    """Every endpoint that is not private, in source order. Outputs show `public_endpoints` only."""
    webhooks: tuple[Endpoint, ...] = ()
    """Requests that the API makes to whoever subscribed; the name is the webhook's, the path empty (documents only)."""
    schemas: dict[str, Schema] = field(default_factory=dict)
    """Components by name."""
    security_schemes: dict[str, dict[str, Any]] = field(default_factory=dict)
    """OpenAPI Security Scheme Objects by name."""
    security: tuple[SecurityRequirement, ...] = ()
    contact: Contact | None = None
    license: License | None = None
    terms_of_service: str = ""
    external_docs: dict[str, str] = field(default_factory=dict)
    source: str = "functions"
    """What it was read from: `functions`, `gradio`, `fastapi`, `openapi`, …"""
    document: dict[str, Any] | None = None
    """The OpenAPI document it was read from, unchanged."""
    tooling: Tooling = field(default_factory=Tooling)
    credential_names: dict[str, str] = field(default_factory=dict)
    """The environment variable that the user gives each security scheme; a document never does."""

    @property
    def public_endpoints(self) -> tuple[Endpoint, ...]:
        """What outputs show."""
        return tuple(e for e in self.endpoints if e.visibility is Visibility.PUBLIC)

    @property
    def tag_names(self) -> tuple[str, ...]:
        """Declared tags that are used, then undeclared ones in order of first use."""
        used = dict.fromkeys(tag for e in self.public_endpoints for tag in e.tags)
        declared = [t.name for t in self.tags if t.name in used]
        return tuple(dict.fromkeys([*declared, *used]))

    def group_of(self, endpoint: Endpoint) -> str:
        """The name of the tag under which an endpoint is shown: its first one, before those that only mark it."""
        marks = {tag.name for tag in self.tags if tag.kind not in ("", "nav")}
        return next((name for name in endpoint.tags if name not in marks), endpoint.tags[0] if endpoint.tags else "")

    def tag_title(self, name: str) -> str:
        """What a tag is called, after those that it is a part of."""
        known = {tag.name: tag for tag in self.tags}
        titles: list[str] = []
        seen: set[str] = set()
        while name and name not in seen:
            seen.add(name)
            tag = known.get(name, Tag(name=name))
            titles.insert(0, tag.title or name)
            name = tag.parent
        return " › ".join(titles)

    def endpoint(self, name: str) -> Endpoint | None:
        """The endpoint of that name."""
        return next((e for e in self.endpoints if e.name == name), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Introspection:
    """What reading a source gives: the Api and what could not be described."""

    api: Api
    findings: tuple[Finding, ...] = ()
    python: str = ""
    """The interpreter of the project's own environment that had to read it; empty where this one could, or another was
    named."""


_adapters: dict[str, TypeAdapter[Any]] = {}


def _adapter(cls: type[Any]) -> TypeAdapter[Any]:
    """The class's adapter, made when it is first needed: it costs more than importing this module."""
    if cls.__name__ not in _adapters:
        _adapters[cls.__name__] = TypeAdapter(cls)
    return _adapters[cls.__name__]


def dump_json(value: Api | Introspection) -> bytes:
    """The model as compact JSON, fields at their defaults left out."""
    return _adapter(type(value)).dump_json(value, exclude_defaults=True)


def load_json(cls: type[Any], data: bytes | str) -> Any:
    """Inverse of `dump_json`: `load_json(Api, dump_json(api)) == api`.

    Raises:
        pydantic.ValidationError: The text is not such a model.
    """
    return _adapter(cls).validate_json(data)
