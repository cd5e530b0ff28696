"""One endpoint of a Gradio app: its inputs and outputs, how it is called, and what has to be told about it."""

from __future__ import annotations

import shutil
from dataclasses import replace

from apispec.findings import Severity
from apispec.introspection import finish
from apispec.model import Endpoint, GradioCall, Result, Visibility
from apispec.sources.gradio import components as parts
from apispec.sources.gradio import functions
from apispec.sources.gradio.examples import with_examples
from apispec.sources.gradio.inputs import parameters, typed_parameter
from apispec.sources.gradio.launch import told_to_mcp
from apispec.sources.gradio.outputs import fields_of, result_of, typed_fields
from apispec.sources.gradio.reading import Drafted, Reading

PREFIX = "/gradio_api"
"""Where Gradio 5 and 6 answer (`gradio.routes.API_PREFIX`)."""


def endpoint(reading: Reading, drafted: Drafted) -> Endpoint:
    """One endpoint."""
    fn = drafted.fn
    made = _typed(reading, drafted) if drafted.typed else _of_components(reading, drafted)
    blocks = (*fn.inputs, *fn.outputs)
    call = GradioCall(
        prefix=PREFIX,
        api_name=drafted.name,
        revision="v2" if reading.named_calls else "v1",
        state=any(parts.is_state(b) for b in blocks),
        heartbeat=bool(reading.app.config.get("connect_heartbeat")),
        login=reading.login,
        silent_inputs=tuple(i for i, b in enumerate(fn.inputs) if not parts.is_component(b)),
        silent_outputs=tuple(i for i, b in enumerate(fn.outputs) if not parts.is_component(b)),
    )
    described = getattr(fn, "api_description", None)
    if isinstance(described, str) or described is False:
        made = replace(made, summary="", description=described or "")
    if made.visibility is not drafted.visibility:
        made = replace(made, visibility=drafted.visibility)
    if not made.summary and not made.description and functions.is_main(reading.app, fn):
        made = replace(made, description=reading.text("description"))
    if any(parts.is_encoded(b) for b in fn.outputs) and shutil.which("ffmpeg") is None:
        hint = "install ffmpeg where the app runs"
        message = "streamed audio and video need ffmpeg, which is not found here"
        reading.report(drafted, "needs-ffmpeg", message, hint, Severity.WARNING)
    if told := told_to_mcp(functions.function_of(fn)):
        what = told.get("uriTemplate") or told.get("name") or drafted.name
        words = f"The app's own MCP server offers it as the {told['type']} `{what}`."
        words = "\n\n".join(text for text in (made.description, words) if text)
        made = replace(made, description=words, extensions={**made.extensions, "x-gradio-mcp": told})
    missing = functions.unfillable(fn, drafted.signature)
    if drafted.visibility is Visibility.PUBLIC:
        _report_calls(reading, drafted, call, missing)
    return replace(made, call=call, callable=not missing and _is_meant(reading, drafted))


def _report_calls(reading: Reading, drafted: Drafted, call: GradioCall, missing: str) -> None:
    """Report what callers of a public endpoint stumble over."""
    hiding = functions.hiding(drafted.fn)
    if missing:
        message = f"it needs {missing}, which no call brings along"
        reading.report(drafted, "needs-event", message, f"hide it: {hiding}", Severity.INFO)
    if functions.is_lambda(drafted.fn):
        reading.report(
            drafted, "endpoint-named-after-lambda",
            "its name comes from a lambda and changes with the order of the listeners",
            f'give it a name: api_name="...", or hide it: {hiding}', Severity.WARNING,
        )  # fmt: skip
    if not call.routed:
        reading.report(
            drafted, "needs-gradio-client",
            "its name has a slash, so that only Gradio's own clients call it: no path of the HTTP API leads there",
            "give it another name: api_name=", Severity.WARNING,
        )  # fmt: skip


def _is_meant(reading: Reading, drafted: Drafted) -> bool:
    """Whether a call by its name is one of it, as far as its arguments go; that there are others is told."""
    if not drafted.others:
        return True
    alike = functions.are_alike([*drafted.others, drafted.fn])
    said = "" if alike else ", and gradio_client asks for the arguments of the last, so that no call by it is sure"
    reading.report(
        drafted, "duplicate-api-name",
        f"{len(drafted.others) + 1} listeners have this name: HTTP and gradio_client call the first of them, "
        f"JavaScript the last{said}",
        "give each a name: api_name=", Severity.WARNING,
    )  # fmt: skip
    return alike


def _typed(reading: Reading, drafted: Drafted) -> Endpoint:
    """An endpoint described by its function's hints."""
    made = finish(drafted.inner, reading.batch, reading.acceptance, reading.reports, "gradio")
    names = functions.typed_names(drafted.fn)
    read = tuple(typed_parameter(reading, p) for p in made.parameters if p.name in names)
    result = made.result or Result()
    fields = typed_fields(drafted, result)
    return replace(made, parameters=read, result=result_of(drafted, fields, result.description))


def _of_components(reading: Reading, drafted: Drafted) -> Endpoint:
    """An endpoint described by its components, the function adding what they don't say."""
    docstring, fn = drafted.docstring, drafted.fn
    inputs = tuple(parameters(reading, drafted))
    fields = fields_of(reading, drafted)
    returned = docstring.yields or docstring.returns
    inputs, examples = with_examples(reading.app, fn, inputs, reading.acceptance)
    return Endpoint(
        name=drafted.name,
        summary=docstring.summary,
        description=docstring.description,
        deprecated=docstring.deprecated is not None,
        deprecation=docstring.deprecated or "",
        parameters=inputs,
        result=result_of(drafted, fields, returned.description if returned is not None else ""),
        examples=examples,
        location=drafted.inner.location,
    )
