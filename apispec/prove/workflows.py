"""Workflows (Arazzo) against the server of a proof: each step is a snippet that is run as it is shown, and a case."""

from __future__ import annotations

import difflib
import itertools
import json
import re
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote

from apispec import examples as example
from apispec.findings import Finding, Severity
from apispec.hosting import Forwarded
from apispec.literals import EnvText, LocalFile
from apispec.model import Api, Endpoint, HttpCall, Json, MediaType, Parameter, RequestBody
from apispec.prove.cases import Case
from apispec.prove.checking import check_output, check_process
from apispec.prove.proving import Host, Outcome
from apispec.prove.recording import Recorded
from apispec.prove.requests import check_answered, check_request
from apispec.prove.running import Ran, run
from apispec.prove.state import Learned, answer_of, arguments_of_body, exchange_of
from apispec.prove.threads import served
from apispec.requests import (
    FORM_TYPE,
    WHOLE_QUERY,
    FilePart,
    argument_names,
    body_name,
    essence,
    is_json,
    of_schemes,
    ways,
)
from apispec.schemas import resolve, types
from apispec.urls import split_url
from apispec.workflows import UNKNOWN, Description, Exchange, Flow, PassOverError, Sent, Step, StepRun, Workflow

_MOMENT_S = 2.0


@dataclass(frozen=True)
class Bound:
    """The workflows of one document, with the operations that their steps call."""

    description: Description
    endpoints: Mapping[int, Endpoint]
    """By the identity of the step."""
    only: tuple[str, ...] = ()
    """The workflows to run; those that no other one calls where empty."""
    inputs: Mapping[str, str] = field(default_factory=dict)
    """Texts by `INPUT` or `WORKFLOW.INPUT`; what is no text is JSON."""
    skipped: Mapping[str, str] = field(default_factory=dict)
    """Endpoints that are not called, each with the reason."""

    def input_names(self) -> set[str]:
        """What its workflows take, each by its name, and by its workflow's and its own."""
        found: set[str] = set()
        for workflow in _all(self.description):
            names = set(_inputs_of(workflow, self.description))
            found |= names | {f"{workflow.id}.{name}" for name in names}
        return found

    def provided(self, api: Api) -> set[str]:
        """The environment variables of credentials that steps bring themselves."""
        found: set[str] = set()
        for workflow in _all(self.description):
            for step in workflow.steps:
                endpoint = self.endpoints.get(id(step))
                for one in step.parameters if endpoint is not None else ():
                    assert endpoint is not None
                    secret = _secret(endpoint, api, one.location, one.name)
                    if secret is not None:
                        found.update(part.name for part in secret.parts if not isinstance(part, str))
        return found

    def run(
        self,
        api: Api,
        like: Case,
        host: Host,
        learned: Learned,
        timeout: float,
        node_modules: Path | None,
        tell: Callable[[Outcome], None],
    ) -> list[Outcome]:
        """Run the workflows in the language of a case.

        Args:
            api: What is called.
            like: Any case of the run.
            host: The server.
            learned: Is told what came of it.
            timeout: Seconds for each snippet.
            node_modules: Where JavaScript packages are.
            tell: Told of each outcome as it comes.
        """
        outcomes: list[Outcome] = []
        with _watched(api, host) as watch:
            performer = _Performer(self, api, like, watch, timeout, node_modules, learned)

            def told(one: StepRun) -> None:
                outcomes.append(_outcome(one, performer, like))
                tell(outcomes[-1])

            flow = Flow(self.description, performer.perform, told, performer.inputs, invented=bool(host.against))
            flow.run(self.only)
            for ran in flow.ran.values():
                learned.named(ran.outputs)
        return outcomes


