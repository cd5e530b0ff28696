"""What search knows: a small index of everything that has a name, which answers at the first keystroke and which the
navigation is made of where the page does not hold it, and shards with the words of fields and descriptions, of which a
query loads those that it needs.

Scripts, not JSON: a page that is read from a file may load no other. Each calls `apispec.found` with its name and data.

    index   {tags: [[title, address]], names: [parameter's name], schemas: [[name, address]],
             webhooks: [[name, address]],
             ops: [[title, method, address, path, name, tag, [parameter], [status], deprecated, summary]]}
             tag and parameter are places in `tags` and `names`; what equals the title, or `reference/NAME/`, is 0
             and `whole`: 1 where all shards are in one script, `words`: {shard: …};
             and `more`: 1 where there is a script of other pages: `pages`, [[title, address, text]]
             and `apis`: [[name, folder]] where the site has several
    shard   {word: [document, where, …]}: two numbers each; a document is a place in `ops`, or behind them in `schemas`;
             where is 0 for the description, or else one more than a place in `places`
    places  […]: where in a document a word was found, as people read it: "request body → data → followers"
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from apispec.model import Api, Endpoint, Schema
from apispec.rendering.pages.endpoints import in_short, method_of, title_of
from apispec.rendering.pages.layout import OVERVIEW, Layout
from apispec.rendering.pages.navigation import in_order
from apispec.rendering.pages.text import one_line
from apispec.schemas import BUDGET, Schemas, ref_name, resolve
from apispec.words import _

INDEX = "assets/search/index.js"

SHARD = "assets/search/{}.js"

LONGEST = 120
"""Characters of a summary, at most."""

WHOLE = 120_000
"""Shards that have fewer characters together are one script, `words`."""

DEPTH = 3
"""How many objects inside each other are searched for fields."""

FIELDS = 80
"""So many fields of a body or an answer are searched, those further out first."""

MOST = 120
"""A word that is in more places than these says little: the first ones are kept."""

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+|[^\W\d_a-zA-Z]+")
_PROSE = re.compile(r"[^\W_]{3,24}")
_SHORT = frozenset(
    [
        "the",
        "and",
        "for",
        "that",
        "this",
        "with",
        "are",
        "you",
        "can",
        "will",
        "not",
        "from",
        "have",
        "has",
        "was",
        "were",
        "its",
        "use",
        "used",
        "using",
        "when",
        "which",
        "your",
        "any",
        "all",
        "but",
        "see",
        "more",
        "than",
        "into",
        "out",
        "also",
        "only",
        "must",
        "may",
        "should",
        "https",
        "http",
        "com",
        "docs",
        "www",
    ]
)
"""Words of descriptions that nobody looks for."""


def files(api: Api, layout: Layout, *, more: bool = False) -> dict[str, str]:
    """The index and the shards, by path.

    Args:
        api: The Api.
        layout: Where everything is.
        more: Whether the site has pages of other kinds, in `assets/search/pages.js`.
    """
    index = _Index(api, layout)
    return index_files({**index.data(), **({"more": 1} if more else {})}, index.shards())


def index_files(data: Mapping[str, Any], shards: Mapping[str, Any]) -> dict[str, str]:
    """The scripts of an index and its shards, by path."""
    shards = dict(sorted(shards.items()))
    whole = _script("words", shards)
    if len(whole) < WHOLE:
        return {INDEX: _script("index", {**data, "whole": 1}), SHARD.format("words"): whole}
    made = {SHARD.format(name): _script(name, words) for name, words in shards.items()}
    return {INDEX: _script("index", data), **made}


def read_script(text: str) -> Any:
    """The data in such a script."""
    return json.loads(text[text.index(",") + 1 : text.rindex(")")])


def words(text: str) -> list[str]:
    """The words of a name, lower case: `createIssue` and `create_issue` are both `create`, `issue`."""
    return [word.lower() for word in _WORD.findall(text)]


def shard(word: str) -> str:
    """Where a word is kept: its first two letters, or `_` for words of other alphabets."""
    return word[:2] if re.fullmatch(r"[a-z0-9]{2}", word[:2]) else "_"


def _script(name: str, data: Any) -> str:
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return f"apispec.found({json.dumps(name)},{text.replace(chr(0x2028), ' ').replace(chr(0x2029), ' ')});\n"


class _Index:
    def __init__(self, api: Api, layout: Layout) -> None:
        self.api = api
        self.layout = layout
        self.schemas = in_order(api.schemas)
        self._places: dict[str, int] = {}
        self._found: dict[str, dict[int, int]] = {}
        """Word → document → where."""
        self._fields: dict[tuple[str, int], list[tuple[str, ...]]] = {}

    def data(self) -> dict[str, Any]:
        layout = self.layout
        names: dict[str, int] = {}
        ops = []
        for tag, group in enumerate(layout.groups):
            for endpoint in group.endpoints:
                href = layout.endpoint(OVERVIEW, endpoint.name)
                title = one_line(title_of(endpoint, self.api))
                call = endpoint.call
                ops.append([
                    title,
                    method_of(endpoint),
                    0 if href == f"reference/{endpoint.name}/" else href,
                    call.path,
                    0 if endpoint.name == title else endpoint.name,
                    tag,
                    [names.setdefault(p.name, len(names)) for p in endpoint.parameters],
                    sorted({answer.status for answer in (*endpoint.responses, endpoint.result) if answer}),
                    int(endpoint.deprecated),
                    *([summary] if (summary := in_short(endpoint)[:LONGEST]) not in ("", title) else []),
                ])  # fmt: skip
        return {
            "tags": [[group.title, layout.group(OVERVIEW, group)] for group in layout.groups],
            "names": list(names),
            "ops": ops,
            "schemas": [[name, layout.schema(OVERVIEW, name)] for name in self.schemas],
            "webhooks": [[webhook.name, layout.webhook(OVERVIEW, webhook.name)] for webhook in self.api.webhooks],
        }

    def shards(self) -> dict[str, Any]:
        number = 0
        for group in self.layout.groups:
            for endpoint in group.endpoints:
                self._operation(number, endpoint)
                number += 1
        for name in self.schemas:
            schema = self.api.schemas[name]
            self._schema(number, schema, "", name)
            if isinstance(schema, dict):
                self._prose(number, str(schema.get("description", "")))
                self._told(number, schema.get("properties"))
            number += 1
        made: dict[str, Any] = {}
        for word in sorted(self._found):
            postings = sorted(self._found[word].items(), key=lambda pair: (not pair[1], pair[0]))[:MOST]
            flat = [number for pair in postings for number in pair]
            made.setdefault(shard(word), {})[word] = flat
        if self._places:
            made["places"] = list(self._places)
        return made

    def _operation(self, number: int, endpoint: Endpoint) -> None:
        for parameter in endpoint.parameters:
            if parameter.location in ("body", "form", "file"):
                self._schema(number, parameter.schema, _("request body") + f" → {parameter.name}", "")
            self._prose(number, parameter.description, _("parameter {name}", name=parameter.name))
        body = endpoint.request_body
        for media in body.content[:1] if body else ():
            self._schema(number, media.schema, _("request body"), "")
        if endpoint.result:
            self._schema(number, endpoint.result.schema, _("answer"), "", depth=1)
        for response in endpoint.responses:
            self._prose(number, response.description, _("answer {status}", status=response.status))
        self._prose(number, endpoint.description)

    def _schema(self, number: int, schema: Schema, place: str, name: str, depth: int = DEPTH) -> None:
        for path in self._paths(schema, depth, name):
            where = " → ".join(filter(None, [place, *path]))
            for word in words(path[-1]):
                self._add(word, number, where)

    def _told(self, number: int, properties: Any) -> None:
        """What is said of a component's fields."""
        for name, schema in properties.items() if isinstance(properties, dict) else ():
            if isinstance(schema, dict) and schema.get("description"):
                self._prose(number, str(schema["description"]), _("field {name}", name=name))

    def _paths(self, schema: Schema, depth: int, name: str = "") -> list[tuple[str, ...]]:
        """The fields of a schema, those further out first."""
        key = (ref_name(schema) or name, depth)
        if key[0] and key in self._fields:
            return self._fields[key]
        found = _paths(schema, self.api.schemas, depth)
        if key[0]:
            self._fields[key] = found
        return found

    def _prose(self, number: int, text: str, where: str = "") -> None:
        for word in set(_PROSE.findall(text[:4000].lower())) - _SHORT:
            self._add(word, number, where)

    def _add(self, word: str, number: int, where: str) -> None:
        documents = self._found.setdefault(word, {})
        place = self._places.setdefault(where, len(self._places)) + 1 if where else 0
        if number not in documents or (place and not documents[number]):
            documents[number] = place


