"""Every shape that an endpoint's calls can have, for the page's script: it chooses one by what the reader typed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from apispec.literals import LocalFile
from apispec.model import Api, Endpoint, HttpCall, Json, MediaType
from apispec.recent import recent
from apispec.requests import BodyKind, Request, request, ways
from apispec.schemas import closure, is_file, is_file_data, walk
from apispec.snippets.context import SnippetContext, gradio_context, http_context

_FLAGS = ("null", "inexact", "files", "binary_files", "typed_parts")
"""What of a context depends on the arguments, besides the kind of the body."""

Flags = tuple[str, ...]
_FILES: tuple[Flags, ...] = (("files",), ("files", "binary_files"))


def variant(context: SnippetContext) -> str:
    """The part of a shape that depends on the arguments: `json`, `json inexact`, `multipart files`."""
    return " ".join([context.body, *(flag for flag in _FLAGS if getattr(context, flag))])


def shapes(endpoint: Endpoint, api: Api) -> dict[str, SnippetContext]:
    """The shapes of an endpoint's calls by `variant`: with and without a body, files, null, large numbers. Those of
    other ways to authenticate than the first have the ending that `endings` tells.
    """
    if not isinstance(endpoint.call, HttpCall):
        base = gradio_context(endpoint, {}, api)
        plain = [_with(base, flags) for flags in ((), *(_FILES if _takes_files(endpoint, api) else ()))]
        return {variant(context): context for context in plain}
    found: dict[str, SnippetContext] = {}
    for ending, base in _bases(endpoint, api).items():
        for body in _bodies(endpoint):
            for flags in _flags(endpoint, body):
                context = _with(replace(base, body=body), flags)
                found[variant(context) + ending] = context
    return found


def endings(endpoint: Endpoint, api: Api) -> list[str]:
    """What the names of shapes end with, for each of the endpoint's `ways` of authenticating."""
    if not isinstance(endpoint.call, HttpCall):
        return []
    known = {context: ending for ending, context in _bases(endpoint, api).items()}
    return [known[context] for context in _contexts(endpoint, api)]


def _bases(endpoint: Endpoint, api: Api) -> dict[str, SnippetContext]:
    """The different shapes that the ways to authenticate make, by their ending: none, ` #1`…"""
    different = dict.fromkeys(_contexts(endpoint, api))
    return {f" #{number}" if number else "": context for number, context in enumerate(different)}


@recent
def _contexts(endpoint: Endpoint, api: Api) -> list[SnippetContext]:
    count = max(len(ways(endpoint, api)), 1)
    return [http_context(endpoint, request(endpoint, {}, api, way=number), api) for number in range(count)]


def _bodies(endpoint: Endpoint) -> Iterator[BodyKind]:
    locations = {p.location for p in endpoint.parameters}
    assert isinstance(endpoint.call, HttpCall)
    own = Request(method="", url="", media_type=endpoint.call.media_type).body_kind
    if "body" not in locations:
        yield "none"
    if locations & {"body", "form", "file"}:
        yield own
    if endpoint.request_body is not None:
        media = endpoint.request_body.content[0] if endpoint.request_body.content else MediaType()
        kind = Request(method="", url="", media_type=media.type).body_kind
        yield from ("text", "json", "file") if "*" in media.type else (kind, "file") if kind == "text" else (kind,)
        if kind == "form" and any(
            {"style", "explode", "allowReserved"} & said.keys() for said in media.encoding.values()
        ):
            yield "text"  # delimiters are kept


def _flags(endpoint: Endpoint, body: BodyKind) -> tuple[Flags, ...]:
    if body == "json":
        return ((), ("inexact",), *([("null",)] if endpoint.request_body is not None else []))
    if body == "file":
        return _FILES
    if body != "multipart":
        return ((),)
    plain: tuple[Flags, ...] = ((), *_FILES)
    typed = tuple((*flags, "typed_parts") for flags in plain) if endpoint.request_body is not None else ()
    return (*plain, *typed)


def _with(context: SnippetContext, flags: Flags) -> SnippetContext:
    return replace(
        context,
        null="null" in flags,
        inexact="inexact" in flags,
        files="files" in flags,
        binary_files="binary_files" in flags,
        typed_parts="typed_parts" in flags,
    )


def _takes_files(endpoint: Endpoint, api: Api) -> bool:
    """Whether files can be among the arguments of a Gradio endpoint."""
    return any(
        p.location == "file"
        or _holds_file(p.default.value if p.default else None)
        or any(is_file_data(s, api.schemas) for s in walk(p.schema))
        or any(is_file_data(s, api.schemas) for s in closure(p.schema, api.schemas).values())
        for p in endpoint.parameters
    )


def _holds_file(value: Json) -> bool:
    if isinstance(value, list):
        return any(map(_holds_file, value))
    return (
        isinstance(value, LocalFile)
        or is_file(value)
        or (isinstance(value, dict) and any(map(_holds_file, value.values())))
    )