def bind(
    description: Description,
    api: Api,
    target: str,
    findings: list[Finding],
    *,
    only: Sequence[str] = (),
    inputs: Mapping[str, str] | None = None,
    skipped: Mapping[str, str] | None = None,
) -> Bound:
    """Find the operations that the steps of workflows call.

    Args:
        description: The workflows.
        api: Whose operations they are.
        target: What it is called in messages.
        findings: Gets the steps that call nothing of it.
        only: The workflows to run.
        inputs: Texts by input, or by `WORKFLOW.INPUT`.
        skipped: Endpoints that are not to be called.
    """
    found: dict[int, Endpoint] = {}
    for workflow in _all(description):
        for step in workflow.steps:
            if step.workflow:
                continue
            endpoint = _endpoint(step, api)
            if endpoint is None:
                findings.append(_lost(step, api, target))
            elif not isinstance(endpoint.call, HttpCall):
                message = f"step {step.id}: {endpoint.name} is not called with one HTTP request"
                findings.append(Finding("broken-workflow", Severity.ERROR, message, step.place))
            else:
                found[id(step)] = endpoint
    return Bound(description, found, tuple(only), dict(inputs or {}), dict(skipped or {}))


def _all(description: Description) -> Iterator[Workflow]:
    yield from description.workflows.values()
    for other in description.others.values():
        yield from _all(other)


def _endpoint(step: Step, api: Api) -> Endpoint | None:
    if step.operation_id:
        named = [
            e for e in api.public_endpoints if isinstance(e.call, HttpCall) and e.call.operation_id == step.operation_id
        ]
        exact = next((e for e in api.public_endpoints if e.name == step.operation_id), None)
        return named[0] if named else exact
    _, _, path, *rest = step.operation_path.split("/") if step.operation_path else ("", "", "")
    path = unquote(path).replace("~1", "/").replace("~0", "~")
    there = [e for e in api.public_endpoints if isinstance(e.call, HttpCall) and e.call.path == path]
    if not rest:
        return there[0] if len(there) == 1 else None
    return next((e for e in there if isinstance(e.call, HttpCall) and e.call.method == rest[-1].upper()), None)


def _lost(step: Step, api: Api, target: str) -> Finding:
    wanted = step.operation_id or step.operation_path
    if step.operation_id:
        known = [e.call.operation_id or e.name for e in api.public_endpoints if isinstance(e.call, HttpCall)]
        close = [name for name in known if name.casefold() == step.operation_id.casefold()]
        close += difflib.get_close_matches(step.operation_id, known, 1)
        hint = (
            f"did you mean {close[0]}?" if close else f"it has {', '.join(known[:8])}{', …' if len(known) > 8 else ''}"
        )
    else:
        hint = "a path stands as it does in the document, with ~1 for each slash, and its method behind it"
    source = f" (of the source {step.source})" if step.source else ""
    message = f"step {step.id}: {target} has no operation {wanted!r}{source}"
    return Finding("broken-workflow", Severity.ERROR, message, step.place, hint)


@dataclass(frozen=True, slots=True)
class _Watch:
    """Something in front of the server that sees every request and answer."""

    url: str
    record: Path
    path: str
    """Begins the path of every request."""
    wishes: dict[str, int] | None = None
    """Step → the status that the mock is to answer; None where it is no mock."""

    def line(self, name: str) -> Mapping[str, Any] | None:
        """The last request of a step, once it is written down."""
        until = time.monotonic() + _MOMENT_S
        while True:
            found = None
            for text in self.record.read_text(encoding="utf-8").splitlines():
                entry = json.loads(text)
                found = entry if entry["proof"] == name else found
            if found is not None or time.monotonic() > until:
                return found
            time.sleep(0.02)


@contextmanager
def _watched(api: Api, host: Host) -> Iterator[_Watch]:
    """What the steps call: something that passes on to the server; a mock of their own, which remembers."""
    if host.against:
        from apispec.prove.mocking import mocked

        wishes: dict[str, int] = {}
        with mocked(api, remembers=True, wishes=wishes) as mock:
            assert mock.record is not None
            yield _Watch(mock.url, mock.record, "", wishes)
        return
    parts = split_url(host.url)
    with tempfile.TemporaryDirectory(prefix="apispec-prove-") as folder:
        record = Path(folder, "record")
        record.touch()
        app = Recorded(Forwarded(f"{parts.scheme}://{parts.netloc}", own_host=True), record)
        try:
            with served(app, "what watches the calls of workflows") as url:
                yield _Watch(url, record, parts.path.rstrip("/") + host.path)
        finally:
            app.close()


_numbers = itertools.count(1)