def _paths(schema: Schema, schemas: Schemas, depth: int) -> list[tuple[str, ...]]:
    """The fields of a schema, as deep as that, those further out first; those that are found in so many steps."""
    left = BUDGET.fields
    found: list[tuple[str, ...]] = []
    level: list[tuple[tuple[str, ...], Schema, tuple[str, ...]]] = [((), schema, ())]
    for _step in range(depth):
        below: list[tuple[tuple[str, ...], Schema, tuple[str, ...]]] = []
        waiting = level[::-1]
        while waiting and left > 0 and len(found) < FIELDS:
            left -= 1
            path, schema, seen = waiting.pop()
            name = ref_name(schema)
            target = resolve(schema, schemas)
            inside = (*seen, name) if name else seen
            if name in seen or not isinstance(target, dict) or len(inside) > 12:
                continue
            properties = target.get("properties")
            for field, inner in properties.items() if isinstance(properties, dict) else ():
                found.append((*path, str(field)))
                below.append((found[-1], inner, inside))
            parts = [target[key] for key in ("items", "additionalProperties") if isinstance(target.get(key), dict)]
            for key in ("allOf", "anyOf", "oneOf"):
                parts += target[key] if isinstance(target.get(key), list) else []
            waiting += ((path, part, inside) for part in reversed(parts))
        level = below
    return found[:FIELDS]
