"""What an Arazzo document says, once it has been read and judged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from apispec.findings import Location
from apispec.model import Json, Schema
from apispec.workflows.conditions import Condition


@dataclass(frozen=True, slots=True, kw_only=True)
class Selecting:
    """In which language a selector or condition is written."""

    kind: str = "simple"
    """`simple`, `regex`, `jsonpath`, `xpath`, `jsonpointer`."""
    version: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """What must hold."""

    condition: str
    language: Selecting = Selecting()
    context: str = ""
    simple: Condition | None = None
    """The condition, where it is a simple one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A parameter's value."""

    name: str
    location: str = ""
    """`path`, `query`, `header`, `cookie`, `querystring`; empty for the inputs of a workflow."""
    value: Json = None
    place: Location = Location()


@dataclass(frozen=True, slots=True, kw_only=True)
class Replacement:
    """A value that is put into a payload."""

    target: str
    value: Json
    language: Selecting | None = None
    """None = as the payload's media type says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """What a step sends."""

    payload: Json
    content_type: str = ""
    replacements: tuple[Replacement, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """What comes after a step."""

    name: str
    kind: str
    """`end`, `goto`, `retry`."""
    workflow: str = ""
    step: str = ""
    parameters: tuple[Given, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    retry_after: float = 0.0
    """Seconds."""
    retry_limit: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One call, of an operation or of another workflow."""

    id: str
    description: str = ""
    operation_id: str = ""
    """Without the name of its source."""
    operation_path: str = ""
    """A JSON Pointer into the source: `/paths/~1pets/get`."""
    source: str = ""
    """The source description that the operation or workflow is of; empty where it is not said."""
    workflow: str = ""
    parameters: tuple[Given, ...] = ()
    body: Body | None = None
    criteria: tuple[Criterion, ...] = ()
    on_success: tuple[Action, ...] = ()
    on_failure: tuple[Action, ...] = ()
    outputs: Mapping[str, Any] = field(default_factory=dict)
    timeout_s: float = 0.0
    """0 = as long as any call may take."""
    place: Location = Location()


@dataclass(frozen=True, slots=True, kw_only=True)
class Workflow:
    """Steps in their order."""

    id: str
    summary: str = ""
    inputs: Schema = field(default_factory=dict)
    depends_on: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    outputs: Mapping[str, Any] = field(default_factory=dict)
    place: Location = Location()


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A description that workflows call operations or workflows of."""

    name: str
    url: str
    kind: str = ""
    """`openapi`, `arazzo`; empty where it is not said."""
    place: Location = Location()


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """An Arazzo document."""

    file: str
    title: str = ""
    self_uri: str = ""
    sources: Mapping[str, Source] = field(default_factory=dict)
    workflows: Mapping[str, Workflow] = field(default_factory=dict)
    schemas: Mapping[str, Schema] = field(default_factory=dict)
    """What the workflows' inputs refer to."""
    others: Mapping[str, Description] = field(default_factory=dict)
    """The Arazzo documents among the sources, by the source's name."""

    def workflow(self, reference: str) -> tuple[Description, Workflow] | None:
        """A workflow by its id, or by `$sourceDescriptions.NAME.ID`, with the document that has it."""
        prefix = "$sourceDescriptions."
        if reference.startswith(prefix):
            name, _, inner = reference.removeprefix(prefix).partition(".")
            other = self.others.get(name)
            return other.workflow(inner) if other is not None else None
        found = self.workflows.get(reference)
        return None if found is None else (self, found)