class _Performer:
    """Carries out steps in one language against one server."""

    def __init__(
        self,
        bound: Bound,
        api: Api,
        like: Case,
        watch: _Watch,
        timeout: float,
        node_modules: Path | None,
        learned: Learned,
    ) -> None:
        self.bound = bound
        self.api = api
        self.like = like
        self.watch = watch
        self.timeout = timeout
        self.node_modules = node_modules
        self.learned = learned

    def inputs(self, description: Description, workflow: Workflow, starts: bool) -> Mapping[str, Json]:
        """The inputs of a workflow: those that were given, then what their schemas say."""
        known = Api(title="", schemas=dict(description.schemas))
        found: dict[str, Json] = {}
        for name, part in _inputs_of(workflow, description).items():
            given = [self.bound.inputs[k] for k in (f"{workflow.id}.{name}", name) if k in self.bound.inputs]
            if given:
                found[name] = _typed(given[0], part)
            elif isinstance(part, dict) and "default" in part:
                found[name] = part["default"]
            elif starts:
                one = Parameter(name=name, location="query", schema=part, required=True)
                made = example.arguments(Endpoint(name=workflow.id, parameters=(one,)), known)
                if name in made:
                    found[name] = made[name]
        return found

    def _ran(self, case: Case, limit: float, wish: int = 0) -> tuple[Ran, str, Mapping[str, Any] | None]:
        """Run a case; how it ended, the address that it called, and what was seen of it."""
        name = f"proof-{next(_numbers)}"
        if wish and self.watch.wishes is not None:
            self.watch.wishes[name] = wish
        base = f"{self.watch.url}/{name}{self.watch.path}"
        ran = run(case, base, timeout=limit, node_modules=self.node_modules)
        return ran, base, self.watch.line(name)

    def perform(
        self, description: Description, trail: str, step: Step, sent: Sent
    ) -> tuple[Exchange, str, tuple[Case, float, str, str]]:
        """Run the snippet of a step's operation with what the step gives it."""
        label = f"{trail}/{step.id}"
        shown = self.bound.endpoints[id(step)]
        if (why := self.bound.skipped.get(shown.name)) is not None:
            case = replace(self.like, endpoint=shown, step=label)
            return Exchange(), f"not called: {why}", (case, 0.0, "", "")
        meant = example.arguments(shown, self.api)
        endpoint, arguments, environment = _arranged(shown, self.api, sent, meant)
        fed = endpoint is not shown or arguments != meant
        case = replace(self.like, endpoint=endpoint, arguments=arguments, fed=fed, environment=environment, step=label)
        limit = min(step.timeout_s, self.timeout) if step.timeout_s else self.timeout
        ran, base, line = self._ran(case, limit)
        wanted = _wanted(step) if self.watch.wishes is not None and line is not None else 0
        if line is not None and wanted and line.get("status") != wanted:
            if not _is_described(shown, wanted):
                raise PassOverError(f"the description has no {wanted} for {shown.name}, so that the mock gives none")
            ran, base, line = self._ran(case, limit, wanted)
        words = f"{ran.output}\n{ran.errors}".strip()
        seen = (case, ran.seconds, base, words)
        if line is None:
            return Exchange(), check_process(ran, limit) or "no request arrived", seen
        exchange = exchange_of(case, answer_of(line), line)
        refused = (exchange.status or 0) >= 400
        problem = "" if ran.code is not None else check_process(ran, limit)
        problem = problem or check_request(case, [line], self.watch.path, answered=False)
        if not problem and not refused:
            problem = check_process(ran, limit) or check_output(case, ran) or check_answered(case, line)
        elif not problem and not step.criteria:
            problem = f"was answered with status {exchange.status}"
        return exchange, problem, seen


def _wanted(step: Step) -> int:
    """The one status with which a step succeeds; 0 where it may be another."""
    found = [re.fullmatch(r"\s*\$statusCode\s*==\s*'?(\d{3})'?\s*", one.condition) for one in step.criteria]
    return next((int(one[1]) for one in found if one is not None), 0)


def _is_described(endpoint: Endpoint, status: int) -> bool:
    known = [one.status.upper() for one in endpoint.responses]
    known += [endpoint.result.status.upper()] if endpoint.result is not None else []
    return bool({str(status), f"{status // 100}XX", "DEFAULT"}.intersection(known))


