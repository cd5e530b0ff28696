"""One Gradio app while it is read: its functions, drafted, and what every part of the reading asks for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from apispec.declaring import Registered, position
from apispec.findings import Severity
from apispec.introspection import Acceptance, Docstring, Draft, Reports, SchemaBatch, Signature, draft
from apispec.model import Schema, Visibility
from apispec.sources.gradio import components as parts
from apispec.sources.gradio import functions
from apispec.sources.gradio.launch import asks_for_login, has_named_calls

if TYPE_CHECKING:
    from apispec.introspection import Context


@dataclass
class Drafted:
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
        """Of the Python function."""
        return self.inner.signature

    @property
    def docstring(self) -> Docstring:
        """Of the Python function."""
        return self.inner.docstring


class Reading:
    """What is known of the app, and where what is found goes."""

    def __init__(self, app: Any, context: Context) -> None:
        self.app = app
        self.context = context
        self.reports = Reports(context.shorten)
        self.batch = SchemaBatch(context.module.__name__ if context.module is not None else "")
        self.infos: dict[int, Mapping[str, Any]] = {c["id"]: c for c in app.config["components"]}
        self.named_calls = has_named_calls()
        self.file: str | None = getattr(context.module, "__file__", None)
        self.login = asks_for_login(context.launch, self.file)

    def build(self) -> None:
        """Make the schemas that the drafts asked for; components and checks of values are there after it."""
        self.batch.build()
        self.schemas: dict[str, Schema] = dict(self.batch.schemas)
        self.components = parts.Components(self.schemas)
        self.acceptance = Acceptance(self.schemas)

    def text(self, attribute: str) -> str:
        """What the app says of itself; empty where it is no text."""
        value = getattr(self.app, attribute, None)
        return value.strip() if isinstance(value, str) else ""

    def drafts(self) -> Iterator[Drafted]:
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
            yield Drafted(fn, fn.api_name, visibility, inner, typed, tuple(same[:-1]))

    def report(
        self, drafted: Drafted, rule: str, message: str, hint: str, severity: Severity, parameter: str = ""
    ) -> None:
        """Report something about one endpoint."""
        self.reports.add(
            rule,
            f"{drafted.name}: {message}",
            endpoint=drafted.name,
            parameter=parameter,
            location=drafted.inner.location,
            hint=hint,
            severity=severity,
        )

    def hinted(self, drafted: Drafted, name: str) -> Schema:
        """What the function's hint says where the component says nothing."""
        for parameter in drafted.inner.parameters:
            if parameter.read.name == name and parameter.key is not None:
                described = self.batch.get(parameter.key)
                return {} if described.problem or described.has_open else described.schema
        return {}

    def output_schemas(self, drafted: Drafted) -> list[Schema]:
        """What the function's hint says of its results, one for each output that travels."""
        if drafted.inner.result_key is None:
            return []
        described = self.batch.get(drafted.inner.result_key)
        if described.problem or described.has_open:
            return []
        schemas = split(described.schema, len(drafted.fn.outputs))
        return [s for s, block in zip(schemas, drafted.fn.outputs, strict=False) if parts.is_component(block)]


def split(schema: Schema, count: int) -> list[Schema]:
    """The schema of a result as those of its outputs: Gradio takes a tuple apart."""
    if count == 1:
        return [schema]
    items = schema.get("prefixItems") if isinstance(schema, dict) else None
    if isinstance(items, list) and len(items) == count:
        return list(items)
    return [{} for _ in range(count)]
