"""The names of all tools of an Api."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from apispec.model import Api, Endpoint, GradioCall
from apispec.tools.choosing import method_of, short_name
from apispec.tools.names import operation_name, server_name, tool_name
from apispec.tools.told import Told


class ToolNames:
    """The names of all tools: those that somebody chose first, so that no other one takes them."""

    def __init__(self, api: Api, endpoints: list[Endpoint], said: Mapping[str, Told]) -> None:
        self.server = server_name(api.title)
        self._said = said
        self._short = Counter(short_name(e) for e in api.public_endpoints)
        self.taken: set[str] = set()
        self._chosen: dict[str, str] = {}
        for endpoint in endpoints:
            wanted = said[endpoint.name].name
            if wanted:
                self._chosen[endpoint.name] = tool_name(wanted, self.taken)
                self.taken.add(self._chosen[endpoint.name])

    def wanted(self, endpoint: Endpoint) -> str:
        """What it is to be called, whether that is possible or not."""
        short = short_name(endpoint)
        return self._said[endpoint.name].name or (short if self._short[short] == 1 else endpoint.name)

    def name(self, endpoint: Endpoint) -> str:
        """A name of its own."""
        if endpoint.name in self._chosen:
            return self._chosen[endpoint.name]
        call = endpoint.call
        path = call.api_name if isinstance(call, GradioCall) else call.path
        address = operation_name("call" if isinstance(call, GradioCall) else call.method, path)
        if path.isascii():
            otherwise = tool_name(address)
        else:
            otherwise = tool_name(f"{method_of(endpoint)} {path}".lower()).replace("tool_", f"{address}_")
        found = tool_name(self.wanted(endpoint), self.taken, otherwise)
        self.taken.add(found)
        return found
