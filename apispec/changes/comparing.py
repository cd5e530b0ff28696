"""Two documents in, every change with its kind, places and victims out."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from apispec.changes import access, messages, parameters
from apispec.changes.change import Change, Sides
from apispec.changes.kind import Level
from apispec.changes.lifecycle import Promises, lowered, stability
from apispec.changes.policy import Policy
from apispec.changes.prefixes import moved, without
from apispec.changes.views import OperationView, View, shape_of


def compare(
    base: dict[str, Any],
    revision: dict[str, Any],
    *,
    today: date | None = None,
    policy: Policy | None = None,
    promises: Promises | None = None,
    cut: list[str] | None = None,
) -> list[Change]:
    """Every change from one document to another, worst first, then by place.

    Args:
        base: The document that callers know, references local.
        revision: The document that is to replace it, likewise.
        today: For sunset dates; the real today by default.
        policy: Levels that are not the usual ones.
        promises: What may break, and how long deprecated operations stay.
        cut: Is told where in the revision the first schema is that lies too deep in others to be compared.
    """
    policy = policy or Policy()
    sides = Sides.of(View(base), View(revision), today or date.today(), policy, promises or Promises())
    with _deep():
        found = list(_Finder(sides).changes())
    if cut is not None and sides.schemas.cut is not None:
        cut.append(sides.schemas.cut.pointer)
    merged: dict[tuple[str, str, str, str], Change] = {}
    for change in found:
        if policy.level(change.kind) is None:
            continue
        key = (change.kind, change.old, change.new, change.message)
        if key in merged:
            known = merged[key]
            subjects = tuple(dict.fromkeys(known.subjects + change.subjects))
            merged[key] = replace(known, subjects=subjects, breaks=known.breaks or change.breaks)
        else:
            merged[key] = change
    order = list(Level)
    return sorted(
        merged.values(), key=lambda c: (order.index(c.level), c.subjects[:1], c.where, c.kind, c.message, c.new)
    )


@contextmanager
def _deep() -> Iterator[None]:
    """Schemas are compared inside each other, as deep as `Comparison` goes."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(max(before, 6_000))
    try:
        yield
    finally:
        sys.setrecursionlimit(before)


