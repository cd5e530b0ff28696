"""Rules about the order in which things are written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from apispec.documents import METHODS
from apispec.rules.index import Index, Node
from apispec.rules.registry import Flaw, flaw, rule


@rule(group="style", level="off", on="document")
def tags_alphabetical(document: Node, index: Index, *, ignore_case: bool = True) -> Iterator[Flaw]:
    """Tags are not in alphabetical order.

    Where many people add tags, a fixed order avoids conflicts, and readers find what they look for.

    Wrong:
        tags: [{name: pets}, {name: owners}]

    Right:
        tags: [{name: owners}, {name: pets}]
    """
    previous = ""
    for node in index.by_kind["tag"]:
        name = node.value.get("name")
        if not isinstance(name, str):
            continue
        if previous and _key(name, ignore_case) < _key(previous, ignore_case):
            yield flaw(f"The tag {name!r} belongs before {previous!r}.", node=node)
        previous = name


def _key(name: str, ignore_case: bool) -> str:
    return name.casefold() if ignore_case else name


_ORDER = ("get", "head", "post", "put", "patch", "delete", "options", "trace", "query")


@rule(group="style", level="off", on="path-item")
def path_http_verbs_order(item: Node, index: Index, *, order: Sequence[str] = _ORDER) -> Iterator[Flaw]:
    """The methods of a path are not in the usual order.

    Readers of the file look for what reads first, and for what deletes last.

    Wrong:
        /pets: {post: {}, get: {}}

    Right:
        /pets: {get: {}, post: {}}
    """
    wanted = {str(method).lower(): position for position, method in enumerate(order)}
    present = [method for method in item.value if method in METHODS and method in wanted]
    for one, two in pairwise(present):
        if wanted[two] < wanted[one]:
            yield flaw(f"`{two}` belongs before `{one}`.", two, hint=f"The order: {', '.join(map(str, order))}.")