def _inputs_of(workflow: Workflow, description: Description) -> dict[str, Any]:
    """The schemas of a workflow's inputs, and of what its steps speak of without a schema."""
    schema = resolve(workflow.inputs, dict(description.schemas))
    found: dict[str, Any] = {}
    for part in (schema, *(schema.get("allOf", ()) if isinstance(schema, dict) else ())):
        inner = resolve(part, dict(description.schemas))
        if isinstance(inner, dict) and isinstance(inner.get("properties"), dict):
            found |= {name: resolve(one, dict(description.schemas)) for name, one in inner["properties"].items()}
    return found


def _typed(text: str, schema: Any) -> Json:
    """An input that was given as a text: JSON where its schema takes other things than texts."""
    if isinstance(schema, dict) and types(schema) == ("string",):
        return text
    try:
        return json.loads(text)
    except ValueError:
        return text


@dataclass(frozen=True)
class Several:
    """The workflows of several documents."""

    parts: tuple[Bound, ...]
    alone: bool = False
    """Whether nothing else is called."""

    def provided(self, api: Api) -> set[str]:
        """The environment variables of credentials that steps bring themselves."""
        return {name for one in self.parts for name in one.provided(api)}

    def run(self, *given: Any) -> list[Outcome]:
        """Run them one after the other; as `Bound.run`."""
        return [outcome for one in self.parts for outcome in one.run(*given)]


def _outcome(one: StepRun, performer: _Performer, like: Case) -> Outcome:
    label = f"{one.workflow}/{one.step.id}"
    tries = f" ({one.tries} tries)" if one.tries > 1 else ""
    endpoint = performer.bound.endpoints.get(id(one.step)) or Endpoint(name=label, call=HttpCall())
    case, seconds, base, words = one.result or (replace(like, endpoint=endpoint, step=label), 0.0, "", "")
    refused = False
    if one.result is not None and not one.problem and not one.foreseen:
        line = performer.watch.line(split_url(base).path.split("/")[1])
        exchange = exchange_of(case, answer_of(line) if line is not None else UNKNOWN, line)
        refused = (exchange.status or 0) >= 400
        if not refused:
            performer.learned.used(case, exchange)
    place = f" [{one.step.place}]" if one.problem else ""
    return Outcome(
        case,
        f"{one.problem}{tries}{place}" if one.problem else "",
        seconds,
        case.snippet(base) if one.result is not None and base else None,
        words if one.problem else "",
        base,
        one.foreseen,
        refused=refused,
    )


def _arranged(
    endpoint: Endpoint, api: Api, sent: Sent, meant: Mapping[str, Json]
) -> tuple[Endpoint, dict[str, Json], dict[str, str]]:
    """An operation as a step calls it, with arguments and credentials: what the step leaves out and the operation
    requires is as in its example.
    """
    environment: dict[str, str] = {}
    given: dict[str, Json] = {}
    for one, value in sent.parameters:
        secret = _secret(endpoint, api, one.location, one.name)
        if secret is not None and _taken(secret, value, environment):
            continue
        if secret is not None:
            endpoint = replace(endpoint, security=())
        endpoint, argument = _argument(endpoint, one.name, one.location)
        given[argument] = value
    if sent.payload is not UNKNOWN:
        endpoint, found = _bodied(endpoint, sent)
        given.update(found)
    required = {
        name: value for name, value in meant.items() if name not in given and _is_required(endpoint, name, sent)
    }
    ordered = {
        name: given.get(name, required.get(name))
        for name in (*argument_names(endpoint), body_name(endpoint))
        if name in given or name in required
    }
    return endpoint, ordered, environment


def _is_required(endpoint: Endpoint, argument: str, sent: Sent) -> bool:
    parameter = argument_names(endpoint).get(argument)
    if parameter is None:
        return endpoint.request_body is not None and endpoint.request_body.required and sent.payload is UNKNOWN
    in_body = parameter.location in ("body", "form", "file")
    return parameter.required and not (in_body and sent.payload is not UNKNOWN)


