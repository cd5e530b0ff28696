"""What is to be proven: each public endpoint in each language over each protocol, and each tool."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from apispec import examples as example
from apispec.introspection import is_invented
from apispec.model import Api, Endpoint, HttpCall, Json, Schema
from apispec.rendering import over_gradio
from apispec.schemas import types, variants
from apispec.snippets import Snippet, snippets
from apispec.snippets import languages as known_languages
from apispec.tools import as_sent, tools

Protocol = Literal["http", "gradio", "mcp"]

RUNNERS: dict[str, tuple[str, ...]] = {
    "python": (sys.executable,),
    "javascript": ("node",),
    "curl": ("sh",),
    "axios": ("node",),
    "go": ("go", "run"),
    "httpie": ("sh",),
    "httpx": (sys.executable,),
    "java": ("java",),
    "perl": ("perl",),
    "php": ("php",),
    "r": ("Rscript",),
    "ruby": ("ruby",),
    "wget": ("sh",),
}
"""Language → the program that runs its snippets. Those that have to be compiled first are not among them."""

_USUAL = ("python", "javascript", "curl")
_CALLED = {"curl": "curl", "httpie": "http", "wget": "wget"}
"""What snippets of a shell call."""

PROTOCOLS: tuple[Protocol, ...] = ("http", "gradio", "mcp")


@dataclass(frozen=True, slots=True)
class Case:
    """One thing to prove."""

    api: Api
    """As seen through the protocol."""
    endpoint: Endpoint
    protocol: Protocol
    language: str
    """`tool` for protocol `mcp`."""
    arguments: dict[str, Json]
    """What must arrive."""
    runner: tuple[str, ...] = ()
    fed: bool = False
    """Whether earlier answers gave some of the arguments, so that the code is not the one that is shown."""
    environment: Mapping[str, str] = field(default_factory=dict)
    """Credentials that earlier answers gave, by the variable that the code takes them from."""
    step: str = ""
    """For a step of a workflow: `WORKFLOW/STEP`."""

    @property
    def name(self) -> str:
        """`add http/python`."""
        return f"{self.label} {self.protocol}/{self.language}"

    @property
    def label(self) -> str:
        """What it is in a report: the endpoint's name, for a step of a workflow that step's."""
        return self.step or self.endpoint.name

    def snippet(self, base_url: str) -> Snippet:
        """The code, for a server at that address."""
        given = self.arguments if self.fed else None
        return snippets(self.api, self.endpoint, arguments=given, languages=[self.language], base_url=base_url)[0]

    @property
    def column(self) -> tuple[str, str, tuple[str, ...]]:
        """What it is run with: cases of one column are one run."""
        return self.protocol, self.language, self.runner


def cases(
    api: Api,
    *,
    protocols: Sequence[Protocol] = PROTOCOLS,
    languages: Sequence[str] = (),
    endpoints: Sequence[str] = (),
    shells: Sequence[str] = ("sh",),
    refused: dict[tuple[str, str], str] | None = None,
) -> list[Case]:
    """Every case, endpoint by endpoint.

    Args:
        api: As it was read.
        protocols: Which ones.
        languages: Ids of languages; Python, JavaScript and cURL where empty.
        endpoints: Names; all where empty.
        shells: Programs for cURL snippets, each a case of its own.
        refused: Is told, by endpoint and language, why a language cannot make a call.
    """
    tooled = {tool.endpoint.name for tool in tools(api)} if "mcp" in protocols else set()
    views = {"http": api, "gradio": over_gradio(api)}
    found = []
    for endpoint in api.public_endpoints:
        if (endpoints and endpoint.name not in endpoints) or not endpoint.callable:
            continue
        arguments = example.arguments(endpoint, api)
        for protocol in protocols:
            if protocol == "mcp":
                if endpoint.name not in tooled:
                    continue
                sent = as_sent(endpoint)
                shown = arguments if sent is endpoint else example.arguments(sent, api)
                found.append(Case(api, sent, protocol, "tool", shown))
                continue
            view = views[protocol]
            seen = view.endpoint(endpoint.name)
            if seen is None or seen.protocol != protocol:
                continue
            known = {language.id for language in known_languages(protocol)}
            why: dict[str, str] = {}
            wanted = [language for language in languages or _USUAL if language in known]
            for snippet in snippets(view, seen, languages=wanted, refused=why):
                language = snippet.language.id
                for shell in shells if language == "curl" else ("",):
                    runner = (shell,) if shell else RUNNERS[language]
                    found.append(Case(view, seen, protocol, language, arguments, runner))
            if refused is not None and languages:
                refused |= {(endpoint.name, language): reason for language, reason in why.items()}
    return found


def has_mcp_path(api: Api) -> bool:
    """Whether an endpoint is where the tools would be, so that the server has no tools there."""
    return any(isinstance(e.call, HttpCall) and e.call.path == "/mcp" for e in api.public_endpoints)


def unprovable(endpoint: Endpoint) -> str:
    """Why no call of an endpoint can be meant to succeed, empty where one can."""
    if endpoint.result is None and endpoint.callable and endpoint.location.file and isinstance(endpoint.call, HttpCall):
        return "it never returns"
    return ""


def unknown(endpoint: Endpoint) -> str:
    """Why the example of a call may be none that the function takes; empty where its parameters are described."""
    shown = endpoint.examples[0].value if endpoint.examples else None
    given = shown.keys() if isinstance(shown, dict) else ()
    names = [
        p.name
        for p in endpoint.parameters
        if p.name not in given
        and not any(not is_invented(one.value) for one in p.examples)
        and ((p.required and _says_nothing(p.schema)) or (p.kind.startswith("var") and _says_nothing(_items(p.schema))))
    ]
    listed = " and ".join(names)
    return (
        f"nothing says what {listed} {'is' if len(names) == 1 else 'are'}: a hint or an example would" if names else ""
    )


def _says_nothing(schema: Schema) -> bool:
    """Whether it says nothing about what it holds: all of it, or each row of a table."""
    if isinstance(schema, bool) or not schema.keys() - _WORDS:
        return True
    branches = [one for one in variants(schema) if one != {"type": "null"}]
    if branches:
        return _says_nothing(branches[0])
    if not {"array", "object"}.issuperset(types(schema)):
        return False
    return not schema.keys() - _WORDS - _CONTAINER and _says_nothing(_items(schema))


_WORDS = {"title", "description", "examples", "x-python-type"}
_CONTAINER = {"type", "items", "additionalProperties"}


def _items(schema: Schema) -> Schema:
    """What `*args` and `**kwargs` hold."""
    if isinstance(schema, bool):
        return schema
    inner: Any = schema.get("items", schema.get("additionalProperties", True))
    return inner if isinstance(inner, dict) else True


def missing_programs(found: Sequence[Case]) -> list[str]:
    """Programs that cases need and that are not installed."""
    needed = dict.fromkeys(case.runner[0] for case in found if case.runner)
    needed |= {_CALLED[case.language]: None for case in found if case.language in _CALLED}
    return [program for program in needed if shutil.which(program) is None]
