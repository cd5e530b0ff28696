"""Falcon: the resources of a WSGI or ASGI app, by their compiled router."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from .building import METHODS, Route, document, title_of

_VARIABLE = re.compile(r"\{(?P<name>\w+)(?::(?P<kind>\w+)(?:\([^{}]*\))?)?\}")
_TYPES: dict[str, dict[str, Any]] = {
    "int": {"type": "integer"}, "float": {"type": "number"}, "uuid": {"type": "string", "format": "uuid"},
    "dt": {"type": "string", "format": "date-time"},
}  # fmt: skip


def describe(app: Any, module: str) -> dict[str, Any]:
    """A document made of its resources."""
    return document(title_of(module), _routes(app._router._roots))


def _routes(nodes: Any) -> Iterator[Route]:
    for node in nodes:
        if node.resource is not None:
            template = node.uri_template
            for method, responder in node.method_map.items():
                if method not in METHODS or not hasattr(responder, "__self__") or responder.__name__ == "on_options":
                    continue
                kind = type(responder.__self__).__name__
                yield Route(
                    path=_VARIABLE.sub(r"{\g<name>}", template),
                    methods=(method,),
                    function=responder,
                    variables={m["name"]: dict(_TYPES.get(m["kind"] or "", {"type": "string"}))
                               for m in _VARIABLE.finditer(template)},
                    name=f"{kind}_{responder.__name__}",
                    text="text/plain",
                )  # fmt: skip
        yield from _routes(node.children)