def _secret(endpoint: Endpoint, api: Api, location: str, name: str) -> EnvText | None:
    """The credential of an operation that a parameter stands for."""
    accepted = ways(endpoint, api)
    secrets = of_schemes(accepted[0] if accepted else {}, api)
    if location == "header":
        return next((text for key, text in secrets.headers.items() if key.lower() == name.lower()), None)
    home = {"query": secrets.query, "cookie": secrets.cookies}.get(location, {})
    return home.get(name)


def _taken(secret: EnvText, value: Json, environment: dict[str, str]) -> bool:
    """Take a credential for the variable that the code has; not where it is of another kind."""
    prefix = "".join(part for part in secret.parts if isinstance(part, str))
    names = [part.name for part in secret.parts if not isinstance(part, str)]
    text = str(value)
    if prefix and text.strip().lower() == prefix.strip().lower():
        return True  # `Bearer ` and nothing: the token is not known, and that of the environment is as good
    if len(names) != 1 or not text.lower().startswith(prefix.lower()) or not text[len(prefix) :]:
        return False
    environment[names[0]] = text[len(prefix) :]
    return True


def _argument(endpoint: Endpoint, name: str, location: str) -> tuple[Endpoint, str]:
    """The argument for a parameter, which is added where the operation does not describe it."""
    for argument, parameter in argument_names(endpoint).items():
        whole = parameter.style == WHOLE_QUERY
        same = parameter.name.lower() == name.lower() if location == "header" else parameter.name == name
        if (location == "querystring" and whole) or (same and not whole and parameter.location == location):
            return endpoint, argument
    style = WHOLE_QUERY if location == "querystring" else ""
    place: Any = "query" if location == "querystring" else location
    more = Parameter(name=name, location=place, schema={}, required=False, style=style)
    endpoint = replace(endpoint, parameters=(*endpoint.parameters, more))
    return endpoint, list(argument_names(endpoint))[-1]


def _bodied(endpoint: Endpoint, sent: Sent) -> tuple[Endpoint, dict[str, Json]]:
    """An operation with the media type that a step sends, and the arguments for the payload."""
    files = [p for p in endpoint.parameters if p.location == "file"]
    of_parameters = [p for p in endpoint.parameters if p.location in ("body", "form", "file")]
    if endpoint.request_body is None and of_parameters and isinstance(sent.payload, dict):
        found = dict(arguments_of_body(endpoint, sent.payload))
        names = argument_names(endpoint)
        for argument, parameter in names.items():
            if parameter in files and parameter.name in sent.payload:
                found[argument] = _file(parameter, sent.payload[parameter.name])
        known = {names[argument].name for argument in found}
        for name, value in sent.payload.items():
            if name not in known:
                endpoint, argument = _argument(endpoint, name, of_parameters[0].location)
                found[argument] = value
        return endpoint, found
    body = endpoint.request_body or RequestBody(content=())
    wanted = essence(sent.content_type)
    content = list(body.content)
    matching = [media for media in content if not wanted or essence(media.type) == wanted]
    media = matching[0] if matching else MediaType(type=sent.content_type or "application/json")
    content = [media, *(one for one in content if one is not media)]
    endpoint = replace(endpoint, request_body=replace(body, content=tuple(content)))
    return endpoint, {body_name(endpoint): _read(sent.payload, media.type)}


def _read(payload: Json, media_type: str) -> Json:
    """A payload that is written as a text, as what it says."""
    if not isinstance(payload, str):
        return payload
    if is_json(media_type):
        try:
            return json.loads(payload)
        except ValueError:
            return payload
    if essence(media_type) == FORM_TYPE:
        return dict(parse_qsl(payload.strip(), keep_blank_values=True))
    return payload


def _file(parameter: Parameter, value: Json) -> FilePart | list[FilePart]:
    """A file with the text that a payload gives."""
    if parameter.multiple:
        values = value if isinstance(value, list) else [value]
        parts = [_file(replace(parameter, multiple=False), one) for one in values]
        return [part for part in parts if isinstance(part, FilePart)]
    sample = example.sample_file(parameter.name, parameter.media_type)
    text = value if isinstance(value, str) else json.dumps(value)
    return replace(sample, file=LocalFile(sample.file.filename, text, sample.file.media_type, False))
