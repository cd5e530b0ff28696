"""How often the static reader says what the importing one says: `python -m tests.introspection.static.agreement [MODULE...]`."""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from apispec.introspection import Options, introspect
from apispec.model import Api, Endpoint

MODULES = (
    "babel.lists", "babel.numbers", "click.decorators", "click.termui", "click.utils", "httpx._api", "jinja2.filters",
    "jinja2.utils", "packaging.tags", "packaging.utils", "requests.api", "requests.utils", "starlette.routing",
    "urllib3.util.request", "urllib3.util.url", "huggingface_hub.file_download", "statistics", "textwrap", "shlex", "difflib",
    "urllib.parse", "random",
)  # fmt: skip
"""Modules with hints or docstrings, of typed packages and of the standard library."""

FACTS = ("endpoint", "parameters", "required", "type", "default", "text", "result")


@dataclass
class Agreement:
    """Facts on which both readers agree, of those that the importing reader tells."""

    same: Counter[str] = field(default_factory=Counter)
    told: Counter[str] = field(default_factory=Counter)
    differing: list[tuple[str, str, Any, Any]] = field(default_factory=list)
    """Fact, subject, imported, static."""

    def count(self, fact: str, subject: str, imported: Any, static: Any) -> None:
        """Compare one."""
        self.told[fact] += 1
        if imported == static:
            self.same[fact] += 1
        else:
            self.differing.append((fact, subject, imported, static))

    def share(self, fact: str) -> float:
        """Agreed of told."""
        return self.same[fact] / self.told[fact] if self.told[fact] else 1.0


def compare(module: str, result: Agreement) -> None:
    """Read one module both ways and count."""
    imported = introspect(module, Options()).api
    static = introspect(module, Options(static=True)).api
    for endpoint in imported.endpoints:
        other = static.endpoint(endpoint.name)
        subject = f"{module}.{endpoint.name}"
        result.count("endpoint", subject, True, other is not None)
        if other is not None:
            _compare(subject, endpoint, imported, other, static, result)


def _compare(subject: str, one: Endpoint, imported: Api, two: Endpoint, static: Api, result: Agreement) -> None:
    result.count("text", subject, (one.summary, one.description), (two.summary, two.description))
    result.count("parameters", subject, [p.name for p in one.parameters], [p.name for p in two.parameters])
    for parameter in one.parameters:
        other = two.parameter(parameter.name)
        if other is None:
            continue
        name = f"{subject}({parameter.name})"
        result.count("required", name, parameter.required, other.required)
        result.count("default", name, parameter.default, other.default)
        result.count("type", name, inlined(parameter.schema, imported), inlined(other.schema, static))
    first = inlined(one.result.schema, imported) if one.result else None
    second = inlined(two.result.schema, static) if two.result else None
    result.count("result", subject, first, second)


def inlined(schema: Any, api: Api, depth: int = 0) -> Any:
    """A schema with its references replaced, to a depth that tells schemas apart; what is open is only that.

    Which open branches a union keeps (names that were not found) and which it leaves out (what nobody can send) differs
    with what each reader can find, and is not compared.
    """
    if isinstance(schema, list):
        return [inlined(item, api, depth) for item in schema]
    if not isinstance(schema, dict):
        return schema
    reference = schema.get("$ref")
    if isinstance(reference, str):
        if depth == 3:
            return "..."
        return inlined(api.schemas[reference.rpartition("/")[2]], api, depth + 1)
    found = {key: inlined(value, api, depth) for key, value in schema.items() if key != "x-python-type"}
    branches = found.get("anyOf")
    if isinstance(branches, list):
        closed = [branch for branch in branches if branch != {}]
        rest = {key: value for key, value in found.items() if key != "anyOf"}
        return {**rest, **closed[0]} if len(closed) == 1 else {**rest, "anyOf": closed}
    return found


def main() -> None:
    """Print how often, and where not."""
    result = Agreement()
    for module in sys.argv[1:] or MODULES:
        compare(module, result)
    for fact in FACTS:
        print(f"{fact:12} {result.same[fact]:5} of {result.told[fact]:5} {result.share(fact):7.1%}")
    for fact, subject, one, two in result.differing:
        print(f"{fact}: {subject}\n    {one!r:.200}\n    {two!r:.200}")


if __name__ == "__main__":
    main()
