"""Which step comes next: criteria, actions, retries, outputs. How a step is carried out is the caller's."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from apispec.errors import MissingExtraError
from apispec.model import Json
from apispec.workflows import selectors
from apispec.workflows.expressions import UNKNOWN, Exchange, ExpressionError, Scope, as_text, evaluated, filled
from apispec.workflows.parts import Action, Body, Criterion, Description, Given, Selecting, Step, Workflow

MOST_STEPS = 200
"""Steps of one workflow's run: a goto may lead round in a circle."""
_DEEPEST = 20
LONGEST_WAIT_S = 30.0
"""Seconds between two tries, whatever is asked for."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What a step sends, its expressions replaced by their values."""

    parameters: tuple[tuple[Given, Json], ...] = ()
    payload: Json = UNKNOWN
    content_type: str = ""


@dataclass(frozen=True, slots=True)
class StepRun:
    """How a step went."""

    workflow: str
    """Its id, after those of the workflows that called it: `buy/place-order`."""
    step: Step
    problem: str = ""
    """Empty where it succeeded."""
    foreseen: str = ""
    """What the workflow does about a problem that it foresees."""
    tries: int = 1
    result: Any = None
    """What carried it out gave beside the exchange; None where nothing was sent."""


class PassOverError(Exception):
    """Raised by what carries out a step where the step cannot be carried out there; the message says why."""


Perform = Callable[[Description, str, Step, Sent], tuple[Exchange, str, Any]]
"""Carries out a step that calls an operation: the exchange, what is wrong whatever the criteria say, and anything."""


@dataclass(slots=True)
class _Ran:
    """A workflow, afterwards."""

    inputs: Mapping[str, Json] = field(default_factory=dict)
    outputs: Mapping[str, Json] = field(default_factory=dict)
    problem: str = ""
    exchange: Exchange = field(default_factory=Exchange)
    steps: dict[str, dict[str, Any]] = field(default_factory=dict)


