"""Two documents in, every change with its kind, places and victims out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from apispec.changes.impact import Impact, impacts
from apispec.changes.keywords import At
from apispec.changes.kinds import Level, kinds
from apispec.changes.schemas import Comparison, Way
from apispec.changes.security import accepts, in_words, signature
from apispec.changes.shapes import Shapes
from apispec.changes.views import OperationView, ParameterView, View, shape_of


@dataclass(frozen=True)
class Change:
    """One change."""

    kind: str
    message: str
    """What changed, one sentence, without where."""
    old: str
    """Pointer in the base; of the nearest parent for what is new."""
    new: str
    """Pointer in the revision; of the nearest parent for what is gone."""
    subjects: tuple[str, ...]
    """The operations it belongs to, `GET /pets`; empty for the whole API."""
    where: str = ""
    """The part in words: "request body, `owner.name`"."""
    breaks: tuple[Impact, ...] = field(default=())
    """Who breaks, and how."""

    @property
    def level(self) -> Level:
        """What it does to callers."""
        return kinds()[self.kind].level


def compare(base: dict[str, Any], revision: dict[str, Any], *, today: date | None = None) -> list[Change]:
    """Every change from one document to another, worst first, then by place.

    Args:
        base: The document that callers know, references local.
        revision: The document that is to replace it, likewise.
        today: For sunset dates; the real today by default.
    """
    found = _Finder(View(base), View(revision), today or date.today()).changes()
    merged: dict[tuple[str, str, str, str], Change] = {}
    for change in found:
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


@dataclass
class _Finder:
    old: View
    new: View
    today: date

    def __post_init__(self) -> None:
        self.schemas = Comparison(Shapes(self.old.data), Shapes(self.new.data))

    def changes(self) -> Iterator[Change]:
        yield from self._servers(self.old.servers, self.new.servers, "/servers", "/servers", ())
        yield from self._schemes()
        yield from self._paths()
        yield from self._webhooks()

    def _say(
        self,
        kind: str,
        message: str,
        old: str,
        new: str,
        operation: OperationView | None,
        where: str = "",
        name: str = "",
    ) -> Change:
        subjects = (operation.title,) if operation else ()
        level = kinds()[kind].level
        breaks = impacts(kind, level, operation, name) if level is not Level.SAFE else ()
        return Change(kind, message, old, new, subjects, where, breaks)

    # --- paths and operations

    def _paths(self) -> Iterator[Change]:
        by_shape = {shape_of(path): path for path in self.new.paths}
        matched = set()
        for path, operations in self.old.paths.items():
            other = path if path in self.new.paths else by_shape.get(shape_of(path))
            if other is None or (other != path and other in self.old.paths):
                yield from self._path_removed(path, operations)
            else:
                matched.add(other)
                yield from self._operations(operations, self.new.paths[other])
        for path, operations in self.new.paths.items():
            if path not in matched and operations:
                first = next(iter(operations.values()))
                change = self._say("path-added", f"The path {path} is new.", "/paths", first.item_pointer, first)
                yield replace(change, subjects=tuple(view.title for view in operations.values()))

    def _path_removed(self, path: str, operations: Mapping[str, OperationView]) -> Iterator[Change]:
        removed = [self._removed(view) for view in operations.values()]
        if removed and all(change.kind != "operation-removed" for change in removed):
            yield from removed
        elif removed:
            for view in operations.values():
                yield self._say("path-removed", f"The path {path} is gone.", view.item_pointer, "/paths", view)

    def _removed(self, view: OperationView) -> Change:
        sunset = view.sunset
        kind = "operation-removed"
        if view.value.get("deprecated") is True:
            kind = "deprecated-operation-removed" if sunset is None else kind
            kind = "sunset-operation-removed" if sunset is not None and sunset <= self.today else kind
        return self._say(kind, f"{view.title} is gone.", view.pointer, view.item_pointer, view)

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
                yield self._say("operation-added", f"{view.title} is new.", parent, view.pointer, view)

    def _operation(self, old: OperationView, new: OperationView, *, flipped: bool) -> Iterator[Change]:
        """Two editions of an operation; `flipped` where the server calls: webhooks and callbacks."""
        if old.value == new.value and old.item == new.item and self._rest_is_same(old, new):
            return
        yield from self._life(old, new)
        yield from self._flipped_parameters(old, new) if flipped else self._parameters(old, new)
        yield from self._body(old, new, flipped)
        yield from self._responses(old, new, flipped)
        if not flipped:
            yield from self._security(old, new)
            if old.servers is not None or new.servers is not None:
                before = old.servers if old.servers is not None else self.old.servers
                after = new.servers if new.servers is not None else self.new.servers
                yield from self._servers(before, after, old.pointer, new.pointer, (old.title,))
        yield from self._callbacks(old, new)

    def _rest_is_same(self, old: OperationView, new: OperationView) -> bool:
        """Whether what an operation takes from elsewhere is the same, too."""
        shapes = self.schemas
        return (
            shapes.old.is_unchanged(old.value, shapes.new)
            and shapes.old.is_unchanged(old.item, shapes.new)
            and old.path == new.path
            and old.security == new.security
            and (not self.old.is_swagger or self.old.data.get("consumes") == self.new.data.get("consumes"))
            and (not self.old.is_swagger or self.old.data.get("produces") == self.new.data.get("produces"))
        )

    def _life(self, old: OperationView, new: OperationView) -> Iterator[Change]:
        if old.name != new.name and old.name and new.name:
            yield self._say(
                "operation-id-changed", f"{old.name!r} is called {new.name!r} now.",
                f"{old.pointer}/operationId", f"{new.pointer}/operationId", old, name=new.name,
            )  # fmt: skip
        was, now = old.value.get("deprecated") is True, new.value.get("deprecated") is True
        if was != now:
            kind = "operation-deprecated" if now else "operation-undeprecated"
            text = f"{old.title} is deprecated now." if now else f"{old.title} is not deprecated any more."
            yield self._say(kind, text, old.pointer, f"{new.pointer}/deprecated" if now else new.pointer, old)
        before, after = old.sunset, new.sunset
        if before != after:
            earlier = after is not None and (before is None or after < before)
            text = f"The sunset date {before or 'none'} became {after or 'none'}."
            yield self._say("sunset-earlier" if earlier else "sunset-later", text, old.pointer, new.pointer, old)

    # --- parameters

    def _parameters(self, old: OperationView, new: OperationView) -> Iterator[Change]:
        before, after = old.parameters, new.parameters
        for key, one in before.items():
            where = f"{one.place} parameter `{one.name}`"
            if key not in after:
                kind = "required-parameter-removed" if one.required else "parameter-removed"
                yield self._say(
                    kind,
                    "It is gone." + _perhaps_renamed(one, before, after),
                    one.pointer,
                    new.pointer,
                    old,
                    where,
                    one.name,
                )
                continue
            two = after[key]
            if one.place == "path" and one.name != two.name:
                text = f"The path parameter {one.name!r} is called {two.name!r} now."
                yield self._say("path-parameter-renamed", text, one.pointer, two.pointer, old, where, one.name)
            if one.required != two.required:
                kind = "parameter-became-required" if two.required else "parameter-became-optional"
                text = "It is required now." if two.required else "It is not required any more."
                yield self._say(kind, text, one.pointer, two.pointer, old, where, one.name)
            if one.style != two.style and self._is_compound(one.schema, two.schema):
                text = f"The style {one.written} became {two.written}."
                yield self._say("parameter-style-changed", text, one.pointer, two.pointer, old, where, one.name)
            if one.deprecated != two.deprecated:
                kind = "parameter-deprecated" if two.deprecated else "parameter-undeprecated"
                text = "It is deprecated now." if two.deprecated else "It is not deprecated any more."
                yield self._say(kind, text, one.pointer, two.pointer, old, where, one.name)
            yield from self._schema(one.schema, two.schema, "request", old, where, one.name)
        for key, two in after.items():
            if key not in before:
                kind = "required-parameter-added" if two.required else "parameter-added"
                where = f"{two.place} parameter `{two.name}`"
                text = "It is new and required." if two.required else "It is new."
                yield self._say(kind, text, old.pointer, two.pointer, old, where, two.name)

    def _is_compound(self, old: At, new: At) -> bool:
        """Whether lists or objects may be sent, which is where styles matter."""
        types = self.schemas.old.meaning(old).types | self.schemas.new.meaning(new).types
        return bool(types & {"array", "object"})

    def _flipped_parameters(self, old: OperationView, new: OperationView) -> Iterator[Change]:
        """Parameters that the server sends are read like properties of a response."""
        for key, one in old.parameters.items():
            where = f"{one.place} parameter `{one.name}`"
            two = new.parameters.get(key)
            if two is None:
                kind = "response-required-property-widened" if one.required else "response-property-widened"
                yield self._say(
                    kind, f"{one.name!r} is not sent any more.", one.pointer, new.pointer, old, where, one.name
                )
                continue
            if one.required != two.required:
                kind = f"response-required-{'narrowed' if two.required else 'widened'}"
                text = f"{one.name!r} is {'always' if two.required else 'not always'} sent."
                yield self._say(kind, text, one.pointer, two.pointer, old, where, one.name)
            yield from self._schema(one.schema, two.schema, "response", old, where, one.name)
        for key, two in new.parameters.items():
            if key not in old.parameters:
                kind = "response-required-property-narrowed" if two.required else "response-property-narrowed"
                where = f"{two.place} parameter `{two.name}`"
                yield self._say(kind, f"{two.name!r} is sent now.", old.pointer, two.pointer, old, where, two.name)

    # --- bodies and responses

    def _body(self, old: OperationView, new: OperationView, flipped: bool) -> Iterator[Change]:
        one, two = old.body, new.body
        if one is None and two is None:
            return
        if one is None or two is None:
            required = (one or two).required  # type: ignore[union-attr]
            added = one is None
            if flipped:
                kind = f"response-{'required-' if required else ''}property-{'narrowed' if added else 'widened'}"
            else:
                kind = f"{'required-' if required else ''}body-{'added' if added else 'removed'}"
            text = "There is a request body now." if added else "There is no request body any more."
            old_place = one.pointer if one else old.pointer
            new_place = two.pointer if two else new.pointer
            yield self._say(kind, text, old_place, new_place, old, "request body", "body")
            return
        if one.required != two.required:
            kind = "body-became-required" if two.required else "body-became-optional"
            if flipped:
                kind = f"response-required-{'narrowed' if two.required else 'widened'}"
            text = "It is required now." if two.required else "It is not required any more."
            yield self._say(kind, text, one.pointer, two.pointer, old, "request body", "body")
        places = (one.pointer, two.pointer)
        yield from self._content(
            one.content, two.content, "response" if flipped else "request", old, "request body", places
        )

    def _responses(self, old: OperationView, new: OperationView, flipped: bool) -> Iterator[Change]:
        before, after = old.responses, new.responses
        way: Way = "request" if flipped else "response"
        for status, one in before.items():
            where = f"response {status}"
            if status not in after:
                kind = "success-status-removed" if _is_success(status) else "error-status-removed"
                yield self._say(kind, "This status is gone.", one.pointer, new.pointer, old, where)
                continue
            two = after[status]
            places = (one.pointer, two.pointer)
            yield from self._content(one.content, two.content, way, old, where, places)
            for name, header in one.headers.items():
                inner = f"{where}, header `{header.name}`"
                other = two.headers.get(name)
                if other is None:
                    kind = "required-response-header-removed" if header.required else "response-header-removed"
                    yield self._say(kind, "It is gone.", header.pointer, two.pointer, old, inner)
                    continue
                if header.required != other.required:
                    kind = f"response-header-became-{'required' if other.required else 'optional'}"
                    text = f"It is {'always there now' if other.required else 'not always there any more'}."
                    yield self._say(kind, text, header.pointer, other.pointer, old, inner)
                yield from self._schema(header.schema, other.schema, way, old, inner, header.name)
            for name, other in two.headers.items():
                if name not in one.headers:
                    kind = "required-response-header-added" if other.required else "response-header-added"
                    text = "It is new."
                    yield self._say(kind, text, one.pointer, other.pointer, old, f"{where}, header `{other.name}`")
        for status, two in after.items():
            if status not in before:
                kind = "success-status-added" if _is_success(status) else "error-status-added"
                yield self._say(kind, "This status is new.", old.pointer, two.pointer, old, f"response {status}")

    def _content(
        self,
        old: dict[str, At],
        new: dict[str, At],
        way: Way,
        operation: OperationView,
        where: str,
        places: tuple[str, str],
    ) -> Iterator[Change]:
        for name in old:
            if name not in new:
                text = f"The media type {name} is gone."
                yield self._say(f"{way}-media-type-removed", text, places[0], places[1], operation, where)
        for name in new:
            if name not in old:
                text = f"The media type {name} is new."
                yield self._say(f"{way}-media-type-added", text, places[0], places[1], operation, where)
            else:
                inner = where if len(old) == 1 else f"{where} ({name})"
                yield from self._schema(old[name], new[name], way, operation, inner, "")

    def _schema(self, old: At, new: At, way: Way, operation: OperationView, where: str, name: str) -> Iterator[Change]:
        for found in self.schemas.differences(old, new, way):
            inner = f"{where}, `{found.dotted}`" if found.path else where
            argument = name or next((step for step in found.path if step[:1] not in ("[", "*")), "")
            message = (
                found.message if found.message.startswith("null") else found.message[:1].upper() + found.message[1:]
            )
            yield self._say(found.kind(way), f"{message}.", found.old, found.new, operation, inner, argument)

    # --- security and servers

    def _schemes(self) -> Iterator[Change]:
        for name, (old, pointer) in self.old.schemes.items():
            if name in self.new.schemes:
                new, place = self.new.schemes[name]
                if signature(old) != signature(new):
                    text = f"The security scheme {name!r} works in another way."
                    yield self._say("security-scheme-changed", text, pointer, place, None, f"security scheme `{name}`")

    def _security(self, old: OperationView, new: OperationView) -> Iterator[Change]:
        before, after = self._ways(old, self.old, self.new), self._ways(new, self.new, self.old)
        lost = [way for way in before if not any(accepts(other, way) for other in after)]
        gained = [way for way in after if not any(accepts(other, way) for other in before)]
        if lost:
            text = f"{in_words(lost)} is not enough any more."
            yield self._say("security-tightened", text, old.pointer, new.pointer, old, "security")
        if gained and not all(any(accepts(way, other) for other in lost) for way in gained):
            text = f"{in_words(gained)} is enough now."
            yield self._say("security-loosened", text, old.pointer, new.pointer, old, "security")
        elif gained and not lost:
            yield self._say(
                "security-loosened", f"{in_words(gained)} is enough now.", old.pointer, new.pointer, old, "security"
            )

    @staticmethod
    def _ways(view: OperationView, own: View, other: View) -> list[dict[str, frozenset[str]]]:
        """The ways to authenticate; a scheme that has only another name on the other side is called by what it is."""
        found = []
        for way in view.security:
            named = {}
            for name, scopes in way.items():
                known = name in other.schemes or name not in own.schemes
                named[name if known else signature(own.schemes[name][0])] = scopes
            found.append(named)
        return found

    def _servers(
        self, old: list[str], new: list[str], old_place: str, new_place: str, titles: tuple[str, ...]
    ) -> Iterator[Change]:
        for url in old:
            if url not in new and new:
                change = self._say(
                    "server-removed", f"The server {url or '/'} is gone.", old_place, new_place, None, "servers"
                )
                yield replace(change, subjects=titles)
        for url in new:
            if url not in old and old:
                change = self._say(
                    "server-added", f"The server {url or '/'} is new.", old_place, new_place, None, "servers"
                )
                yield replace(change, subjects=titles)

    # --- what the server calls

    def _callbacks(self, old: OperationView, new: OperationView) -> Iterator[Change]:
        before, after = old.callbacks, new.callbacks
        for key, one in before.items():
            if key in after:
                for change in self._operation(one, after[key], flipped=True):
                    yield replace(
                        change,
                        subjects=(old.title,),
                        where=f"callback {key[0].split()[0]}, {change.where}".rstrip(", "),
                    )
            else:
                text = f"The callback {key[0]} is gone."
                yield self._say(
                    "callback-removed", text, one.pointer, new.pointer, old, f"callback {key[0].split()[0]}"
                )
        for key, two in after.items():
            if key not in before:
                text = f"The callback {key[0]} is new."
                yield self._say("callback-added", text, old.pointer, two.pointer, old, f"callback {key[0].split()[0]}")

    def _webhooks(self) -> Iterator[Change]:
        before = {(name, method): view for name, views in self.old.webhooks.items() for method, view in views.items()}
        after = {(name, method): view for name, views in self.new.webhooks.items() for method, view in views.items()}
        for key, one in before.items():
            title = (f"webhook {key[0]}",)
            if key in after:
                for change in self._operation(one, after[key], flipped=True):
                    yield replace(change, subjects=title)
            else:
                change = self._say("webhook-removed", f"The webhook {key[0]} is gone.", one.pointer, "/webhooks", one)
                yield replace(change, subjects=title)
        for key, two in after.items():
            if key not in before:
                change = self._say("webhook-added", f"The webhook {key[0]} is new.", "/webhooks", two.pointer, two)
                yield replace(change, subjects=(f"webhook {key[0]}",))


def _is_success(status: str) -> bool:
    return status[:1] in ("1", "2", "3")


def _perhaps_renamed(
    one: ParameterView, before: dict[tuple[str, str], ParameterView], after: dict[tuple[str, str], ParameterView]
) -> str:
    """A word on a new parameter that looks like a gone one."""
    fresh = [two for key, two in after.items() if key not in before and two.place == one.place]
    alike = [two.name for two in fresh if two.schema.value == one.schema.value]
    return f" Perhaps it was renamed: {alike[0]!r} is new and has the same schema." if len(alike) == 1 else ""
