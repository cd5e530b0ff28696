"""From an Arazzo document to what it says; every flaw is told, with its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from apispec.documents import Document, join, load
from apispec.errors import DocumentError
from apispec.findings import Finding, Location, Severity
from apispec.workflows import conditions, selectors
from apispec.workflows.expressions import ExpressionError, expressions, is_selector, parsed
from apispec.workflows.parts import (
    Action,
    Body,
    Criterion,
    Description,
    Given,
    Replacement,
    Selecting,
    Source,
    Step,
    Workflow,
)
from apispec.workflows.shape import problems

_SOURCE = "$sourceDescriptions."
_PATH = re.compile(r"\{?\$sourceDescriptions\.([A-Za-z0-9_-]+)\.url\}?#(/.*)")
_NAME = re.compile(r"[A-Za-z0-9_.-]+")
_METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")


def read(file: str, findings: list[Finding], *, allow_remote: bool = False) -> Description | None:
    """Read an Arazzo document and those that it names as sources.

    Args:
        file: Its name, or an address where `allow_remote`.
        findings: Gets what is wrong.
        allow_remote: Whether it may be fetched.

    Returns:
        None where there is an error among the findings.

    Raises:
        DocumentError: The file cannot be read.
    """
    return _read(file, findings, allow_remote, ())


def _read(file: str, findings: list[Finding], allow_remote: bool, trail: tuple[str, ...]) -> Description | None:
    document = load(file, allow_remote=allow_remote)
    findings += document.findings
    if not document.readable:
        return None
    data = document.data
    place = document.locate("")
    if not isinstance(data, dict) or "arazzo" not in data:
        what = (
            "an OpenAPI document"
            if isinstance(data, dict) and {"openapi", "swagger"} & data.keys()
            else "something else"
        )
        message = f"this is {what} and no Arazzo document: it has no `arazzo`"
        findings.append(Finding("broken-workflow", Severity.ERROR, message, place, "write `arazzo: 1.0.1` at its top"))
        return None
    if not re.match(r"1\.[0-2](\.|$)", str(data["arazzo"])):
        message = f"Arazzo {data['arazzo']} is not known"
        findings.append(
            Finding("broken-workflow", Severity.ERROR, message, document.locate("/arazzo"), "1.0.1 and 1.1.0 are")
        )
        return None
    reader = _Reader(document)
    bad = False
    for pointer, message, hint in problems(data):
        reader.refuse(pointer, message, hint)
        bad = True
    found = None if bad else reader.description(_others(document, findings, allow_remote, trail, reader))
    findings += reader.findings
    return None if any(f.severity is Severity.ERROR for f in reader.findings) else found


def _others(
    document: Document, findings: list[Finding], allow_remote: bool, trail: tuple[str, ...], reader: _Reader
) -> dict[str, Description]:
    """The Arazzo documents among the sources."""
    found = {}
    for number, raw in enumerate(document.data["sourceDescriptions"]):
        if raw.get("type") != "arazzo":
            continue
        remote = "://" in raw["url"]
        name = raw["url"] if remote else str(Path(document.file).parent / raw["url"])
        if name in (*trail, document.file):
            reader.refuse(join(("sourceDescriptions", number)), f"{raw['url']} leads back to this document")
            continue
        try:
            other = _read(name, findings, allow_remote, (*trail, document.file))
        except DocumentError as error:
            reader.refuse(join(("sourceDescriptions", number, "url")), f"{raw['url']}: {error.message}", error.hint)
            continue
        if other is None:
            reader.refuse(join(("sourceDescriptions", number, "url")), f"{raw['url']} has errors of its own")
        else:
            found[raw["name"]] = other
    return found


class _Reader:
    """One document of the right shape, made into what it says."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.data: Mapping[str, Any] = document.data
        self.findings: list[Finding] = []
        self.steps: dict[str, Mapping[str, Any]] = {}
        """Those of the workflow that is read."""
        self.others: Mapping[str, Description] = {}

    def refuse(self, pointer: str, message: str, hint: str = "", severity: Severity = Severity.ERROR) -> None:
        self.findings.append(Finding("broken-workflow", severity, message, self.document.locate(pointer), hint))

    def place(self, *tokens: str | int) -> Location:
        return self.document.locate(join(tokens))

    def description(self, others: Mapping[str, Description]) -> Description:
        self.others = others
        sources: dict[str, Source] = {}
        for number, raw in enumerate(self.data["sourceDescriptions"]):
            at = self.place("sourceDescriptions", number)
            if raw["name"] in sources:
                self.refuse(join(("sourceDescriptions", number, "name")), f"two sources are called {raw['name']!r}")
            if raw.get("type") == "asyncapi":
                message = "sources of AsyncAPI are not called"
                self.refuse(join(("sourceDescriptions", number)), message, severity=Severity.WARNING)
            sources[raw["name"]] = Source(name=raw["name"], url=raw["url"], kind=raw.get("type", ""), place=at)
        self.sources = sources
        self.ids = self._unique(self.data["workflows"], "workflowId", ("workflows",))
        schemas = _localized(self.data.get("components", {}).get("inputs", {}))
        workflows = [self._workflow(raw, ("workflows", number)) for number, raw in enumerate(self.data["workflows"])]
        self._circles({one.id: one for one in workflows})
        return Description(
            file=self.document.file,
            title=self.data["info"]["title"],
            self_uri=self.data.get("$self", ""),
            sources=sources,
            workflows={one.id: one for one in workflows},
            schemas=schemas,
            others=others,
        )

    def _unique(self, items: list[Any], key: str, place: tuple[str | int, ...]) -> dict[str, Mapping[str, Any]]:
        found: dict[str, Mapping[str, Any]] = {}
        for number, raw in enumerate(items):
            if raw[key] in found:
                self.refuse(join((*place, number, key)), f"two have the {key} {raw[key]!r}", "ids are unique")
            found.setdefault(raw[key], raw)
        return found

    def _circles(self, workflows: Mapping[str, Workflow]) -> None:
        def leads(name: str, trail: tuple[str, ...]) -> tuple[str, ...]:
            if name in trail:
                return (*trail[trail.index(name) :], name)
            one = workflows.get(name)
            return next((c for d in (one.depends_on if one else ()) if (c := leads(d, (*trail, name)))), ())

        for number, name in enumerate(workflows):
            circle = leads(name, ())
            if circle and circle[0] == name:
                self.refuse(join(("workflows", number, "dependsOn")), f"{' needs '.join(circle)}: a circle")

    def _workflow(self, raw: Mapping[str, Any], at: tuple[str | int, ...]) -> Workflow:
        self.steps = self._unique(raw["steps"], "stepId", (*at, "steps"))
        self.inputs = raw.get("inputs", {})
        shared = self._parameters(raw, "parameters", at)
        success = self._actions(raw, "successActions", "successActions", at)
        failure = self._actions(raw, "failureActions", "failureActions", at)
        for number, name in enumerate(raw.get("dependsOn", ())):
            self._leads_to_workflow(name, (*at, "dependsOn", number))
        steps = tuple(
            self._step(one, (*at, "steps", n), shared, success, failure) for n, one in enumerate(raw["steps"])
        )
        return Workflow(
            id=raw["workflowId"],
            summary=raw.get("summary", ""),
            inputs=_localized(raw.get("inputs", {})),
            depends_on=tuple(raw.get("dependsOn", ())),
            steps=steps,
            outputs=self._outputs(raw, at),
            place=self.place(*at),
        )

    def _step(
        self,
        raw: Mapping[str, Any],
        at: tuple[str | int, ...],
        shared: tuple[Given, ...],
        success: tuple[Action, ...],
        failure: tuple[Action, ...],
    ) -> Step:
        called = [key for key in ("operationId", "operationPath", "workflowId", "channelPath") if key in raw]
        if len(called) != 1:
            message = f"a step calls one thing, not {' and '.join(called) or 'nothing'}"
            self.refuse(join(at), message, "give it operationId, operationPath or workflowId")
        elif called[0] == "channelPath":
            self.refuse(join((*at, "channelPath")), "channels (AsyncAPI) are not called", "leave this step out")
        of_workflow = called == ["workflowId"]
        if of_workflow:
            self._leads_to_workflow(raw["workflowId"], (*at, "workflowId"))
        own = self._parameters(raw, "parameters", at)
        for number, one in enumerate(own):
            if not of_workflow and not one.location:
                self.refuse(join((*at, "parameters", number)), f"{one.name!r} does not say where it goes", "add `in`")
        names = {(one.name, one.location) for one in own}
        inherited = () if of_workflow else tuple(one for one in shared if (one.name, one.location) not in names)
        on_success = self._actions(raw, "onSuccess", "successActions", at)
        on_failure = self._actions(raw, "onFailure", "failureActions", at)
        for number, name in enumerate(raw.get("dependsOn", ())):
            if "$" not in name and name not in self.steps:
                self._no_step(name, (*at, "dependsOn", number))
        source, operation = self._operation(raw, at)
        return Step(
            id=raw["stepId"],
            description=raw.get("description", ""),
            operation_id=operation,
            operation_path=self._path(raw, at),
            source=source,
            workflow=raw.get("workflowId", ""),
            parameters=(*inherited, *own),
            body=self._body(raw["requestBody"], (*at, "requestBody")) if "requestBody" in raw else None,
            criteria=self._criteria(raw, "successCriteria", at),
            on_success=(*on_success, *(a for a in success if a.name not in {b.name for b in on_success})),
            on_failure=(*on_failure, *(a for a in failure if a.name not in {b.name for b in on_failure})),
            outputs=self._outputs(raw, at),
            timeout_s=raw.get("timeout", 0) / 1000,
            place=self.place(*at),
        )

    def _operation(self, raw: Mapping[str, Any], at: tuple[str | int, ...]) -> tuple[str, str]:
        """The source and the id of a step's operation."""
        text = raw.get("operationId", "")
        if text.startswith(_SOURCE):
            source, _, name = text.removeprefix(_SOURCE).partition(".")
            self._known_source(source, (*at, "operationId"))
            return source, name
        found = _PATH.fullmatch(raw.get("operationPath", ""))
        return (found[1] if found else "", text)

    def _path(self, raw: Mapping[str, Any], at: tuple[str | int, ...]) -> str:
        if "operationPath" not in raw:
            return ""
        found = _PATH.fullmatch(raw["operationPath"])
        if found is None:
            message = f"{raw['operationPath']!r} leads to no operation of a source"
            hint = "write '{$sourceDescriptions.NAME.url}#/paths/~1pets/get'"
            self.refuse(join((*at, "operationPath")), message, hint)
            return ""
        self._known_source(found[1], (*at, "operationPath"))
        if not re.fullmatch(rf"/paths/[^/]+(/({'|'.join(_METHODS)}|additionalOperations/[^/]+))?", found[2]):
            message = f"{found[2]!r} leads to no operation"
            self.refuse(join((*at, "operationPath")), message, "write #/paths/~1pets/get: slashes of the path are ~1")
        return found[2]

    def _known_source(self, name: str, at: tuple[str | int, ...]) -> None:
        if name not in self.sources:
            known = ", ".join(self.sources)
            self.refuse(join(at), f"there is no source description {name!r}", f"there is {known}")

    def _leads_to_workflow(self, name: str, at: tuple[str | int, ...]) -> None:
        if name.startswith(_SOURCE):
            source, _, inner = name.removeprefix(_SOURCE).partition(".")
            self._known_source(source, at)
            other = self.others.get(source)
            if source in self.sources and (other is None or inner not in other.workflows):
                self.refuse(
                    join(at), f"{source!r} has no workflow {inner!r}", "its type is arazzo, and the id is its own"
                )
        elif name not in self.ids:
            self.refuse(join(at), f"there is no workflow {name!r}", f"there is {', '.join(self.ids)}")

    def _no_step(self, name: str, at: tuple[str | int, ...]) -> None:
        self.refuse(join(at), f"this workflow has no step {name!r}", f"it has {', '.join(self.steps)}")

    def _reused(self, raw: Mapping[str, Any], kind: str, at: tuple[str | int, ...]) -> Mapping[str, Any] | None:
        """An object, or the component that a Reusable Object names."""
        if "reference" not in raw:
            return raw
        prefix, name = f"$components.{kind}.", raw["reference"]
        components = self.data.get("components", {}).get(kind, {})
        found = components.get(name.removeprefix(prefix)) if name.startswith(prefix) else None
        if found is None:
            known = ", ".join(prefix + one for one in components) or f"none among {prefix}…"
            self.refuse(join((*at, "reference")), f"there is no {name!r}", f"there is {known}")
            return None
        return {**found, "value": raw["value"]} if "value" in raw and kind == "parameters" else found

    def _parameters(self, raw: Mapping[str, Any], key: str, at: tuple[str | int, ...]) -> tuple[Given, ...]:
        found: dict[tuple[str, str], Given] = {}
        for number, one in enumerate(raw.get(key, ())):
            place = (*at, key, number)
            given = self._reused(one, "parameters", place)
            if given is None:
                continue
            self._expressions(given["value"], (*place, "value"))
            identity = given["name"], given.get("in", "")
            if identity in found:
                self.refuse(join(place), f"the parameter {given['name']!r} is given twice")
            found[identity] = Given(
                name=given["name"], location=given.get("in", ""), value=given["value"], place=self.place(*place)
            )
        return tuple(found.values())

    def _actions(self, raw: Mapping[str, Any], key: str, kind: str, at: tuple[str | int, ...]) -> tuple[Action, ...]:
        found = []
        for number, one in enumerate(raw.get(key, ())):
            place = (*at, key, number)
            action = self._reused(one, kind, place)
            if action is None:
                continue
            step, workflow = action.get("stepId", ""), action.get("workflowId", "")
            if step and workflow:
                self.refuse(join(place), "an action leads to a step or to a workflow, not to both")
            elif action["type"] == "goto" and not (step or workflow):
                self.refuse(join(place), "a goto says where to", "add stepId or workflowId")
            if step and step not in self.steps:
                self._no_step(step, (*place, "stepId"))
            if workflow:
                self._leads_to_workflow(workflow, (*place, "workflowId"))
            found.append(
                Action(
                    name=action["name"],
                    kind=action["type"],
                    workflow=workflow,
                    step=step,
                    parameters=self._parameters(action, "parameters", place),
                    criteria=self._criteria(action, "criteria", place),
                    retry_after=float(action.get("retryAfter", 0)),
                    retry_limit=action.get("retryLimit", 1),
                )
            )
        return tuple(found)

    def _criteria(self, raw: Mapping[str, Any], key: str, at: tuple[str | int, ...]) -> tuple[Criterion, ...]:
        found = []
        for number, one in enumerate(raw.get(key, ())):
            place = (*at, key, number)
            language = self._language(one.get("type", "simple"), (*place, "type"))
            simple = None
            if language.kind == "simple":
                simple = self._tried(partial(conditions.read, one["condition"]), (*place, "condition"))
                for name in simple.names if simple is not None else ():
                    self._known(name, (*place, "condition"))
            else:
                if "context" not in one:
                    self.refuse(join(place), f"a criterion of type {language.kind} has a context", "$response.body")
                self._selector(language, one["condition"], (*place, "condition"))
            if "context" in one:
                self._expressions(one["context"], (*place, "context"), whole=True)
            found.append(
                Criterion(condition=one["condition"], language=language, context=one.get("context", ""), simple=simple)
            )
        return tuple(found)

    def _language(self, raw: Any, at: tuple[str | int, ...]) -> Selecting:
        kind, version = (raw, "") if isinstance(raw, str) else (raw["type"], raw.get("version", ""))
        known = selectors.VERSIONS.get(kind, ())
        if version and version not in known:
            self.refuse(join((*at, "version")), f"{version!r} is no version of {kind}", f"there is {', '.join(known)}")
        return Selecting(kind=kind, version=version)

    def _selector(self, language: Selecting, text: str, at: tuple[str | int, ...]) -> None:
        """See whether a selector can be read; those with expressions in them only when they are used."""
        inner = list(expressions(text)) if "{$" in text else []
        for name, _ in inner:
            self._known(name, at)
        if not inner and language.kind == "regex":
            import regress

            self._tried(lambda: regress.Regex(text), at)
        elif not inner:
            self._tried(lambda: selectors.check(language.kind, text), at)

    def _body(self, raw: Mapping[str, Any], at: tuple[str | int, ...]) -> Body:
        self._expressions(raw.get("payload"), (*at, "payload"))
        replacements = []
        for number, one in enumerate(raw.get("replacements", ())):
            place = (*at, "replacements", number)
            self._expressions(one["value"], (*place, "value"))
            named = one.get("targetSelectorType")
            language = None if named is None else self._language(named, (*place, "targetSelectorType"))
            if language is not None:
                self._selector(language, one["target"], (*place, "target"))
            replacements.append(Replacement(target=one["target"], value=one["value"], language=language))
        return Body(
            payload=raw.get("payload"), content_type=raw.get("contentType", ""), replacements=tuple(replacements)
        )

    def _outputs(self, raw: Mapping[str, Any], at: tuple[str | int, ...]) -> Mapping[str, Any]:
        outputs: Mapping[str, Any] = raw.get("outputs", {})
        for name, value in outputs.items():
            place = (*at, "outputs", name)
            if not _NAME.fullmatch(name):
                self.refuse(join(place), f"{name!r} is no name of an output", "letters, digits, dots, dashes")
            self._expressions(value, place, whole=isinstance(value, str))
        return outputs

    def _expressions(self, value: Any, at: tuple[str | int, ...], *, whole: bool = False) -> None:
        """See whether every expression in a value can be read, and leads somewhere."""
        if whole and not list(expressions(value)):
            self.refuse(join(at), f"{value!r} is no runtime expression", "such as $response.body#/id")
        for name, pointer in expressions(value):
            self._known(name, at, pointer)
        for selector, place in _selectors(value, at):
            language = self._language(selector["type"], (*place, "type"))
            self._selector(language, selector["selector"], (*place, "selector"))

    def _known(self, text: str, at: tuple[str | int, ...], inner: str = "") -> None:
        """See whether an expression can be read, and what it names is there."""
        one = self._tried(lambda: parsed(text), at, inner)
        if one is None:
            return
        names = one.path.split(".")
        if one.root == "steps":
            step = self.steps.get(names[0])
            if step is None:
                self.refuse(join(at) + inner, f"{text}: this workflow has no step {names[0]!r}", _there(self.steps))
                return
            rest = re.split(r"[\[]", one.path.partition(".outputs")[2].removeprefix("."))[0]
            known = step.get("outputs", {})
            if rest and not any(rest == name or rest.startswith(name + ".") for name in known):
                self.refuse(join(at) + inner, f"{text}: the step has no output {rest!r}", _there(known))
        elif one.root == "inputs" and isinstance(self.inputs, dict) and "properties" in self.inputs:
            known = self.inputs["properties"]
            name = re.split(r"[\[]", one.path)[0]
            if not any(name == k or name.startswith(k + ".") for k in known):
                message = f"{text}: the workflow has no input {name!r}"
                self.refuse(join(at) + inner, message, _there(known), Severity.WARNING)
        elif one.root == "workflows" and names[0] not in self.ids:
            self.refuse(join(at) + inner, f"{text}: there is no workflow {names[0]!r}", _there(self.ids))
        elif one.root == "sourceDescriptions" and names[0] not in self.sources:
            self.refuse(join(at) + inner, f"{text}: there is no source {names[0]!r}", _there(self.sources))

    def _tried(self, what: Callable[[], Any], at: tuple[str | int, ...], inner: str = "") -> Any:
        try:
            return what()
        except (ExpressionError, conditions.ConditionError, selectors.SelectorError) as error:
            self.refuse(join(at) + inner, str(error))
        except Exception as error:  # regress.RegressError, which is no class of its own in every version
            self.refuse(join(at) + inner, f"this is no regular expression: {error}")
        return None


def _there(known: Mapping[str, Any]) -> str:
    return f"there is {', '.join(map(str, known))}" if known else "it has none"


def _selectors(value: Any, at: tuple[str | int, ...]) -> Iterator[tuple[Mapping[str, Any], tuple[str | int, ...]]]:
    if is_selector(value):
        yield value, at
    elif isinstance(value, (dict, list)):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _selectors(inner, (*at, key))


def _localized(schema: Any) -> Any:
    """A schema whose references to `#/components/inputs` lead to components as those of the model do."""
    if isinstance(schema, dict):
        return {
            key: inner.replace("#/components/inputs/", "#/components/schemas/", 1)
            if key == "$ref" and isinstance(inner, str)
            else _localized(inner)
            for key, inner in schema.items()
        }
    return [_localized(one) for one in schema] if isinstance(schema, list) else schema
