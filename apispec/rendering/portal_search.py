"""One search over several APIs: what search knows of each (`pages.search`), with addresses from the site's root."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from apispec.rendering.pages.search import MOST, SHARD, index_files, read_script

Content = str | bytes


@dataclass(frozen=True)
class _Part:
    """What search knows of one API."""

    at: str
    index: Mapping[str, Any]
    shards: Mapping[str, Any]


def search_of_all(parts: Sequence[tuple[str, str, Mapping[str, Content]]], *, more: bool = False) -> dict[str, str]:
    """The index and the shards of all, by path.

    Args:
        parts: Of each API its name, its folder, which ends in a slash, and its pages and assets by path.
        more: Whether the site has pages of other kinds.
    """
    read = [_read(at, files) for _name, at, files in parts]
    names: dict[str, int] = {}
    tags: list[list[Any]] = []
    ops: list[list[Any]] = []
    for part in read:
        for title, method, href, path, name, tag, params, *rest in part.index["ops"]:
            own = [names.setdefault(part.index["names"][number], len(names)) for number in params]
            address = part.at + (href or f"reference/{name or title}/")
            ops.append([title, method, address, path, name, tag + len(tags), own, *rest])
        tags += _below(part, "tags")
    data = {
        "apis": [[name, at] for name, at, _files in parts],
        "tags": tags,
        "names": list(names),
        "ops": ops,
        "schemas": [one for part in read for one in _below(part, "schemas")],
        "webhooks": [one for part in read for one in _below(part, "webhooks")],
        **({"more": 1} if more else {}),
    }
    return index_files(data, _shards(read, len(ops)))


def _read(at: str, files: Mapping[str, Content]) -> _Part:
    prefix, ending = SHARD.split("{}")
    found = {path[len(prefix) : -len(ending)]: str(text) for path, text in files.items() if path.startswith(prefix)}
    read = {name: read_script(text) for name, text in found.items()}
    index = read.pop("index")
    return _Part(at, index, read["words"] if index.get("whole") else read)


def _below(part: _Part, kind: str) -> list[list[Any]]:
    return [[title, part.at + href] for title, href in part.index[kind]]


def _shards(parts: Sequence[_Part], operations: int) -> dict[str, Any]:
    """The shards with the places of documents and of places in what all have together: the operations of all come
    before the components of all.
    """
    made: dict[str, dict[str, list[tuple[int, int]]]] = {}
    places: dict[str, int] = {}
    first, behind = 0, operations
    for part in parts:
        own = len(part.index["ops"])
        where = [places.setdefault(place, len(places)) for place in part.shards.get("places", ())]
        for shard, words in part.shards.items():
            for word, flat in words.items() if shard != "places" else ():
                found = made.setdefault(shard, {}).setdefault(word, [])
                for document, place in zip(flat[::2], flat[1::2], strict=True):
                    number = first + document if document < own else behind + document - own
                    found.append((number, where[place - 1] + 1 if place else 0))
        first += own
        behind += len(part.index["schemas"])
    shards: dict[str, Any] = {
        shard: {word: [n for pair in _first(found) for n in pair] for word, found in sorted(words.items())}
        for shard, words in made.items()
    }
    if places:
        shards["places"] = list(places)
    return shards


def _first(found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    return sorted(found, key=lambda pair: (not pair[1], pair[0]))[:MOST]
