"""Web apps read and served by the interpreter of their own environment: its framework, its pydantic, nothing of ours.

What runs there is `outside_child` with the package `frameworks` and the table of servers, which stand alone. What comes
back is a document; docstrings in it are read here.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from apispec.documents import load
from apispec.errors import TargetError
from apispec.findings import Finding, Location, Severity
from apispec.introspection import (
    Failure,
    Options,
    Target,
    guard,
    managing,
    parse,
    projects,
    scripts,
    servers,
    shorten,
    tidy,
    written,
)
from apispec.model import Api, Endpoint, HttpCall, Introspection
from apispec.sources.fastapi_security import together
from apispec.sources.frameworks.building import DOCSTRING, NEEDED, NOTES, PLACE

LIBRARIES = frozenset({
    "fastapi", "apiflask", "flask", "quart", "sanic", "aiohttp", "blacksheep", "robyn", "falcon", "django", "litestar",
    "connexion", "powertools", "chalice", "bottle", "starlette", "ninja",
})  # fmt: skip
"""What `Api.source` says of an app that is read so."""
HINT = "--python names the interpreter of its environment"


def command(target: Target, options: Options, mode: str, out: str = "") -> list[str]:
    """What describes or serves an app.

    Raises:
        TargetError: No interpreter is named.
    """
    if not options.python:
        raise TargetError("the app needs the interpreter of its own environment", where=target.place, hint=HINT)
    here = Path(__file__).parent
    source = written.written(target.file)
    job = {
        "mode": mode, "module": target.module, "file": target.file if target.is_path else "", "folder": target.folder,
        "folders": list(options.search_path), "attribute": target.attribute, "called": target.is_called, "out": out,
        "factories": list(source.factories()), "script": source.script(),
        "parts": {
            "servers": str(servers.__file__), "managing": str(managing.__file__), "scripts": str(scripts.__file__),
            "frameworks": str(here / "frameworks"),
        },
    }  # fmt: skip
    return [options.python, str(here / "outside_child.py"), json.dumps(job)]


def read(target: Target, options: Options) -> Introspection | Failure | None:
    """The Api of a target; None where it holds no app of a web framework, and so is something else.

    Raises:
        DocumentError: What the app makes is no OpenAPI document.
    """
    with tempfile.TemporaryDirectory(prefix="apispec-", ignore_cleanup_errors=True) as folder:
        out = Path(folder, "answer.json")
        try:
            outcome = guard.run(command(target, options, "describe", str(out)), timeout_s=options.timeout_s)
        except OSError as error:
            raise TargetError(
                f"cannot start {options.python}: {error.strerror}", hint="--python names an interpreter"
            ) from None
        if not out.exists():
            reason = f"takes longer than {options.timeout_s:g} s" if outcome.timed_out else "ends its process"
            hint = "--timeout gives it more time" if outcome.timed_out else ""
            details = tidy(outcome.output, target).strip()[-2000:]
            return Failure(kind="import", message=f"it {reason} while it is read", where=target.place,
                           hint=hint, details=details)  # fmt: skip
        found = json.loads(out.read_text(encoding="utf-8"))
    if "problem" not in found:
        made = finished(
            found["library"], found["document"], target.place, target.file, lambda file: shorten(file, target)
        )
        return replace(made, findings=(*made.findings, *_others(found.get("others", ()), target)))
    if found["kind"] == "none":
        return None
    where = f"{target.shown}/{found['where']}" if target.shown and found["where"] else found["where"]
    return Failure(kind="import", message=tidy(found["problem"], target), where=where or target.place,
                   hint=found["hint"], details=tidy(outcome.output, target).strip()[-1500:])  # fmt: skip


def _others(names: Sequence[str], target: Target) -> Iterator[Finding]:
    """What to know where a module holds several apps, of which one is described."""
    if names:
        message = f"the module holds other apps as well, which are left out: {', '.join(names)}"
        hint = f"describe one on its own: {target.place}:{names[0]}"
        place, subject = Location(target.place), f"module {target.module}"
        yield Finding("other-apps", Severity.WARNING, message, place, hint, subject)


def finished(library: str, document: dict[str, Any], name: str, file: str, shorten: Any) -> Introspection:
    """The Api of a document that a framework's part made: docstrings read, operations at their functions.

    Args:
        library: The framework.
        document: With what `building` leaves for us.
        name: Of the target, for messages.
        file: Its source, whose project tells the version of what has none.
        shorten: Makes a file as Python knows it into one as the user may read it.
    """
    from apispec.sources.openapi import read as read_document

    info = document.setdefault("info", {})
    if str(info.get("version") or "0.0.0") == "0.0.0":
        project = projects.around(file) if file else None
        info["version"] = project.version if project is not None and project.version else "0.1.0"
    notes = [
        Finding(rule, Severity.INFO, message, Location(name), hint, f"app {info.get('title', '')}".rstrip())
        for rule, message, hint in document.pop(NOTES, ())
    ]
    places: dict[tuple[str, str], Location] = {}
    needed: dict[tuple[str, str], set[str]] = {}
    for path, item in document.get("paths", {}).items():
        for method, operation in item.items() if isinstance(item, dict) else ():
            if isinstance(operation, dict):
                if not operation.get("responses"):  # frameworks that know none leave out what OpenAPI wants
                    operation["responses"] = {"200": {"description": "OK"}}
                _document(operation)
                needed[(method.upper(), path)] = set(operation.pop(NEEDED, ()))
                file, line = (*operation.pop(PLACE, ()), "", 0)[:2]
                if file:
                    places[(method.upper(), path)] = Location(shorten(file), int(line))
    text = json.dumps(document, ensure_ascii=False)
    found = read_document(load(name, text=text))
    placed = (_placed(endpoint, places, Location(name)) for endpoint in found.api.endpoints)
    endpoints = tuple(together(endpoint, needed) for endpoint in placed)
    api: Api = replace(found.api, source=library, endpoints=endpoints)
    findings = tuple(
        f if f.location.file != name else replace(f, location=Location(name, pointer=f.location.pointer))
        for f in found.findings
    )
    return replace(found, api=api, findings=(*notes, *findings))


def _placed(endpoint: Endpoint, places: dict[tuple[str, str], Location], otherwise: Location) -> Endpoint:
    """An endpoint at its function; at the app where that is not known, since nobody has written the document."""
    if not isinstance(endpoint.call, HttpCall):
        return endpoint
    return replace(endpoint, location=places.get((endpoint.call.method, endpoint.call.path), otherwise))


def _document(operation: dict[str, Any]) -> None:
    """Put what a docstring says where OpenAPI has it."""
    text = operation.pop(DOCSTRING, "")
    if not text:
        return
    said = parse(text)
    if said.summary:
        operation.setdefault("summary", said.summary)
    if said.description:
        operation.setdefault("description", said.description)
    if said.deprecated is not None:
        operation["deprecated"] = True
    for parameter in operation.get("parameters", ()):
        documented = said.parameters.get(parameter.get("name"))
        if documented is not None and documented.description:
            parameter.setdefault("description", documented.description)
    if said.returns is not None and said.returns.description:
        answer: dict[str, Any] = next((r for s, r in operation["responses"].items() if s.startswith("2")), {})
        answer["description"] = said.returns.description
