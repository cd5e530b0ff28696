"""`apispec inspect`: what was found."""

from __future__ import annotations

import json
from typing import Any

import click

from apispec.cli.options import SectionedCommand, configured, output_options, target_argument
from apispec.cli.reading import counted, judge, read, summary, tell
from apispec.config import Config
from apispec.findings import sort_key
from apispec.literals import json_text
from apispec.model import Endpoint, Introspection, Visibility, dump_json
from apispec.reports import clean
from apispec.schemas import readable_type


@click.command("inspect", cls=SectionedCommand)
@target_argument
@click.option("--format", "notation", type=click.Choice(["text", "json"]), default="text", help="text by default.")
@configured("api", "reading")
@output_options
def command(target: str | None, notation: str, config: Config, quiet: bool, verbose: bool) -> None:
    """Show what was found: endpoints, parameters, findings."""
    found = read(target, config)
    if notation == "json":
        click.echo(json_text(_as_json(found), indent=2))
    else:
        click.echo(clean(_as_text(found)))
        tell(found.findings, quiet=quiet, verbose=verbose)
    judge(found.findings, config)


def _as_json(found: Introspection) -> dict[str, Any]:
    """`{"api": the model, "findings": [{rule, severity, message, file, line, hint, subject}]}`."""
    model: dict[str, Any] = json.loads(dump_json(found.api))
    return {
        "api": model,
        "findings": [
            {
                "rule": f.rule,
                "severity": f.severity.value,
                "message": f.message,
                "file": f.location.file,
                "line": f.location.line,
                "hint": f.hint,
                "subject": f.subject,
            }
            for f in sorted(found.findings, key=sort_key)
        ],
    }


def _as_text(found: Introspection) -> str:
    api = found.api
    lines = [f"{api.title} {api.version}".strip()]
    for endpoint in api.endpoints:
        lines += ["", _headline(endpoint)]
        for parameter in endpoint.parameters:
            kind = readable_type(parameter.schema, api.schemas)
            need = "required" if parameter.required else "optional"
            if parameter.default is not None:
                shown = json_text(parameter.default.value) if parameter.default.is_json else parameter.default.text
                need = f"default {shown}"
            place = "" if parameter.location == "body" else f" in {parameter.location}"
            lines.append(f"  {parameter.name}: {kind}{place} ({need})")
        lines += [f"  {line}" for line in _body(endpoint, found)]
        if endpoint.result is not None:
            arrow = "yields" if endpoint.result.streaming else "returns"
            lines.append(f"  {arrow} {readable_type(endpoint.result.schema, api.schemas)}")
    lines += ["", f"{counted(len(api.endpoints), 'endpoint')}, {summary(found.findings)}"]
    # Names and types come from anywhere; a terminal must not act on them.
    return "\n".join("".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in line) for line in lines)


def _body(endpoint: Endpoint, found: Introspection) -> list[str]:
    """A line for each form of a request's body, where it is not the parameters."""
    body = endpoint.request_body
    if body is None:
        return []
    need = "required" if body.required else "optional"
    return [
        f"body: {readable_type(media.schema, found.api.schemas)} as {media.type} ({need})" for media in body.content
    ]


def _headline(endpoint: Endpoint) -> str:
    call = endpoint.call
    how = f"{call.method} {call.path}" if call.protocol == "http" else f"gradio /{call.api_name}"
    marks = [
        mark
        for mark, holds in (
            ("undocumented", endpoint.visibility is Visibility.UNDOCUMENTED),
            ("deprecated", endpoint.deprecated),
            ("read statically", endpoint.static),
            ("not callable", not endpoint.callable),
        )
        if holds
    ]
    place = f"  {endpoint.location}" if str(endpoint.location) else ""
    return f"{endpoint.name}  {how}{'  [' + ', '.join(marks) + ']' if marks else ''}{place}"
