"""Answers as views: results, other answers, and what webhooks and callbacks send, each with an example."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from http import HTTPStatus
from typing import Any

from markupsafe import Markup

from apispec import examples as example
from apispec.examples import NoExampleError
from apispec.literals import json_text
from apispec.model import Api, Endpoint, Example, GradioCall, Json, MediaType, Response, Result, Schema
from apispec.rendering.openapi_shared import INVALID_ARGUMENTS, PROBLEM, PROBLEM_MEDIA_TYPE
from apispec.rendering.pages.beside import encodings, led_to, of_link, whole_schema, with_more
from apispec.rendering.pages.code import code
from apispec.rendering.pages.descriptions import markdown
from apispec.rendering.pages.fields import Fields
from apispec.rendering.pages.layout import Layout
from apispec.rendering.pages.text import escape, one_line
from apispec.rendering.pages.views import CodeView, FieldView, LinkView, MediaView, ResponseView
from apispec.requests import essence, is_json, is_written, is_xml, is_yaml
from apispec.snippets import gradio_context
from apispec.words import N_, _

_EVENT = frozenset({"id", "event", "data", "retry"})
"""The fields of a server-sent event (WHATWG HTML, 9.2)."""

_LEXERS = {"text/html": "html", "text/markdown": "markdown"}
_LABELS = {"xml": "XML", "yaml": "YAML"}
_RANGES = {"2": N_("Success"), "3": N_("Redirect"), "4": N_("Client error"), "5": N_("Server error")}
_MOST_EXAMPLES = 8
_LONGEST_EXAMPLE = 4_000
"""Characters of one of several examples; all of them are in the document."""
_KINDS = {"2": "success", "3": "redirect", "4": "client-error", "5": "server-error"}


class Answers:
    """Makes the views of answers for one page.

    Args:
        api: The Api.
        layout: Where everything is.
        page: The path of the page that shows the views.
        fields: Makes the views of schemas for that page.
    """

    def __init__(self, api: Api, layout: Layout, page: str, fields: Fields) -> None:
        self.api = api
        self.layout = layout
        self.page = page
        self.linked = Fields(api.schemas, fields.href, layout.plain_fields, unfold=False)
        self.fields = self.linked if layout.brief else fields

    def result(self, endpoint: Endpoint) -> ResponseView | None:
        """What an endpoint answers when all goes well; None where nobody says."""
        result = endpoint.result
        if result is None:
            return None
        shown = None if not result.media_type or result.is_file else self._result_example(endpoint, result)
        kind = self.fields.type(result.schema) if result.media_type else None
        if result.is_file:
            kind = escape(_("file"))
        elif result.streaming:
            kind = Markup(_("stream of {type}", type="\0")).replace("\0", self.fields.type(result.schema))
        view = self._answer(
            result.status, result.description, kind, result.media_type, result.schema, result.headers, shown
        )
        gradio = isinstance(endpoint.call, GradioCall) and gradio_context(endpoint, {}, self.api).download
        outputs = tuple(
            self.fields.value(f.name, f.schema, description=f.description, gradio=gradio) for f in result.fields
        )
        links = self._links(result.links)
        if outputs:  # each shows its own
            view = replace(view, content=None)
        more = given_examples(MediaType(type=result.media_type, examples=result.examples), shown is not None)
        types, media = other_media(result.schema, result.other_content, self.fields.value)
        return replace(
            view,
            outputs=outputs,
            other_types=types,
            media=media,
            links=links,
            examples=more,
        )

    def _result_example(self, endpoint: Endpoint, result: Result) -> CodeView | None:
        call = endpoint.call
        if result.schema in ({}, True) and not result.examples and self.api.document is not None:
            return None  # whatever is made up says nothing
        if not result.streaming and not is_json(result.media_type) and not isinstance(call, GradioCall):
            media = MediaType(type=result.media_type, schema=result.schema, examples=result.examples)
            return self._text_example(media)
        whole = [one for one in result.examples if isinstance(one.value, str) and "\n" in one.value.strip()]
        if result.streaming and whole:  # the text of several events or lines, whatever the schema of one is
            return code(_("Events"), whole[0].value, "text")
        try:
            value = example.result(endpoint, self.api)
        except NoExampleError:
            return None
        if isinstance(call, GradioCall):
            data = json_text(_outputs(call, result, value))
            first = f"event: generating\ndata: {data}\n\n" if result.streaming else ""
            return code(_("Events"), f"{first}event: complete\ndata: {data}\n", "text")
        if result.streaming and result.media_type == "text/event-stream":
            return code(_("Events"), _events(value, self.api), "text")
        return self._json(value)

    def response(self, response: Response, endpoint: Endpoint) -> ResponseView:
        """Any other answer of an endpoint."""
        media = response.content[0] if response.content else None
        shown = None
        if media is not None and not self._is_told_elsewhere(media):
            json = is_json(media.type)
            shown = self._media_example(media, response, endpoint) if json else self._text_example(media)
        schema = whole_schema(media) if media is not None else {}
        kind = self.fields.type(schema) if media is not None else None
        if schema in (PROBLEM, INVALID_ARGUMENTS):
            kind, schema = escape(_("problem details")), {}
        view = self._answer(
            response.status,
            response.description,
            kind,
            media.type if media is not None else "",
            schema,
            response.headers,
            shown,
            fields=self.linked,  # every endpoint answers errors with the same few components
        )
        more = given_examples(media, shown is not None) if media is not None else ()
        types, views = other_media(schema, response.content[1:], self.linked.value)
        return replace(
            view,
            other_types=types,
            media=views,
            links=self._links(response.links),
            examples=more,
        )

    def _is_told_elsewhere(self, media: MediaType) -> bool:
        """Whether the page of the component that this is has the example that would be made up here."""
        alone = isinstance(media.schema, dict) and media.schema.keys() == {"$ref"}
        return self.layout.brief and alone and not media.examples

    def _media_example(self, media: MediaType, response: Response, endpoint: Endpoint) -> CodeView | None:
        if media.schema in (PROBLEM, INVALID_ARGUMENTS) and not media.examples:
            return self._json(_problem(response, endpoint))
        return self._received(media)

    def _received(self, media: MediaType) -> CodeView | None:
        """JSON that the API sends: the first given example, or one that fits."""
        if media.examples:
            return self._json(media.examples[0].value)
        try:
            return self._json(example.received(media.schema, self.api))
        except NoExampleError:
            return None

    def _json(self, value: Json) -> CodeView:
        return code("JSON", json_text(value, indent=2), "json", plain=self.layout.brief)

    def _text_example(self, media: MediaType) -> CodeView | None:
        """An answer that is no JSON: written where that is known how, else the text that was given."""
        lexer = _lexer(media.type)
        if is_written(media.type):
            text = example.text(media, self.api)
        else:
            text = next((e.value for e in media.examples if isinstance(e.value, str)), "")
        return code(_LABELS.get(lexer, _("Text")), text, lexer) if text else None

    def _answer(
        self,
        status: str,
        description: str,
        kind: Markup | None,
        media_type: str,
        schema: Schema,
        headers: dict[str, Any],
        shown: CodeView | None,
        *,
        fields: Fields | None = None,
    ) -> ResponseView:
        return ResponseView(
            status=status,
            kind=_KINDS.get(status[:1], "other"),
            phrase=phrase(status),
            description=markdown(description),
            plain_description=description,
            type=kind,
            plain_type=kind.striptags() if kind is not None else "",
            media_type="" if media_type == "application/json" else media_type,
            content=(fields or self.fields).value("", schema),
            headers=tuple(self._header(n, header) for n, header in headers.items() if isinstance(header, dict)),
            example=shown,
        )

    def _header(self, name: str, header: dict[str, Any]) -> FieldView:
        """A Header Object."""
        schema = header.get("schema", True)
        if "schema" not in header and isinstance(header.get("content"), dict):
            schema = next(
                (m["schema"] for m in header["content"].values() if isinstance(m, dict) and "schema" in m), True
            )
        view = self.fields.value(name, schema, description=str(header.get("description", "")))
        given = (
            [value.get("value") for value in header["examples"].values() if isinstance(value, dict)]
            if isinstance(header.get("examples"), dict)
            else []
        )
        given += [header["example"]] if "example" in header else []
        examples = tuple((json_text(value), "") for value in given)
        return replace(
            view,
            required=header.get("required") is True,
            deprecated=view.deprecated or header.get("deprecated") is True,
            examples=tuple(dict.fromkeys((*examples, *view.examples))),
            printed={},
        )

    def sample(self, endpoint: Endpoint) -> CodeView | None:
        """What a webhook or callback sends."""
        media = next(iter(endpoint.request_body.content if endpoint.request_body else ()), None)
        if media is None:
            return None
        return self._received(media) if is_json(media.type) else self._text_example(media)

    def _links(self, links: dict[str, Any]) -> tuple[LinkView, ...]:
        found = []
        for name, link in links.items():
            if not isinstance(link, dict):
                continue
            target = led_to(link, self.api)
            href = self.layout.endpoint(self.page, target) if target in self.layout.anchors else ""
            words = "; ".join(filter(None, (one_line(str(link.get("description", ""))), of_link(link))))
            found.append(LinkView(text=one_line(name), href=href, note=words))
        return tuple(found)


def _outputs(call: GradioCall, result: Result, value: Json) -> list[Json]:
    """What an event of a Gradio call carries for a result: all outputs, those included that are always null."""
    data = list(value) if len(result.fields) > 1 and isinstance(value, list) else [value]
    for position in call.silent_outputs:
        data.insert(position, None)
    return data


def phrase(status: str) -> str:
    """The standard phrase of a status code; what ranges and `default` mean."""
    try:
        return HTTPStatus(int(status)).phrase  # as servers send it
    except ValueError:
        return _(_RANGES.get(status[:1], N_("Any other")))


def _lexer(media_type: str) -> str:
    """What colours the texts of a media type."""
    if is_xml(media_type):
        return "xml"
    return "yaml" if is_yaml(media_type) else _LEXERS.get(essence(media_type), "text")


def other_media(
    schema: Schema, content: Sequence[MediaType], view: Callable[[str, Schema], FieldView]
) -> tuple[tuple[str, ...], tuple[MediaView, ...]]:
    """Further media types: the names of those that are the same but for that, and views of those that are not.

    Args:
        schema: What the first media type has.
        content: The others.
        view: Makes the view of a schema.
    """
    names, views = [], []
    for media in content:
        inner, words = whole_schema(media), encodings(media)
        same = inner in (schema, {}, True) and not words
        if same and not media.examples:
            names.append(media.type)
        else:
            shown = None if same else view("", inner)
            if shown is not None and words:
                said = with_more(shown.plain_description, words)
                shown = replace(shown, description=markdown(said), plain_description=said)
            views.append(MediaView(type=media.type, content=shown, examples=_given(media, media.examples)))
    return tuple(names), tuple(views)


def named_examples(media: MediaType) -> tuple[CodeView, ...]:
    """The examples of a media type by their names, where there are several or something is said of one; a few, and
    none that is long.
    """
    told = len(media.examples) > 1 or any(one.description or one.summary for one in media.examples)
    return _given(media, media.examples if told else ())


def given_examples(media: MediaType, first_is_shown: bool) -> tuple[CodeView, ...]:
    """`named_examples` of an answer, of which one may be shown already."""
    first = media.examples[:1] if first_is_shown else ()
    if first and not (first[0].description or first[0].summary):
        return _given(media, media.examples[1:])
    return named_examples(media)


def _given(media: MediaType, examples: Sequence[Example]) -> tuple[CodeView, ...]:
    found = []
    for one in examples[:_MOST_EXAMPLES]:
        as_text = isinstance(one.value, str) and not is_json(media.type)
        text = one.value if as_text else json_text(one.value, indent=2)
        if len(text) > _LONGEST_EXAMPLE:
            text = text[:_LONGEST_EXAMPLE].rsplit("\n", 1)[0] + "\n…"
        view = code(one_line(one.summary or one.name) or media.type, text, _lexer(media.type) if as_text else "json")
        found.append(replace(view, description=markdown(one.description), plain_description=one.description))
    return tuple(found)


def _events(value: Json, api: Api) -> str:
    """A stream of events that carries a value; what its events are called is known where apispec sends them."""
    if api.source == "functions":
        return f"event: generating\ndata: {json_text(value)}\n\nevent: complete\ndata: null\n"
    if isinstance(value, dict) and "data" in value and value.keys() <= _EVENT:  # OpenAPI 3.2 describes whole events
        return "".join(f"{name}: {_bare(part)}\n" for name, part in value.items())
    text = _bare(value)
    return text if text.startswith(("data:", "event:", "id:", ":")) else f"data: {text}\n"


def _bare(value: Json) -> str:
    return value if isinstance(value, str) else json_text(value)


def others(endpoint: Endpoint, api: Api) -> tuple[Response, ...]:
    """The other answers, those that every plain function has included (as in its OpenAPI document)."""
    if api.source != "functions" or isinstance(endpoint.call, GradioCall):
        return endpoint.responses
    problem = MediaType(type=PROBLEM_MEDIA_TYPE, schema=PROBLEM)
    found = [
        r if r.content else Response(status=r.status, description=r.description, content=(problem,), headers=r.headers)
        for r in endpoint.responses
    ]
    if endpoint.parameters and not any(r.status == "422" for r in found):
        invalid = MediaType(type=PROBLEM_MEDIA_TYPE, schema=INVALID_ARGUMENTS)
        found.append(Response(status="422", description=_("The arguments do not fit."), content=(invalid,)))
    return tuple(found)


def _problem(response: Response, endpoint: Endpoint) -> Json:
    status = int(response.status) if response.status.isdigit() else 400
    if response.status == "422":
        required = [p for p in endpoint.parameters if p.required] or list(endpoint.parameters)
        name = required[0].name.replace("~", "~0").replace("/", "~1")
        return {
            "type": "about:blank",
            "title": "Invalid arguments",
            "status": 422,
            "detail": "The arguments do not fit the documented parameters.",
            "errors": [{"pointer": f"/{name}", "message": "Field required", "received": "nothing"}]
            if required[0].required
            else [{"pointer": f"/{name}", "message": "Not valid", "received": "object"}],
        }
    return {
        "type": "about:blank",
        "title": phrase(response.status),
        "status": status,
        "detail": one_line(response.description),
    }