class Flow:
    """Runs the workflows of a document.

    Args:
        description: The document.
        perform: Carries out one call.
        tell: Told how each step went, in order.
        inputs: Gives the inputs of a workflow that nobody calls, beside those that have a default.
        wait: Waits for so many seconds.
        invented: Whether answers are made up, so that what they lack is no fault: such steps are passed over, with the
            reason, and values that are not known are left to whoever carries out the steps.
    """

    def __init__(
        self,
        description: Description,
        perform: Perform,
        tell: Callable[[StepRun], None],
        inputs: Callable[[Description, Workflow, bool], Mapping[str, Json]],
        wait: Callable[[float], None] = time.sleep,
        *,
        invented: bool = False,
    ) -> None:
        self._invented = invented
        self.description = description
        self._perform = perform
        self._tell = tell
        self._inputs = inputs
        self._wait = wait
        self.ran: dict[str, _Ran] = {}
        """By workflow: the latest run of each."""

    def run(self, only: tuple[str, ...] = ()) -> None:
        """Run every workflow that no other one calls, after those that it depends on.

        Args:
            only: Those to run instead.
        """
        for name in only or self.starting():
            self._started(name)

    def starting(self) -> list[str]:
        """The workflows that no other one calls or leads to; all where that leaves none."""
        called = {name for one in self.description.workflows.values() for name in _called(one) if name != one.id}
        return [name for name in self.description.workflows if name not in called] or list(self.description.workflows)

    def _started(self, name: str) -> _Ran:
        if name in self.ran:
            return self.ran[name]
        found = self.description.workflow(name)
        assert found is not None  # the reader has seen to it
        description, workflow = found
        for needed in workflow.depends_on:
            ran = self._started(needed)
            if ran.problem and workflow.steps:
                problem = f"not tried: it depends on the workflow {needed}, which failed"
                for step in workflow.steps:
                    self._tell(StepRun(workflow.id, step, "", problem, 0))
                self.ran[name] = _Ran(problem=problem)
                return self.ran[name]
        inputs = self._inputs(description, workflow, True)
        return self._workflow(description, workflow, inputs, workflow.id, 0)

    def _workflow(
        self, description: Description, workflow: Workflow, inputs: Mapping[str, Json], trail: str, depth: int
    ) -> _Ran:
        ran = _Ran(inputs)
        self.ran[workflow.id] = ran
        positions = {step.id: number for number, step in enumerate(workflow.steps)}
        position, count = 0, 0
        tried: dict[tuple[str, str], int] = {}
        while position < len(workflow.steps):
            step = workflow.steps[position]
            count += 1
            if count > MOST_STEPS or depth > _DEEPEST:
                ran.problem = f"given up after {MOST_STEPS} steps: it seems to go round in a circle"
                self._tell(StepRun(trail, step, ran.problem, "", 0))
                break
            try:
                scope, problem, result = self._step(description, step, ran, trail, depth)
            except PassOverError as error:
                ran.steps[step.id] = {"outputs": {}}
                self._tell(StepRun(trail, step, "", str(error), 0))
                position += 1
                continue
            tries = 1 + sum(number for (name, _), number in tried.items() if name == step.id)
            kept = (
                ""
                if problem and not self._invented
                else self._kept(step.outputs, scope, ran.steps.setdefault(step.id, {}))
            )
            unmet = self._unmet(step.criteria, scope) if not problem else ""
            lost = problem or unmet or kept
            made_up = self._invented and not problem and (unmet or kept)
            if made_up and not any(a.kind == "goto" and not self._unmet(a.criteria, scope) for a in step.on_failure):
                self._tell(StepRun(trail, step, "", f"the answer is made up: {lost}", tries, result))
                action = self._action(step.on_success, scope)
            elif not (problem := lost):
                self._tell(StepRun(trail, step, "", "", tries, result))
                action = self._action(step.on_success, scope)
            else:
                action = self._after_failure(step, scope, tried)
                if action is not None and action.kind == "retry":
                    if not self._retried(description, action, scope, ran, trail, depth):
                        ran.problem = problem
                        self._tell(StepRun(trail, step, f"{problem}; what comes before another try failed, too"))
                        break
                    continue
                said = "" if action is None or action.kind != "goto" else _leads(action)
                self._tell(
                    StepRun(trail, step, "" if said else problem, f"{problem}; {said}" if said else "", tries, result)
                )
                if action is None or action.kind == "end":
                    ran.problem = f"step {step.id}: {problem}"
                    break
            if action is None:
                position += 1
            elif action.kind == "end":
                break
            elif action.step:
                position = positions[action.step]
            else:
                went = self._called(description, action.workflow, action.parameters, scope, trail, depth, ran)
                ran.problem = went.problem
                break
        scope = self._scope(description, ran)
        outputs: dict[str, dict[str, Json]] = {}
        lost = self._kept(workflow.outputs, scope, outputs)
        ran.outputs = outputs.get("outputs", {})
        if lost and not ran.problem and not self._invented and len(ran.steps) == len(workflow.steps):
            ran.problem = lost
            self._tell(StepRun(trail, Step(id="outputs", place=workflow.place), lost, "", 0))
        return ran

    def _step(self, description: Description, step: Step, ran: _Ran, trail: str, depth: int) -> tuple[Scope, str, Any]:
        scope = self._scope(description, ran)
        result = None
        try:
            if step.workflow:
                called = self._called(description, step.workflow, step.parameters, scope, trail, depth, ran)
                exchange, problem = called.exchange, called.problem
                scope = replace(scope, exchange=exchange, outputs=called.outputs)
            else:
                sent = self._sent(step, scope)
                exchange, problem, result = self._perform(description, trail, step, sent)
                scope = replace(scope, exchange=exchange)
                ran.exchange = exchange
        except (ExpressionError, selectors.SelectorError, MissingExtraError) as error:
            return scope, str(error), result
        if not problem and not step.criteria and not step.workflow and (exchange.status or 0) >= 400:
            problem = f"was answered with status {exchange.status}"
        return scope, problem, result

    def _called(
        self,
        description: Description,
        name: str,
        parameters: tuple[Given, ...],
        scope: Scope,
        trail: str,
        depth: int,
        caller: _Ran,
    ) -> _Ran:
        """Run another workflow, from a step or an action."""
        found = description.workflow(name)
        assert found is not None
        home, workflow = found
        given = {one.name: filled(one.value, scope, select) for one in parameters}
        inputs = {**self._inputs(home, workflow, False), **{k: v for k, v in given.items() if v is not UNKNOWN}}
        if depth >= _DEEPEST:
            return _Ran(inputs, problem=f"workflows call each other more than {_DEEPEST} deep")
        ran = self._workflow(home, workflow, inputs, f"{trail}/{workflow.id}", depth + 1)
        caller.exchange = ran.exchange
        return ran

    def _scope(self, description: Description, ran: _Ran) -> Scope:
        return Scope(
            exchange=ran.exchange,
            inputs=ran.inputs,
            outputs=ran.outputs,
            steps=ran.steps,
            workflows={
                name: {"inputs": one.inputs, "outputs": one.outputs, "steps": one.steps}
                for name, one in self.ran.items()
            },
            sources={
                one.name: {"url": one.url, "type": one.kind, "name": one.name} for one in description.sources.values()
            },
            self_uri=description.self_uri,
        )

    def _sent(self, step: Step, scope: Scope) -> Sent:
        given = []
        for one in step.parameters:
            value = filled(one.value, scope, select)
            if value is not UNKNOWN:
                given.append((one, value))
            elif one.location == "path" and not self._invented:
                raise ExpressionError(f"the value of its parameter {one.name}, {_written(one.value)}, is not known")
        if step.body is None:
            return Sent(tuple(given))
        return Sent(tuple(given), _payload(step.body, scope), step.body.content_type)

    def _kept(self, outputs: Mapping[str, Any], scope: Scope, home: dict[str, Any]) -> str:
        """Keep what a step or workflow gives; what of it is not known is a problem."""
        kept: dict[str, Json] = {}
        lost = ""
        for name, expression in outputs.items():
            try:
                value = filled(expression, scope, select)
            except (ExpressionError, selectors.SelectorError, MissingExtraError) as error:
                lost = lost or f"its output {name}: {error}"
                continue
            if value is UNKNOWN:
                lost = lost or f"its output {name}, {_written(expression)}, is not known"
            else:
                kept[name] = value
        home["outputs"] = kept
        return lost

    def _unmet(self, criteria: tuple[Criterion, ...], scope: Scope) -> str:
        for one in criteria:
            try:
                if not _holds(one, scope):
                    facts = one.simple.facts(scope) if one.simple is not None else ""
                    of = f" of {one.context}" if one.context and not facts else ""
                    return f"the criterion {one.condition!r}{of} is not met" + (f": {facts}" if facts else "")
            except (ExpressionError, selectors.SelectorError, MissingExtraError, _NoPatternError) as error:
                return f"the criterion {one.condition!r} cannot be judged: {error}"
        return ""

    def _action(self, actions: tuple[Action, ...], scope: Scope) -> Action | None:
        return next((one for one in actions if not self._unmet(one.criteria, scope)), None)

    def _after_failure(self, step: Step, scope: Scope, tried: dict[tuple[str, str], int]) -> Action | None:
        """The first failure action that applies; a retry only as often as it says."""
        for action in step.on_failure:
            if self._unmet(action.criteria, scope):
                continue
            if action.kind != "retry":
                return action
            key = step.id, action.name
            if tried.get(key, 0) < action.retry_limit:
                tried[key] = tried.get(key, 0) + 1
                return action
        return None

    def _retried(
        self, description: Description, action: Action, scope: Scope, ran: _Ran, trail: str, depth: int
    ) -> bool:
        """What comes before another try: time, and maybe a step or a workflow. Whether that went well."""
        said = scope.exchange.headers.get("retry-after", "")
        seconds = float(said) if said.isascii() and said.isdigit() else action.retry_after
        self._wait(min(seconds, LONGEST_WAIT_S))
        if action.workflow:
            return not self._called(description, action.workflow, action.parameters, scope, trail, depth, ran).problem
        if action.step:
            workflow = next((w for w in description.workflows.values() for s in w.steps if s.id == action.step), None)
            step = next((s for s in workflow.steps if s.id == action.step), None) if workflow is not None else None
            if step is not None:
                inner, problem, result = self._step(description, step, ran, trail, depth)
                problem = problem or self._unmet(step.criteria, inner)
                problem = problem or self._kept(step.outputs, inner, ran.steps.setdefault(step.id, {}))
                self._tell(StepRun(trail, step, problem, "", 1, result))
                return not problem
        return True


