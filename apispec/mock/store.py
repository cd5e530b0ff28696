"""What `--stateful` keeps: resources that were created, by the collection's address, until the server ends.

A collection is a path, an item that path and one more variable: `/pets` and `/pets/{id}`. POST on the collection
creates, GET lists, GET, PUT, PATCH and DELETE on the item do what they say. Everything else is answered from examples.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from apispec.model import Api, Endpoint, HttpCall, Json
from apispec.runtime import Problem
from apispec.schemas import resolve, types

_ITEM = re.compile(r"(?P<collection>/.*[^/])/\{(?P<name>[^{}]+)\}")
MOST = 10_000
"""Items that are kept at most, the oldest giving way."""


@dataclass(slots=True)
class Store:
    """The resources of one server."""

    api: Api
    inventing: bool = False
    """Whether what was never created is answered as without a memory; what was deleted is not."""
    _gone: set[str] = field(default_factory=set)
    """Addresses of what was deleted."""
    _items: dict[str, dict[str, Json]] = field(default_factory=dict)
    """Collection's address → id → item."""
    _number: int = 0
    _items_of: dict[str, str] = field(init=False)
    """Path of a collection → the variable that names an item."""
    _collection_of: dict[str, str] = field(init=False)
    """Path of an item → the variable that names it."""

    def __post_init__(self) -> None:
        paths = {e.call.path for e in self.api.endpoints if isinstance(e.call, HttpCall)}
        found = {path: _ITEM.fullmatch(path) for path in paths}
        matches = {path: match for path, match in found.items() if match is not None}
        self._items_of = {m["collection"]: m["name"] for m in matches.values() if m["collection"] in paths}
        self._collection_of = {path: match["name"] for path, match in matches.items()}

    def answer(self, endpoint: Endpoint, path: str, values: Mapping[str, Json], body: Json, example: Json) -> Json:
        """The body of the answer to a call that succeeded.

        Args:
            endpoint: What was called.
            path: Its address as it came, without the query.
            values: The path's variables.
            body: What was sent.
            example: What would be answered without a memory.

        Raises:
            Problem: 404, there is no such item.
        """
        call = endpoint.call
        assert isinstance(call, HttpCall)
        if call.path in self._items_of and call.method in ("POST", "GET"):
            name = self._items_of[call.path]
            kept = self._items.setdefault(path.rstrip("/"), {})
            return (
                self._created(kept, name, body, example)
                if call.method == "POST"
                else _listed(list(kept.values()), example)
                if kept or not self.inventing
                else example
            )
        if call.path in self._collection_of and call.method in ("GET", "PUT", "PATCH", "DELETE"):
            name = self._collection_of[call.path]
            collection, _, _ = path.rstrip("/").rpartition("/")
            kept = self._items.setdefault(collection, {})
            key = str(values.get(name, ""))
            address = path.rstrip("/")
            if key not in kept and self.inventing and address not in self._gone:
                if call.method == "DELETE":
                    self._gone.add(address)
                return example
            if key not in kept:
                raise Problem(404, f"There is no {name} {key!r}: nothing with it was created here.")
            if call.method == "DELETE":
                gone = kept.pop(key)
                self._gone.add(address)
                return gone if isinstance(example, dict) and _alike(gone, example) else example
            if call.method == "PUT" and isinstance(body, dict):
                kept[key] = {**{k: v for k, v in _dict(kept[key]).items() if k in _ids(name)}, **body}
            elif call.method == "PATCH" and isinstance(body, dict):
                kept[key] = _merged(kept[key], body)
            return kept[key]
        return example

    def _created(self, kept: dict[str, Json], name: str, body: Json, example: Json) -> Json:
        self._number += 1
        item = dict(body) if isinstance(body, dict) else {"value": body}
        shown = _dict(example)
        own = next((key for key in _ids(name) if key in shown or key in item), "id")
        if own not in item or (own in shown and item[own] is None):
            item[own] = self._new_id(shown.get(own), name)
        key = str(item[own])
        if key in kept:
            raise Problem(409, f"There is a {name} {key!r} already.")
        item = {**shown, **item}
        kept[key] = item
        while sum(map(len, self._items.values())) > MOST:
            oldest = next(iter(next(filter(None, self._items.values()))))
            next(filter(None, self._items.values())).pop(oldest)
        return item

    def _new_id(self, like: Json, name: str) -> Json:
        wanted = like if like is not None else self._wanted(name)
        if isinstance(wanted, str):
            try:
                uuid.UUID(wanted)
            except ValueError:
                return str(self._number)
            return str(uuid.UUID(int=self._number, version=4))
        return self._number

    def _wanted(self, name: str) -> Json:
        """A value of the type that the path's variable has."""
        for endpoint in self.api.endpoints:
            found = next((p for p in endpoint.parameters if p.location == "path" and p.name == name), None)
            if found is not None:
                schema: Any = resolve(found.schema, self.api.schemas)
                text = "00000000-0000-4000-8000-000000000000" if _dict(schema).get("format") == "uuid" else ""
                return 0 if {"integer", "number"} & set(types(schema)) else text
        return 0


def _ids(name: str) -> list[str]:
    """The properties that may hold what a path's variable names: `petId` → `petId`, `id`."""
    return list(dict.fromkeys([name, "id", "uuid", "name" if name.lower().endswith("name") else "id"]))


def _listed(items: list[Json], example: Json) -> Json:
    """A list as the example has it: bare, or in the one property that holds a list."""
    if isinstance(example, dict):
        lists = [key for key, value in example.items() if isinstance(value, list)]
        if len(lists) == 1:
            counts = {
                k: len(items) for k, v in example.items() if isinstance(v, int) and k.lower() in ("total", "count")
            }
            return {**example, **counts, lists[0]: items}
        return example
    return items


def _merged(old: Json, new: Json) -> Json:
    """RFC 7396, JSON Merge Patch."""
    if not isinstance(new, dict):
        return new
    out = dict(old) if isinstance(old, dict) else {}
    for key, value in new.items():
        if value is None:
            out.pop(key, None)
        else:
            out[key] = _merged(out.get(key), value)
    return out


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _alike(a: Json, b: Json) -> bool:
    return isinstance(a, dict) and isinstance(b, dict) and bool(a.keys() & b.keys())
