"""Gradio apps (5.33 and 6) as an Api: every endpoint that `get_api_info` knows, and what it leaves out.

Names, defaults and which endpoints there are follow Gradio's own rules, endpoint by endpoint, so that one that Gradio
itself stumbles over costs no other. Schemas of components are the work of `gradio_components`, functions added with
`gr.api` are described from their hints as plain functions are.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from apispec.declaring import Registered, position
from apispec.findings import Severity, sort_key
from apispec.introspection import Acceptance, Docstring, Draft, Reports, SchemaBatch, Signature, api_of, draft, finish
from apispec.model import (
    Default,
    Endpoint,
    Example,
    GradioCall,
    Introspection,
    Parameter,
    Result,
    ResultField,
    Schema,
    Server,
    Visibility,
)
from apispec.schemas import closure, is_file_data, types, variants, walk
from apispec.sources import gradio_components as parts
from apispec.sources import gradio_functions as functions
from apispec.sources.gradio_code import UPDATE, none_among, returns_lists, returns_some, returns_updates
from apispec.sources.gradio_examples import whole_number, with_examples
from apispec.sources.gradio_launch import (
    asks_for_login,
    has_named_calls,
    mcp_path,
    refusals,
    serves_mcp,
    told_to_mcp,
)
from apispec.sources.gradio_size import is_short, too_long

if TYPE_CHECKING:
    from apispec.introspection import Context

PREFIX = "/gradio_api"
"""Where Gradio 5 and 6 answer (`gradio.routes.API_PREFIX`)."""
DEFAULT_URL = "http://127.0.0.1:7860"
"""Where `launch()` serves unless it is told otherwise."""
_STREAM = "text/event-stream"
_EVERY_APPS = frozenset({"run", "main", "init", "webui"})
"""Names of files that say nothing of the app in them."""
_LOGIN = {
    "type": "apiKey",
    "in": "cookie",
    "name": "access-token",
    "description": "`POST /login` sets it. Its name goes on with a text of the running server: `access-token-…`, or "
    "`access-token-unsecure-…` over plain http.",
}
_FILE_SCHEMA = {"type": "string", "format": "binary"}


def describe(app: Any, context: Context) -> Introspection:
    """Read a Blocks, Interface, ChatInterface or TabbedInterface.

    Args:
        app: The app, of the Gradio that is imported in this process.
        context: Where it was found.
    """
    return _Reader(app, context).introspection()


@dataclass
class _Drafted:
    """One of the app's functions before schemas are made."""

    fn: Any
    """Gradio's BlockFunction."""
    name: str
    visibility: Visibility
    inner: Draft
    typed: bool
    """Added with `gr.api`: its hints say everything."""
    others: tuple[Any, ...] = ()
    """Those of the same name, which come before it."""

    @property
    def signature(self) -> Signature:
        return self.inner.signature

    @property
    def docstring(self) -> Docstring:
        return self.inner.docstring