class _NoPatternError(ValueError):
    """A regular expression that cannot be read once its expressions are filled in."""


def _called(workflow: Workflow) -> Iterator[str]:
    for step in workflow.steps:
        if step.workflow:
            yield step.workflow
        yield from (action.workflow for action in (*step.on_success, *step.on_failure) if action.workflow)


def _leads(action: Action) -> str:
    where = f"step {action.step}" if action.step else f"workflow {action.workflow}"
    return f"the workflow foresees it ({action.name}) and goes on with {where}"


def _written(value: Any) -> str:
    return value if isinstance(value, str) else as_text(value)


def _holds(one: Criterion, scope: Scope) -> bool:
    if one.simple is not None:
        return one.simple.holds(scope)
    value = evaluated(one.context, scope)
    text = str(filled(one.condition, scope)) if "{$" in one.condition else one.condition
    if value is UNKNOWN or value is None:
        return False
    if one.language.kind == "regex":
        import regress

        try:
            return regress.Regex(text).find(as_text(value)) is not None
        except regress.RegressError as error:
            raise _NoPatternError(str(error)) from None
    return selectors.holds(one.language.kind, one.language.version, text, value)


def select(raw: Any, scope: Scope) -> Json:
    """The value of a Selector Object."""
    value = evaluated(raw["context"], scope)
    named = raw["type"]
    kind, version = (named, "") if isinstance(named, str) else (named["type"], named.get("version", ""))
    text = str(filled(raw["selector"], scope)) if "{$" in raw["selector"] else raw["selector"]
    return UNKNOWN if value is UNKNOWN else selectors.first(kind, version, text, value)


def _payload(body: Body, scope: Scope) -> Json:
    value = filled(body.payload, scope, select)
    for one in body.replacements:
        new = filled(one.value, scope, select)
        if new is UNKNOWN:
            raise ExpressionError(f"what is put at {one.target}, {_written(one.value)}, is not known")
        language = one.language or _by_media_type(body, value)
        value = selectors.put(language.kind, language.version, one.target, value, new)
    return value


def _by_media_type(body: Body, value: Json) -> Selecting:
    is_xml = "xml" in body.content_type or (
        not body.content_type and isinstance(value, str) and value.lstrip()[:1] == "<"
    )
    return Selecting(kind="xpath" if is_xml else "jsonpointer")
