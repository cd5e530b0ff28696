"""Three tools in place of many: one searches the others, one describes one of them, one calls it.

What they are called, what their schemas say, and what a search tells; the ranking is `search`, the MCP server calls.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from apispec.model import Api, HttpCall, Json
from apispec.tools.choosing import About, pinned
from apispec.tools.cutting import cut, length
from apispec.tools.hints import is_read_only
from apispec.tools.names import tool_name
from apispec.tools.search import Index
from apispec.tools.tool import Tool

MOST_FOUND = 20
_USUALLY = 5
_ARGUMENTS = 14
"""Arguments that a search tells of a tool."""
_LONGEST_TAGS = 500
_LONGEST_DESCRIPTION = 12_000
"""Characters of what is told of one tool."""


def is_dynamic(api: Api, count: int) -> bool:
    """Whether a server offers the tools that find the others.

    Args:
        api: With its `tooling`.
        count: How many tools there are.
    """
    given = api.tooling.dynamic
    return count > api.tooling.dynamic_above if given is None else given


class Catalogue:
    """All tools of an Api behind three.

    Args:
        api: Whose they are.
        tools: Every tool that can be called.
    """

    def __init__(self, api: Api, tools: Sequence[Tool]) -> None:
        self.api = api
        self.tools = {tool.name: tool for tool in tools}
        hints = {tool.endpoint.name: tool.annotations for tool in tools}
        names = {tool.endpoint.name: tool.name for tool in tools}
        about = About(lambda e: is_read_only(hints[e.name]), lambda e: names[e.name])
        pins = pinned(api, (tool.endpoint for tool in tools), about)
        self.pinned = [tool for tool in tools if tool.endpoint.name in pins]
        taken = set(self.tools)
        self.search_name, self.describe_name, self.call_name = (
            tool_name(name, taken) for name in ("search_tools", "describe_tool", "call_tool")
        )
        self._index: Index | None = None

    def entries(self) -> list[dict[str, Any]]:
        """What `tools/list` has: the three, and what is pinned."""
        return [self._search(), self._describe(), self._call(), *(tool.to_json() for tool in self.pinned)]

    @property
    def schemas(self) -> Mapping[str, dict[str, Any]]:
        """The input schemas of the three by their names."""
        return {entry["name"]: entry["inputSchema"] for entry in (self._search(), self._describe(), self._call())}

    def found(self, query: str, most: int = _USUALLY, tag: str = "") -> str:
        """What a search tells: the likeliest tools, each with its arguments; the groups where nothing is asked."""
        if not query.strip() and not tag:
            return self._groups()
        if self._index is None:
            self._index = Index(list(self.tools.values()))
        if query.strip():
            some = [f.tool for f in self._index.search(query, len(self.tools) if tag else most)]
        else:
            some = list(self.tools.values())
        if tag:
            some = [tool for tool in some if tag.casefold() in (t.casefold() for t in tool.endpoint.tags)]
        if not some:
            return f"No tool was found for {query!r}. Try other words. {self._groups()}"
        more = f"\n\n{len(some) - most} more; ask for them by limit." if len(some) > most else ""
        return "\n".join(map(_line, some[:most])) + f"\n\nCall one with {self.call_name}; * = required.{more}"

    def described(self, tool: Tool) -> str:
        """One tool in full, as JSON; its answer by the names of its fields alone where it is large."""
        entry = tool.to_json()
        output = tool.output_schema
        entry.pop("outputSchema", None)
        if output is not None:
            inner = output["properties"].get("result", output) if tool.wraps_result else output
            inner = inner.get("items", inner)
            fields = list(inner.get("properties", ()))
            entry |= {"answerFields": fields[:80]} if fields else {}
        shown = cut(entry, _LONGEST_DESCRIPTION)
        notes = f"\n{' '.join(shown.notes)}" if shown.notes else ""
        return json.dumps(shown.value, ensure_ascii=False) + notes

    def _groups(self) -> str:
        tags = Counter(tag for tool in self.tools.values() for tag in tool.endpoint.tags[:1])
        named = ", ".join(f"{tag} ({count})" for tag, count in tags.most_common(60))
        return f"There are {len(self.tools)} tools" + (f", by tag: {named}." if named else ".")

    def _search(self) -> dict[str, Any]:
        tags = Counter(tag for tool in self.tools.values() for tag in tool.endpoint.tags[:1])
        about = ""
        for tag, _ in tags.most_common():
            if len(about) + len(tag) > _LONGEST_TAGS:
                about += ", …"
                break
            about += f", {tag}" if about else tag
        description = f"Find the right ones among the {len(self.tools)} tools of {self.api.title}, by plain words."
        properties = {
            "query": {"type": "string", "description": "What is to be done: `open an issue in a repository`."},
            "limit": {"type": "integer", "minimum": 1, "maximum": MOST_FOUND, "default": _USUALLY},
            "tag": {"type": "string", "description": "Only tools with this tag."},
        }
        return _entry(
            self.search_name, f"{description} Tags: {about}." if about else description, properties, ["query"], True
        )

    def _describe(self) -> dict[str, Any]:
        properties = {"name": {"type": "string", "description": f"As {self.search_name} gives it."}}
        description = "Tell all about one tool: its description, the schema of its arguments, the fields of its answer."
        return _entry(self.describe_name, description, properties, ["name"], True)

    def _call(self) -> dict[str, Any]:
        properties: dict[str, Any] = {
            "name": {"type": "string", "description": f"As {self.search_name} gives it."},
            "arguments": {"type": "object", "description": "The tool's own arguments.", "additionalProperties": True},
            "fields": {
                "type": "array", "items": {"type": "string"},
                "description": "Only these fields of the answer, or of each of its items: `title`, `user.login`.",
            },
            "offset": {"type": "integer", "minimum": 0, "description": "Items of the answer to leave out first."},
            "limit": {"type": "integer", "minimum": 1, "description": "Items of the answer to give."},
            "answer": {
                "type": "string",
                "description": "Read on in an answer that was cut, by the id it came with, without calling again.",
            },
        }  # fmt: skip
        description = f"Call a tool that {self.search_name} finds. Ask for few fields where answers are large."
        entry = _entry(self.call_name, description, properties, [], all(map(_reads, self.tools.values())))
        if any(tool.annotations.get("destructiveHint") is True for tool in self.tools.values()):
            entry["annotations"]["destructiveHint"] = True
        return entry


def _reads(tool: Tool) -> bool:
    return is_read_only(tool.annotations)


def _entry(
    name: str, description: str, properties: dict[str, Any], required: Iterable[str], read_only: bool
) -> dict[str, Any]:  # fmt: skip
    schema: dict[str, Any] = {"type": "object", "properties": properties}
    if required:
        schema["required"] = list(required)
    annotations = {"readOnlyHint": True} if read_only else {}
    return {
        "name": name, "description": description, "inputSchema": {**schema, "additionalProperties": False},
        "annotations": annotations,
    }  # fmt: skip


def _line(tool: Tool) -> str:
    """A tool and its arguments, in three lines at most."""
    call = tool.endpoint.call
    place = f" [{call.method} {call.path}]" if isinstance(call, HttpCall) else ""
    summary = cut(tool.summary, 200).value
    required = tool.input_schema.get("required", ())
    properties = tool.input_schema["properties"]
    names = [*required, *(name for name in properties if name not in required)]
    told = [f"{name}{'*' if name in required else ''}: {_kind(properties[name])}" for name in names[:_ARGUMENTS]]
    if len(names) > _ARGUMENTS:
        told.append(f"{len(names) - _ARGUMENTS} more")
    return f"- {tool.name}: {summary}{place}\n  {', '.join(told) or 'no arguments'}"


def _kind(schema: Mapping[str, Json]) -> str:
    """The type of an argument in a word or two."""
    values = schema.get("enum")
    if isinstance(values, list) and values:
        text = "|".join(map(str, values))
        return text if length(text) <= 60 else f"{'|'.join(map(str, values[:3]))}|…"
    kind = schema.get("type")
    if kind == "array":
        items = schema.get("items")
        return f"{_kind(items)}[]" if isinstance(items, Mapping) else "array"
    if isinstance(kind, str):
        return kind
    branches = schema.get("anyOf") or schema.get("oneOf") or ()
    return "|".join(dict.fromkeys(_kind(b) for b in branches if isinstance(b, Mapping))) or "any"
