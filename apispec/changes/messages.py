"""Changes of request bodies and responses: status codes, headers, media types, and what they hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from apispec.changes import parameters
from apispec.changes.aspects import Way
from apispec.changes.change import Change, Sides
from apispec.changes.kind import Level
from apispec.changes.parts import FORMS, Encoding, MediaView, ResponseView
from apispec.changes.views import OperationView

Pair = tuple[str | None, str | None]


def bodies(sides: Sides, old: OperationView, new: OperationView, *, flipped: bool) -> Iterator[Change]:
    """What changes in a request body; `flipped` where the server sends it."""
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
        old_place, new_place = one.pointer if one else old.pointer, two.pointer if two else new.pointer
        yield sides.change(kind, text, old_place, new_place, old, "request body", "body")
        return
    if one.required != two.required:
        kind = "body-became-required" if two.required else "body-became-optional"
        if flipped:
            kind = f"response-required-{'narrowed' if two.required else 'widened'}"
        text = "It is required now." if two.required else "It is not required any more."
        yield sides.change(kind, text, one.pointer, two.pointer, old, "request body", "body")
    way: Way = "response" if flipped else "request"
    yield from _content(sides, one.content, two.content, way, old, "request body", (one.pointer, two.pointer))


def responses(sides: Sides, old: OperationView, new: OperationView, *, flipped: bool) -> Iterator[Change]:
    """What changes in the responses; `flipped` where callers answer the server."""
    before, after = old.responses, new.responses
    way: Way = "request" if flipped else "response"
    for status, other, fate in _paired(before, after, _covering_status):
        narrow = other if status is None or fate == "narrowed" else status
        where = f"response {narrow}"
        one, two = before.get(status or ""), after.get(other or "")
        places = one.pointer if one else old.pointer, two.pointer if two else new.pointer
        if fate != "same":
            group = "success" if _is_success(narrow or "") else "error"
            kind, text = _STATUS[group, fate]
            was_told = fate == "widened" and other in before and other != "default"
            if was_told and group == "success":
                text = "It is not told apart any more; {1} says what is answered."
            least = Level.BREAKING if flipped and (group, fate) == ("success", "narrowed") else None
            most = Level.SAFE if was_told or (flipped and fate in ("new", "widened")) else None
            yield sides.change(kind, text.format(status, other), *places, old, where, least=least, most=most)
        if one and two:
            yield from _content(sides, one.content, two.content, way, old, where, places)
            yield from _headers(sides, one, two, way, old, where)
            yield from _links(sides, one, two, old, where)


def _links(
    sides: Sides, one: ResponseView, two: ResponseView, operation: OperationView, where: str
) -> Iterator[Change]:
    for name, (said, pointer) in one.links.items():
        if name not in two.links:
            text = f"The link {name!r} is gone."
            yield sides.change("response-link-removed", text, f"{one.pointer}/links", two.pointer, operation, where)
        elif two.links[name][0] != said:
            text = f"The link {name!r} leads elsewhere, or hands over something else."
            yield sides.change("response-link-changed", text, pointer, two.links[name][1], operation, where)
    for name in [name for name in two.links if name not in one.links]:
        text = f"The link {name!r} is new."
        yield sides.change("response-link-added", text, one.pointer, f"{two.pointer}/links", operation, where)


_STATUS = {
    ("success", "gone"): ("success-status-removed", "This status is gone."),
    ("success", "new"): ("success-status-added", "This status is new."),
    ("success", "widened"): ("success-status-range-widened", "Where it was {0}, it may be any of {1} now."),
    ("success", "narrowed"): ("success-status-range-narrowed", "Where it could be any of {0}, it is {1} now."),
    ("error", "gone"): ("error-status-removed", "This status is gone."),
    ("error", "new"): ("error-status-added", "This status is new."),
    ("error", "widened"): ("error-status-removed", "This status is gone; {1} says what is answered."),
    ("error", "narrowed"): ("error-status-added", "This status is new; {0} said what is answered."),
}


def _paired(
    before: Iterable[str], after: Iterable[str], covering: Callable[[str, list[str]], str]
) -> Iterator[tuple[str | None, str | None, str]]:
    """Names of both sides that belong together, and what became of the first.

    Args:
        before: Names in the base.
        after: Names in the revision.
        covering: Which of some names contains a name (`2XX`, `*/*`); empty for none.
    """
    olds, news = list(before), list(after)
    wider = {name: covering(name, news) for name in olds if name not in news}
    narrower = {name: covering(name, olds) for name in news if name not in olds}
    for name in olds:
        if name in news:
            yield name, name, "same"
        elif wider[name]:
            yield name, wider[name], "widened"
        elif name not in narrower.values():
            yield name, None, "gone"
    for name, holder in narrower.items():
        if holder:
            yield holder, name, "narrowed"
        elif name not in wider.values():
            yield None, name, "new"


def _covering_status(status: str, others: list[str]) -> str:
    if status[:1] + "XX" in others:
        return status[:1] + "XX"
    is_error = not _is_success(status) or any(map(_is_success, others))
    return "default" if "default" in others and (not _is_success(status) or not is_error) else ""


def _is_success(status: str) -> bool:
    return status[:1] in ("1", "2", "3")


def _covering_media_type(name: str, others: list[str]) -> str:
    return next((other for other in (name.partition("/")[0] + "/*", "*/*") if other in others and other != name), "")


def _headers(
    sides: Sides, one: ResponseView, two: ResponseView, way: Way, operation: OperationView, where: str
) -> Iterator[Change]:
    for name, header in one.headers.items():
        inner = f"{where}, header `{header.name}`"
        other = two.headers.get(name)
        if other is None:
            kind = "required-response-header-removed" if header.required else "response-header-removed"
            yield sides.change(kind, "It is gone.", header.pointer, two.pointer, operation, inner)
            continue
        if header.required != other.required:
            kind = f"response-header-became-{'required' if other.required else 'optional'}"
            text = f"It is {'always there now' if other.required else 'not always there any more'}."
            yield sides.change(kind, text, header.pointer, other.pointer, operation, inner)
        if header.style != other.style and parameters.is_written_otherwise(sides, header, other):
            text = f"The style {header.written} became {other.written}."
            yield sides.change("response-header-style-changed", text, header.pointer, other.pointer, operation, inner)
        if header.deprecated != other.deprecated:
            kind = f"response-header-{'' if other.deprecated else 'un'}deprecated"
            text = f"It is deprecated {'now' if other.deprecated else 'no more'}."
            yield sides.change(kind, text, header.pointer, other.pointer, operation, inner)
        yield from sides.schema_changes(header.schema, other.schema, way, operation, inner, header.name)
    for name, other in two.headers.items():
        if name not in one.headers:
            kind = "required-response-header-added" if other.required else "response-header-added"
            inner = f"{where}, header `{other.name}`"
            yield sides.change(kind, "It is new.", one.pointer, other.pointer, operation, inner)


def _content(
    sides: Sides,
    old: dict[str, MediaView],
    new: dict[str, MediaView],
    way: Way,
    operation: OperationView,
    where: str,
    places: tuple[str, str],
) -> Iterator[Change]:
    for name, other, fate in _paired(old, new, _covering_media_type):
        if fate != "same":
            kind, text = _MEDIA[fate]
            most = Level.SAFE if fate == "widened" and other in old else None  # the range was told of before
            yield sides.change(f"{way}-{kind}", text.format(name, other), *places, operation, where, most=most)
        if name and other:
            inner = where if len(old) == 1 else f"{where} ({other if fate == 'narrowed' else name})"
            one, two = old[name], new[other]
            fields = _texts(sides, one, two) if way == "request" and name in FORMS else None
            yield from sides.schema_changes(one.schema, two.schema, way, operation, inner, fields=fields)
            yield from sides.schema_changes(one.items, two.items, way, operation, f"{inner}, each item")
            if way == "request":
                yield from _encodings(sides, one, two, operation, inner, places)


def _texts(sides: Sides, one: MediaView, two: MediaView) -> dict[str, bool]:
    """Fields of a form that are written as texts, and whether once for each item of a list.

    What a media type is given for, that is no plain text, is written in that form instead.
    """
    names = {name for shape in sides.schemas.old.meaning(one.schema).alternatives for name in shape.properties}
    found = {}
    for name in names:
        said = [media.encoding.get(name, Encoding()) for media in (one, two)]
        if all(set(encoding.types) <= {"text/plain"} for encoding in said):
            found[name] = all(encoding.style.split()[:2] in ([], ["form", "True"]) for encoding in said)
    return found


_MEDIA = {
    "gone": ("media-type-removed", "The media type {0} is gone."),
    "new": ("media-type-added", "The media type {1} is new."),
    "widened": ("media-range-widened", "The media type {0} became {1}."),
    "narrowed": ("media-range-narrowed", "The media type {0} became {1}."),
}


def _encodings(
    sides: Sides, one: MediaView, two: MediaView, operation: OperationView, where: str, places: tuple[str, str]
) -> Iterator[Change]:
    """How the fields of forms are sent."""
    for name in dict.fromkeys([*one.encoding, *two.encoding]):
        before, after = one.encoding.get(name, Encoding()), two.encoding.get(name, Encoding())
        inner = f"{where}, `{name}`"
        lost = [kind for kind in before.types or ["*/*"] if after.types and not _is_among(kind, after.types)]
        gained = [kind for kind in after.types or ["*/*"] if before.types and not _is_among(kind, before.types)]
        if lost:
            text = f"It may be {' or '.join(after.types)} only."
            yield sides.change("encoding-narrowed", text, *places, operation, inner, name)
        if gained:
            text = f"It may be {' or '.join(gained)}, too."
            yield sides.change("encoding-widened", text, *places, operation, inner, name)
        if before.style != after.style:
            yield sides.change("encoding-style-changed", "It is sent in another form.", *places, operation, inner, name)
        for header in sorted(after.required - before.required):
            text = f"Its part must have the header {header} now."
            yield sides.change("part-header-became-required", text, *places, operation, inner, name)
        for header in sorted(before.required - after.required):
            text = f"Its part need not have the header {header} any more."
            yield sides.change("part-header-became-optional", text, *places, operation, inner, name)


def _is_among(name: str, names: tuple[str, ...]) -> bool:
    return name in names or bool(_covering_media_type(name, list(names)))