class _Reader:
    """Reads one app."""

    def __init__(self, app: Any, context: Context) -> None:
        self.app = app
        self.context = context
        self.reports = Reports(context.shorten)
        self.batch = SchemaBatch(context.module.__name__ if context.module is not None else "")
        self.infos: dict[int, Mapping[str, Any]] = {c["id"]: c for c in app.config["components"]}
        self.named_calls = has_named_calls()
        self.login = asks_for_login(context.launch, getattr(context.module, "__file__", None))

    def introspection(self) -> Introspection:
        drafts = list(self.drafts())
        refused = refusals(self.app)
        self.batch.build()
        schemas = dict(self.batch.schemas)
        self.components = parts.Components(schemas)
        self.acceptance = Acceptance(schemas)
        endpoints = []
        for drafted in drafts:
            if problem := refused.get(drafted.fn._id):
                self.report(
                    drafted, "app-cannot-launch", f"Gradio cannot describe it, so nor launch the app: {problem}"[:500],
                    "give it a default that JSON can hold (of an Enum that is a str), or simpler hints",
                    Severity.WARNING,
                )  # fmt: skip
            try:
                endpoints.append(self.endpoint(drafted))
            except Exception as error:  # a component of somebody else
                self.report(drafted, "unreadable-endpoint", f"it cannot be described: {error}", "", Severity.WARNING)
        if not endpoints:
            place = self.reports.location(getattr(self.context.module, "__file__", None) or "", 1)
            hint = "an endpoint is a listener with a Python function, not hidden: button.click(function, ...)"
            self.reports.add("no-endpoints", "the Gradio app has no endpoints", location=place, hint=hint)
        api = api_of(None, self.context.module, tuple(endpoints), schemas, self.context.options)
        title = self.context.options.title or self.title() or self.folder() or api.title
        description = self.context.options.description or self.text("description") or api.description
        api = replace(api, title=title, description=description, source="gradio", servers=(self.server(),))
        if path := self.own_mcp():
            own = f"The app has an MCP server of its own: <{api.servers[0].url.rstrip('/')}{path}>."
            api = replace(api, description="\n\n".join(text for text in (api.description, own) if text))
        if self.login:
            api = replace(api, security_schemes={"login": _LOGIN}, security=({"login": []},))
        findings = tuple(sorted(dict.fromkeys(self.reports.findings), key=sort_key))
        return Introspection(api=api, findings=findings)

    def own_mcp(self) -> str:
        """The path of the app's own MCP server; empty where it starts none."""
        file = getattr(self.context.module, "__file__", None)
        return mcp_path() if serves_mcp(self.context.launch, file) else ""

    def text(self, attribute: str) -> str:
        value = getattr(self.app, attribute, None)
        return value.strip() if isinstance(value, str) else ""

    def title(self) -> str:
        """The app's title, unless it is the one that every app has."""
        title = self.text("title")
        return "" if title == "Gradio" else title

    def folder(self) -> str:
        """The name of the folder of a file that is called as every app's is; empty where it is called otherwise."""
        file = Path(getattr(self.context.module, "__file__", None) or "")
        folder = file.parent.name.strip("_")
        if file.stem.strip("_") not in _EVERY_APPS or folder in {"", "src", "tmp", *_EVERY_APPS}:
            return ""
        words = " ".join(re.split(r"[_\W]+", folder)).strip()
        return words[:1].upper() + words[1:]

    def server(self) -> Server:
        """Where the app is served: as `launch` is told, where that was seen."""
        launch = self.context.launch
        root = launch.get("root_path")
        if isinstance(root, str) and "://" in root:
            return Server(url=root)
        port = launch.get("server_port")
        return Server(url=DEFAULT_URL.replace("7860", str(port)) if isinstance(port, int) else DEFAULT_URL)

    def drafts(self) -> Iterator[_Drafted]:
        """The functions that can be called by name, in order; hints that are needed are asked for."""
        for same in functions.reached(self.app.fns.values()):
            fn = same[-1]  # which is the one that `get_api_info` and so the clients know
            visibility = functions.visibility(fn)
            typed = bool(fn.inputs or fn.outputs) and all(parts.kind(b) == "Api" for b in (*fn.inputs, *fn.outputs))
            typed = typed or (not fn.inputs and not fn.outputs and not fn.targets and not fn.preprocess)
            function = functions.function_of(fn)
            file, line = position(function)
            registered = Registered(name=fn.api_name, function=function, file=file, line=line)
            inner = draft(registered, self.batch, self.reports)
            yield _Drafted(fn, fn.api_name, visibility, inner, typed, tuple(same[:-1]))

    def report(
        self, drafted: _Drafted, rule: str, message: str, hint: str, severity: Severity, parameter: str = ""
    ) -> None:
        self.reports.add(
            rule,
            f"{drafted.name}: {message}",
            endpoint=drafted.name,
            parameter=parameter,
            location=drafted.inner.location,
            hint=hint,
            severity=severity,
        )

    def endpoint(self, drafted: _Drafted) -> Endpoint:
        """One endpoint."""
        fn = drafted.fn
        made = self.typed(drafted) if drafted.typed else self.of_components(drafted)
        blocks = (*fn.inputs, *fn.outputs)
        call = GradioCall(
            prefix=PREFIX,
            api_name=drafted.name,
            revision="v2" if self.named_calls else "v1",
            state=any(parts.is_state(b) for b in blocks),
            heartbeat=bool(self.app.config.get("connect_heartbeat")),
            login=self.login,
            silent_inputs=tuple(i for i, b in enumerate(fn.inputs) if not parts.is_component(b)),
            silent_outputs=tuple(i for i, b in enumerate(fn.outputs) if not parts.is_component(b)),
        )
        described = getattr(fn, "api_description", None)
        if isinstance(described, str) or described is False:
            made = replace(made, summary="", description=described or "")
        if made.visibility is not drafted.visibility:
            made = replace(made, visibility=drafted.visibility)
        if not made.summary and not made.description and functions.is_main(self.app, fn):
            made = replace(made, description=self.text("description"))
        if any(parts.is_encoded(b) for b in fn.outputs) and shutil.which("ffmpeg") is None:
            hint = "install ffmpeg where the app runs"
            message = "streamed audio and video need ffmpeg, which is not found here"
            self.report(drafted, "needs-ffmpeg", message, hint, Severity.WARNING)
        if told := told_to_mcp(functions.function_of(fn)):
            what = told.get("uriTemplate") or told.get("name") or drafted.name
            words = f"The app's own MCP server offers it as the {told['type']} `{what}`."
            words = "\n\n".join(text for text in (made.description, words) if text)
            made = replace(made, description=words, extensions={**made.extensions, "x-gradio-mcp": told})
        missing = functions.unfillable(drafted.fn, drafted.signature)
        if missing and drafted.visibility is Visibility.PUBLIC:
            hint = f"hide it: {functions.hiding(fn)}"
            self.report(drafted, "needs-event", f"it needs {missing}, which no call brings along", hint, Severity.INFO)
        if drafted.visibility is Visibility.PUBLIC and functions.is_lambda(fn):
            self.report(
                drafted, "endpoint-named-after-lambda",
                "its name comes from a lambda and changes with the order of the listeners",
                f'give it a name: api_name="...", or hide it: {functions.hiding(fn)}', Severity.WARNING,
            )  # fmt: skip
        if drafted.visibility is Visibility.PUBLIC and not call.routed:
            self.report(
                drafted, "needs-gradio-client",
                "its name has a slash, so that only Gradio's own clients call it: no path of the HTTP API leads there",
                "give it another name: api_name=", Severity.WARNING,
            )  # fmt: skip
        return replace(made, call=call, callable=not missing and self.is_meant(drafted))

    def is_meant(self, drafted: _Drafted) -> bool:
        """Whether a call by its name is one of it, as far as its arguments go; that there are others is told."""
        if not drafted.others:
            return True
        alike = functions.are_alike([*drafted.others, drafted.fn])
        said = "" if alike else ", and gradio_client asks for the arguments of the last, so that no call by it is sure"
        self.report(
            drafted, "duplicate-api-name",
            f"{len(drafted.others) + 1} listeners have this name: HTTP and gradio_client call the first of them, "
            f"JavaScript the last{said}",
            "give each a name: api_name=", Severity.WARNING,
        )  # fmt: skip
        return alike

    def typed(self, drafted: _Drafted) -> Endpoint:
        """An endpoint described by its function's hints."""
        made = finish(drafted.inner, self.batch, self.acceptance, self.reports, "gradio")
        names = functions.typed_names(drafted.fn)
        parameters = tuple(self.typed_parameter(p) for p in made.parameters if p.name in names)
        count = sum(parts.is_component(b) for b in drafted.fn.outputs)
        result = made.result or Result()
        schemas = _split(result.schema, count)
        fields = tuple(ResultField(name="result" if count == 1 else f"result {i + 1}", schema=s)
                       for i, s in enumerate(schemas))  # fmt: skip
        return replace(made, parameters=parameters, result=self.result(drafted, fields, result.description))

    def typed_parameter(self, parameter: Parameter) -> Parameter:
        """A parameter of such a function; one that is hinted as FileData, or a list of them, is a file."""
        schema, schemas = parameter.schema, self.components.schemas
        variants = schema.get("anyOf", [schema]) if isinstance(schema, dict) else [schema]
        whole = [v for v in variants if v != {"type": "null"}]
        one = whole[0] if len(whole) == 1 else {}
        many = isinstance(one, dict) and types(one) == ("array",) and is_file_data(one.get("items", {}), schemas)
        if not many and not is_file_data(one, schemas):
            return replace(parameter, location="body", media_type="")
        file: Schema = {"type": "array", "items": dict(_FILE_SCHEMA)} if many else dict(_FILE_SCHEMA)
        return replace(parameter, location="file", schema=file, multiple=many, media_type="", examples=())

    def of_components(self, drafted: _Drafted) -> Endpoint:
        """An endpoint described by its components, the function adding what they don't say."""
        docstring, fn = drafted.docstring, drafted.fn
        parameters = tuple(self.parameters(drafted))
        hints = self.output_schemas(drafted)
        fields = []
        outputs = [b for b in fn.outputs if parts.is_component(b)]
        given = none_among(fn.fn, len(fn.outputs))
        nulls = {i for i, block in enumerate(outputs) if fn.outputs.index(block) in given}
        updates = returns_updates(fn.fn) or returns_some(fn.fn, fn.outputs)
        for index, block in enumerate(outputs):
            schema = self.components.output(block, self.infos.get(block._id, {}))
            hint = hints[index] if index < len(hints) else {}
            if schema in ({}, True) or schema == {"description": "any valid json"}:
                schema = hint or {}
            elif hint and self.acceptance.accepts(hint, None):
                nulls.add(index)
            if schema == self.components.file() and parts.kind(block) == "File":
                schema = self.several(schema, hint, fn.fn)
            schema = self.widened(schema, null=index in nulls, update=updates)
            name = parts.label(block) or parts.kind(block).lower()
            fields.append(ResultField(name=name, schema=schema, component=parts.kind(block)))
        returned = docstring.yields or docstring.returns
        parameters, examples = with_examples(self.app, fn, parameters, self.acceptance)
        return Endpoint(
            name=drafted.name,
            summary=docstring.summary,
            description=docstring.description,
            deprecated=docstring.deprecated is not None,
            deprecation=docstring.deprecated or "",
            parameters=parameters,
            result=self.result(drafted, tuple(fields), returned.description if returned is not None else ""),
            examples=examples,
            location=drafted.inner.location,
        )

    def several(self, file: dict[str, Any], hint: Schema, function: Any) -> Schema:
        """The schema of a File as an output: a list where the function gives one, whatever `file_count` says."""
        hinted = [t for v in variants(hint) or (hint,) for t in types(v)] if isinstance(hint, dict) else []
        files = {"type": "array", "items": file}
        if hinted:
            return files if "array" in hinted and "string" not in hinted else file
        return {"anyOf": [file, files]} if returns_lists(function) else file

    def widened(self, schema: Schema, *, null: bool, update: bool) -> Schema:
        """The schema of an output that the function also gives None or an update for."""
        if schema in ({}, True):
            return schema
        ways = [schema]
        if update:
            ways.append(self.components.shared("Update", UPDATE))
        if null and not self.acceptance.accepts(schema, None):
            ways.append({"type": "null"})
        return {"anyOf": ways} if len(ways) > 1 else schema

    def result(self, drafted: _Drafted, fields: tuple[ResultField, ...], description: str) -> Result:
        """The result: the value of one output, the list of several."""
        schema: Schema = {"type": "null"}
        if len(fields) == 1:
            schema = fields[0].schema
        elif fields:
            schemas = [f.schema for f in fields]
            schema = {"type": "array", "prefixItems": schemas, "minItems": len(schemas), "maxItems": len(schemas)}
        streaming = bool(getattr(drafted.fn, "types_generator", False))
        media_type = _STREAM if fields else ""
        return Result(schema=schema, description=description, streaming=streaming, media_type=media_type, fields=fields)

    def parameters(self, drafted: _Drafted) -> Iterator[Parameter]:
        """The inputs that travel."""
        names = functions.input_names(drafted.fn)
        signature = {p.name: p for p in drafted.signature.parameters}
        for index, block in enumerate(drafted.fn.inputs):
            if parts.is_component(block):
                yield self.parameter(drafted, block, names[index], signature.get(names[index]))

    def parameter(self, drafted: _Drafted, block: Any, name: str, read: Any) -> Parameter:
        info = self.infos.get(block._id, {})
        schema = self.components.input(block, info)
        if schema in ({}, True) or schema == {"description": "any valid json"}:
            schema = self.hinted(drafted, name)
        null_default = read is not None and read.default is None
        default = self.short(drafted, name, parts.default(block, info, null_default))
        documented = drafted.docstring.parameters.get(name)
        title = parts.label(block)
        title = title if parts.letters(title) != parts.letters(name) else ""
        if documented is not None and documented.description:
            description = parts.sentences(documented.description, parts.steps(block))
        else:  # the label says it
            description, title = parts.sentences(title, parts.info(block), parts.steps(block)), ""
        location, multiple, media_type = "body", False, parts.media_type(block)
        file = self.components.file() if self.has_file(schema) else None
        given, value = parts.example(block, schema)
        examples: tuple[Example, ...] = ()
        if schema == file:
            location = "file"
        elif isinstance(schema, dict) and types(schema) == ("array",) and schema.get("items") == file and file:
            location, multiple = "file", True
        if location == "file":
            schema = {"type": "array", "items": dict(_FILE_SCHEMA)} if multiple else dict(_FILE_SCHEMA)
        else:
            default, schema = self.fitting(drafted, name, default, schema)
            empty = file is not None and default is not None and default.value == []
            if given and (default is None or empty) and self.acceptance.accepts(schema, value):
                examples = (Example(value=value),)
            elif default is None and (number := whole_number(block, schema)) is not None:
                examples = (Example(value=number),)
            if file is None:
                media_type = ""
        if title and isinstance(schema, dict) and "$ref" not in schema:
            schema = {"title": title, **{k: v for k, v in schema.items() if k != "title"}}
        return Parameter(
            name=name,
            location=location,  # type: ignore[arg-type] # one of the two above
            schema=schema,
            required=default is None,
            default=default,
            description=description,
            examples=examples,
            multiple=multiple,
            media_type=media_type,
            component=parts.kind(block),
        )

    def short(self, drafted: _Drafted, name: str, default: Default | None) -> Default | None:
        """A default, less one that is too long to be shown, which is told."""
        if default is None or not default.is_json or is_short(default.value):
            return default
        said = too_long(default.value)
        message = f"the value of the component for {name} is left out of documents and snippets: it is {said}"
        self.report(drafted, "long-default", message, "", Severity.INFO, name)
        return Default(text=said)

    def has_file(self, schema: Schema) -> bool:
        """Whether files are in values of a schema."""
        schemas = self.components.schemas
        reached = [schema, *closure(schema, schemas).values()]
        return any(is_file_data(part, schemas) for one in reached for part in walk(one))

    def fitting(
        self, drafted: _Drafted, name: str, default: Default | None, schema: Schema
    ) -> tuple[Default | None, Schema]:
        """A default and a schema that agree."""
        if default is None or not default.is_json or self.acceptance.accepts(schema, default.value):
            return default, schema
        if default.value is None:
            return default, {"anyOf": [schema, {"type": "null"}]}
        message = f"the value of the component for {name} is none that it accepts"
        self.report(drafted, "default-does-not-fit", message, "change the value or the choices", Severity.WARNING, name)
        return Default(text=str(default.value)[:80]), schema

    def hinted(self, drafted: _Drafted, name: str) -> Schema:
        """What the function's hint says where the component says nothing."""
        for parameter in drafted.inner.parameters:
            if parameter.read.name == name and parameter.key is not None:
                described = self.batch.get(parameter.key)
                return {} if described.problem or described.has_open else described.schema
        return {}

    def output_schemas(self, drafted: _Drafted) -> list[Schema]:
        """What the function's hint says of its results, one for each output that travels."""
        if drafted.inner.result_key is None:
            return []
        described = self.batch.get(drafted.inner.result_key)
        if described.problem or described.has_open:
            return []
        schemas = _split(described.schema, len(drafted.fn.outputs))
        return [s for s, block in zip(schemas, drafted.fn.outputs, strict=False) if parts.is_component(block)]


def _split(schema: Schema, count: int) -> list[Schema]:
    """The schema of a result as those of its outputs: Gradio takes a tuple apart."""
    if count == 1:
        return [schema]
    items = schema.get("prefixItems") if isinstance(schema, dict) else None
    if isinstance(items, list) and len(items) == count:
        return list(items)
    return [{} for _ in range(count)]
