"""What is said of single tools besides their endpoints: in the configuration, and in a document under `x-mcp`.

`{name, title, description, enabled, parameters: {NAME: {name, description, hidden, value, env}}, annotations}`; the
configuration wins. `env` is the configuration's alone: a document must not choose which variables are sent anywhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from apispec.errors import ConfigError
from apispec.model import Api, Endpoint, HttpCall, Json

HINTS = ("title", "readOnlyHint", "destructiveHint", "idempotentHint", "openWorldHint")
"""MCP's tool annotations."""

_HINT_WORDS = {
    "read-only": "readOnlyHint", "destructive": "destructiveHint", "idempotent": "idempotentHint",
    "open-world": "openWorldHint", **{hint: hint for hint in HINTS[1:]},
}  # fmt: skip
_TEXTS = ("name", "title", "description")
_OPERATION = {*_TEXTS, "enabled", "disabled", "hidden", "parameters", "annotations", *_HINT_WORDS}
_PARAMETER = {"name", "description", "hidden", "value", "env"}

NOTHING: Any = object()
"""No value, where None is one."""


@dataclass(frozen=True, slots=True)
class ToldParameter:
    """What is said of a parameter."""

    name: str = ""
    description: str = ""
    hidden: bool = False
    value: Json = NOTHING
    env: str = ""

    @property
    def is_given(self) -> bool:
        """Whether every call has the same value."""
        return self.value is not NOTHING or bool(self.env)


@dataclass(frozen=True, slots=True)
class Told:
    """What is said of a tool."""

    name: str = ""
    title: str = ""
    description: str = ""
    enabled: bool = True
    annotations: Mapping[str, Any] = field(default_factory=dict)
    parameters: Mapping[str, ToldParameter] = field(default_factory=dict)
    """What the configuration says of this tool's own, by the parameter's name."""
    everywhere: Mapping[str, ToldParameter] = field(default_factory=dict)
    """What the configuration says of parameters of every tool."""
    documented: Mapping[str, ToldParameter] = field(default_factory=dict)
    """What the document says."""
    flawed: tuple[str, ...] = ()
    """What of a document's `x-mcp` means nothing, in words."""

    def parameter(self, name: str) -> ToldParameter:
        """What is said of a parameter of that name."""
        for told in (self.parameters, self.everywhere, self.documented):
            if name in told:
                return told[name]
        return ToldParameter()


def check_told(operations: Mapping[str, Any], parameters: Mapping[str, Any]) -> None:
    """Refuse what means nothing in the configuration.

    Raises:
        ConfigError: Something does.
    """
    for name, given in operations.items():
        for problem in _problems(given, _OPERATION):
            raise ConfigError(problem, where=f"tools-operations.{name}", hint=f"one of {', '.join(sorted(_OPERATION))}")
        for key, inner in given.get("parameters", {}).items():
            _check_parameter(inner, f"tools-operations.{name}.parameters.{key}")
    for name, given in parameters.items():
        _check_parameter(given, f"tools-parameters.{name}")


def extension(endpoint: Endpoint, api: Api, key: str) -> Any:
    """An `x-…` key of an operation, or of its path item; None where neither has it."""
    if key in endpoint.extensions or api.document is None or not isinstance(endpoint.call, HttpCall):
        return endpoint.extensions.get(key)
    paths = api.document.get("paths")
    item = paths.get(endpoint.call.path) if isinstance(paths, Mapping) else None
    return item.get(key) if isinstance(item, Mapping) else None


def told(endpoint: Endpoint, api: Api, configured: Mapping[str, Any] | None) -> Told:
    """All that is said of an endpoint's tool.

    Args:
        endpoint: With the `x-mcp` of its operation among its extensions.
        api: With the configuration's `tooling` and, in its document, the `x-mcp` of all.
        configured: The configuration's table for this operation.
    """
    general = api.document.get("x-mcp") if api.document is not None else None
    written = extension(endpoint, api, "x-mcp")
    flawed: list[str] = []
    layers = [_document_layer(one, flawed) for one in (general, written)] + [dict(configured or {})]
    if not isinstance(general, (bool, Mapping)):
        layers = layers[1:]
    merged: dict[str, Any] = {}
    annotations: dict[str, Any] = {}
    documented: dict[str, ToldParameter] = {}
    for layer in layers:
        for key in _TEXTS:
            if layer.get(key):
                merged[key] = layer[key].strip()
        for key, turn in (("enabled", False), ("disabled", True), ("hidden", True)):
            if key in layer:
                merged["enabled"] = layer[key] is not turn
        annotations |= {k: v for k, v in layer.get("annotations", {}).items() if k in HINTS}
        annotations |= {_HINT_WORDS[k]: v for k, v in layer.items() if k in _HINT_WORDS}
    for layer in layers[:-1]:
        given = {n: _without_env(n, p, flawed) for n, p in layer.get("parameters", {}).items()}
        documented |= {name: _parameter(one) for name, one in given.items()}
    return Told(
        name=merged.get("name", ""), title=merged.get("title", ""), description=merged.get("description", ""),
        enabled=merged.get("enabled", True), annotations=annotations,
        parameters={name: _parameter(one) for name, one in layers[-1].get("parameters", {}).items()},
        everywhere={name: _parameter(given) for name, given in api.tooling.parameters.items()},
        documented=documented, flawed=tuple(flawed),
    )  # fmt: skip


def _document_layer(given: Any, flawed: list[str]) -> dict[str, Any]:
    if given is None:
        return {}
    if isinstance(given, bool):
        return {"enabled": given}
    found = list(_problems(given, _OPERATION))
    if isinstance(given, Mapping) and isinstance(given.get("parameters"), Mapping):
        for name, inner in given["parameters"].items():
            found += [f"parameters.{name}: {p}" for p in _parameter_problems(inner)]
    flawed += found
    return {} if found else dict(given)


def _without_env(name: str, given: Mapping[str, Any], flawed: list[str]) -> dict[str, Any]:
    if "env" in given:
        flawed.append(f"parameters.{name}: only the configuration may name an environment variable")
    return {k: v for k, v in given.items() if k != "env"}


def _check_parameter(given: Any, where: str) -> None:
    for problem in _parameter_problems(given):
        raise ConfigError(problem, where=where, hint=f"one of {', '.join(sorted(_PARAMETER))}")


def _parameter_problems(given: Any) -> list[str]:
    found = list(_problems(given, _PARAMETER))
    if not found and "env" in given and ("value" in given or not isinstance(given["env"], str) or not given["env"]):
        found.append("env names one environment variable, in place of a value")
    return found


def _problems(given: Any, known: set[str]) -> list[str]:
    if not isinstance(given, Mapping):
        return [f"this must be a table, not {given!r}"]
    found = [f"there is no key {key!r}" for key in given if key not in known]
    found += [f"{key} must be a text" for key in _TEXTS if not isinstance(given.get(key, ""), str)]
    flags = ("enabled", "disabled", "hidden", *_HINT_WORDS)
    found += [f"{key} must be true or false" for key in flags if not isinstance(given.get(key, True), bool)]
    found += [
        f"{k} must be a table" for k in ("parameters", "annotations") if not isinstance(given.get(k, {}), Mapping)
    ]
    return found


def _parameter(given: Mapping[str, Any]) -> ToldParameter:
    return ToldParameter(
        name=given.get("name", ""), description=given.get("description", "").strip(),
        hidden=given.get("hidden", "value" in given or "env" in given),
        value=given.get("value", NOTHING), env=given.get("env", ""),
    )  # fmt: skip