@dataclass
class _Finder:
    sides: Sides

    def __post_init__(self) -> None:
        self._moved = moved(self.sides.old, self.sides.new)

    def changes(self) -> Iterator[Change]:
        sides = self.sides
        ends = tuple(reversed(self._moved))
        before, after = (
            {url.removesuffix(end): server for url, server in view.servers.items() if url != end}
            for view, end in zip((sides.old, sides.new), ends, strict=True)
        )
        yield from access.servers(sides, before, after, ("/servers", "/servers"), ())
        yield from access.schemes(sides)
        yield from self._paths()
        yield from self._webhooks()

    # --- paths and operations

    def _paths(self) -> Iterator[Change]:
        cut, cut_new = self._moved
        same = {without(path, cut_new): path for path in self.sides.new.paths}
        by_shape = {shape_of(path): path for path in same}
        olds = {without(path, cut) for path in self.sides.old.paths}
        matched = set()
        for path, operations in self.sides.old.paths.items():
            rest = without(path, cut)
            other = rest if rest in same else by_shape.get(shape_of(rest))
            if other is None or (other != rest and other in olds):
                yield from self._path_removed(path, operations)
            else:
                matched.add(same[other])
                yield from self._operations(operations, self.sides.new.paths[same[other]])
        for path, operations in self.sides.new.paths.items():
            if path not in matched and operations:
                first = next(iter(operations.values()))
                change = self.sides.change(
                    "path-added", f"The path {path} is new.", "/paths", first.item_pointer, first
                )
                yield replace(change, subjects=tuple(view.title for view in operations.values()))

    def _path_removed(self, path: str, operations: Mapping[str, OperationView]) -> Iterator[Change]:
        removed = [self._removed(view) for view in operations.values()]
        if removed and all(change.kind != "operation-removed" for change in removed):
            yield from removed
        elif removed:
            for view in operations.values():
                yield self.sides.change("path-removed", f"The path {path} is gone.", view.item_pointer, "/paths", view)

    def _removed(self, view: OperationView) -> Change:
        sunset = view.sunset
        kind, least, text = "operation-removed", None, f"{view.title} is gone."
        if view.value.get("deprecated") is True:
            kind = "deprecated-operation-removed" if sunset is None else kind
            kind = "sunset-operation-removed" if sunset is not None and sunset <= self.sides.today else kind
            reason = self.sides.promises.gone_too_soon(view, self.sides.today)
            if reason:
                least, text = Level.BREAKING, f"{view.title} is gone, {reason}."
        return self.sides.change(kind, text, view.pointer, view.item_pointer, view, least=least)

    def _operations(self, old: Mapping[str, OperationView], new: Mapping[str, OperationView]) -> Iterator[Change]:
        for method, view in old.items():
            if method in new:
                yield from self._operation(view, new[method], flipped=False)
            else:
                parent = next(iter(new.values())).item_pointer if new else "/paths"
                yield replace(self._removed(view), new=parent)
        for method, view in new.items():
            if method not in old:
                parent = next(iter(old.values())).item_pointer if old else "/paths"
                yield self.sides.change("operation-added", f"{view.title} is new.", parent, view.pointer, view)

    def _operation(self, old: OperationView, new: OperationView, *, flipped: bool) -> Iterator[Change]:
        """Two editions of an operation; `flipped` where the server calls: webhooks and callbacks."""
        if old.value == new.value and old.item == new.item and self._rest_is_same(old, new):
            return
        yield from self._life(old, new)
        if flipped:
            yield from parameters.sent_by_the_server(self.sides, old, new)
        else:
            yield from parameters.sent_by_callers(self.sides, old, new)
        yield from messages.bodies(self.sides, old, new, flipped=flipped)
        yield from messages.responses(self.sides, old, new, flipped=flipped)
        if not flipped:
            yield from access.security(self.sides, old, new)
            if old.servers is not None or new.servers is not None:
                before = old.servers if old.servers is not None else self.sides.old.servers
                after = new.servers if new.servers is not None else self.sides.new.servers
                yield from access.servers(self.sides, before, after, (old.pointer, new.pointer), (old.title,))
        yield from self._callbacks(old, new)

    def _rest_is_same(self, old: OperationView, new: OperationView) -> bool:
        """Whether what an operation takes from elsewhere is the same, too."""
        shapes = self.sides.schemas
        return (
            shapes.old.is_unchanged(old.value, shapes.new)
            and shapes.old.is_unchanged(old.item, shapes.new)
            and old.path == new.path
            and old.security == new.security
            and (
                not self.sides.old.is_swagger
                or self.sides.old.data.get("consumes") == self.sides.new.data.get("consumes")
            )
            and (
                not self.sides.old.is_swagger
                or self.sides.old.data.get("produces") == self.sides.new.data.get("produces")
            )
        )

    def _life(self, old: OperationView, new: OperationView) -> Iterator[Change]:
        if old.name != new.name:
            places = (old.pointer, new.pointer)
            if not new.name:
                kind, text = "operation-id-removed", f"The operationId {old.name!r} is gone."
            elif not old.name:
                kind, text = "operation-id-added", f"It has an operationId now, {new.name!r}."
            else:
                kind, text = "operation-id-changed", f"{old.name!r} is called {new.name!r} now."
                places = (f"{old.pointer}/operationId", f"{new.pointer}/operationId")
            yield self.sides.change(kind, text, *places, old, name=new.name)
        was, now = old.value.get("deprecated") is True, new.value.get("deprecated") is True
        if was != now:
            kind = "operation-deprecated" if now else "operation-undeprecated"
            text = f"{old.title} is deprecated now." if now else f"{old.title} is not deprecated any more."
            least = None
            reason = self.sides.promises.too_soon(new.sunset, old, new, self.sides.today) if now else ""
            if reason:
                least, text = Level.BREAKING, f"{text.removesuffix('.')}, {reason}."
            place = f"{new.pointer}/deprecated" if now else new.pointer
            yield self.sides.change(kind, text, old.pointer, place, old, least=least)
        yield from self._stability(old, new)
        before, after = old.sunset, new.sunset
        if before != after:
            if before is None or after is None:
                kind = "sunset-withdrawn" if after is None else "sunset-announced"
            else:
                kind = "sunset-earlier" if after < before else "sunset-later"
            text, least = f"The sunset date {before or 'none'} became {after or 'none'}.", None
            reason = self.sides.promises.too_soon(after, old, new, self.sides.today) if after and was and now else ""
            if reason:
                least, text = Level.BREAKING, f"{text.removesuffix('.')}: {reason}."
            yield self.sides.change(kind, text, old.pointer, new.pointer, old, least=least)

    def _stability(self, old: OperationView, new: OperationView) -> Iterator[Change]:
        before, after = stability(old), stability(new)
        if before != after:
            kind = "stability-lowered" if lowered(before, after) else "stability-raised"
            yield self.sides.change(
                kind, f"{old.title} was {before}, it is {after} now.", old.pointer, new.pointer, old
            )

    # --- what the server calls

    def _callbacks(self, old: OperationView, new: OperationView) -> Iterator[Change]:
        before, after = old.callbacks, new.callbacks
        for key, one in before.items():
            if key in after:
                for change in self._operation(one, after[key], flipped=True):
                    yield replace(
                        change,
                        subjects=(old.title,),
                        where=f"callback {one.path.split()[0]}, {change.where}".rstrip(", "),
                    )
            else:
                text = f"The callback {one.path} is gone."
                yield self.sides.change(
                    "callback-removed", text, one.pointer, new.pointer, old, f"callback {one.path.split()[0]}"
                )
        for key, two in after.items():
            if key not in before:
                text = f"The callback {two.path} is new."
                yield self.sides.change(
                    "callback-added", text, old.pointer, two.pointer, old, f"callback {two.path.split()[0]}"
                )

    def _webhooks(self) -> Iterator[Change]:
        before = {
            (name, method): view for name, views in self.sides.old.webhooks.items() for method, view in views.items()
        }
        after = {
            (name, method): view for name, views in self.sides.new.webhooks.items() for method, view in views.items()
        }
        for key, one in before.items():
            title = (f"webhook {key[0]}",)
            if key in after:
                for change in self._operation(one, after[key], flipped=True):
                    yield replace(change, subjects=title)
            else:
                change = self.sides.change(
                    "webhook-removed", f"The webhook {key[0]} is gone.", one.pointer, "/webhooks", one
                )
                yield replace(change, subjects=title)
        for key, two in after.items():
            if key not in before:
                change = self.sides.change(
                    "webhook-added", f"The webhook {key[0]} is new.", "/webhooks", two.pointer, two
                )
                yield replace(change, subjects=(f"webhook {key[0]}",))
