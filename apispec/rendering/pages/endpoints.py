"""Endpoints as views: what is said about each on its page. Types are made in `fields`, snippets in `snippets`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from http import HTTPStatus
from typing import Any

from markupsafe import Markup

from apispec import example
from apispec.body_text import is_yaml
from apispec.call import base_url, is_json
from apispec.example import NoExampleError
from apispec.literals import json_text
from apispec.model import Api, Endpoint, GradioCall, Json, MediaType, Response, Result, Schema
from apispec.rendering.openapi_shared import INVALID_ARGUMENTS, PROBLEM, PROBLEM_MEDIA_TYPE
from apispec.rendering.pages.code import highlight
from apispec.rendering.pages.context import (
    CodeView,
    EndpointView,
    FieldView,
    GroupView,
    LinkView,
    RequestView,
    ResponseView,
    TabsView,
)
from apispec.rendering.pages.descriptions import inline, is_safe_link, markdown
from apispec.rendering.pages.fields import Fields, choices, constraints
from apispec.rendering.pages.layout import OVERVIEW, Group, Layout
from apispec.rendering.pages.options import PagesOptions
from apispec.rendering.pages.text import apart, heading, one_line
from apispec.schema import resolve
from apispec.snippets import Snippet, languages, snippets
from apispec.xml_writer import is_xml


class Endpoints:
    """Makes the views of endpoints for one page.

    Args:
        api: The Api.
        options: The user's choices.
        layout: Where everything is.
        page: The path of the page that shows the views.
    """

    def __init__(self, api: Api, options: PagesOptions, layout: Layout, page: str) -> None:
        self.api = api
        self.options = options
        self.layout = layout
        self.page = page
        self.fields = Fields(api.schemas, lambda name: layout.schema(page, name), layout.plain_fields)
        self.linked = Fields(api.schemas, self.fields.href, layout.plain_fields, unfold=False)
        self.called: dict[str, dict[str, Json]] = {}
        """The arguments of the snippets made, by endpoint's name."""

    def group(self, group: Group, *, whole: bool) -> GroupView:
        """A tag's endpoints.

        Args:
            group: The tag and its endpoints.
            whole: Whether to say everything about them, or what a list needs.
        """
        return GroupView(
            title=group.title,
            heading=heading(group.title),
            anchor=group.anchor,
            href=self.layout.group(self.page, group),
            description=markdown(group.tag.description),
            plain_description=group.tag.description,
            endpoints=tuple(
                self.endpoint(e) if whole else replace(self.brief(e), plain_summary=_in_short(e))
                for e in group.endpoints
            ),
            external_docs=external_docs(group.tag.external_docs),
        )

    def brief(self, endpoint: Endpoint, **more: Any) -> EndpointView:
        """An endpoint in a list: name, summary, method, path."""
        title = self._title(endpoint)
        call = endpoint.call
        gradio = isinstance(call, GradioCall)
        media_type = "application/json" if gradio else _media_type(endpoint)
        return EndpointView(
            name=endpoint.name,
            anchor=self.layout.anchors[endpoint.name],
            title=title,
            heading=heading(title),
            href=self.layout.endpoint(self.page, endpoint.name),
            method="POST" if isinstance(call, GradioCall) else call.method,
            path=call.path,
            protocol=endpoint.protocol,
            media_type=media_type,
            summary=inline(endpoint.summary),
            plain_summary=one_line(endpoint.summary),
            streaming=bool(endpoint.result and endpoint.result.streaming),
            deprecated=endpoint.deprecated,
            callable=endpoint.callable,
            **more,
        )

    def with_call(self, endpoint: Endpoint, anchor: str) -> EndpointView:
        """An endpoint with its snippets and its result's example only."""
        return self.brief(endpoint, snippets=self._snippets(endpoint, anchor), result=self._result(endpoint))

    def endpoint(self, endpoint: Endpoint) -> EndpointView:
        """All that is known about an endpoint."""
        anchor = self.layout.anchors[endpoint.name]
        file, line = endpoint.location.file, endpoint.location.line
        answers = [self._response(r, endpoint) for r in _errors(endpoint, self.api)]
        return self.brief(
            endpoint,
            description=markdown(endpoint.description),
            plain_description=endpoint.description,
            deprecation=markdown(endpoint.deprecation),
            plain_deprecation=endpoint.deprecation,
            security=self._security(endpoint),
            security_href=self.layout.href(self.page, OVERVIEW, "authentication"),
            parameters=tuple(
                self.fields.parameter(parameter, f"{anchor}.{name}")
                for parameter, name in zip(endpoint.parameters, apart(p.name for p in endpoint.parameters), strict=True)
            ),
            body=self._body(endpoint),
            body_examples=_given(endpoint.request_body.content[0]) if endpoint.request_body else (),
            body_types=_types(endpoint.request_body.content[1:]) if endpoint.request_body else (),
            result=self._result(endpoint),
            others=tuple(answer for answer in answers if answer.kind in ("success", "redirect")),
            errors=tuple(answer for answer in answers if answer.kind not in ("success", "redirect")),
            notes=_notes(endpoint, self.api),
            snippets=self._snippets(endpoint, anchor),
            external_docs=external_docs(endpoint.external_docs),
            callbacks=tuple(self.request(one, "") for found in endpoint.callbacks.values() for one in found),
            overloads=tuple(code("Signature", text, "python") for text in endpoint.overloads),
            location=f"{file}:{line}" if file and line else file,
        )

    def _title(self, endpoint: Endpoint) -> str:
        """Functions are known by their names; a document's operationIds are made for programs."""
        return endpoint.summary if self.api.document is not None and endpoint.summary else endpoint.name

    def _snippets(self, endpoint: Endpoint, anchor: str) -> TabsView | None:
        if not endpoint.callable:
            return None
        dirs = self.options.template_dirs
        wanted = [language.id for language in self.options.chosen(languages(endpoint.protocol, dirs))]
        root = self.options.base_url
        try:
            given = example.arguments(endpoint, self.api)
            made = snippets(self.api, endpoint, arguments=given, languages=wanted, base_url=root, user_dirs=dirs)
        except NoExampleError:
            return None
        self.called[endpoint.name] = given
        tabs = [
            CodeView(
                label=snippet.language.name,
                language=snippet.language.id,
                lexer=snippet.language.lexer,
                html=highlight(snippet.text, snippet.language.lexer),
                text=snippet.text,
                verified=self._verified(endpoint, snippet),
            )
            for snippet in made
        ]
        known = {word.lower() for s in made for word in (s.language.id, s.language.name, s.language.lexer)}
        tabs += _brought(endpoint, known)
        return TabsView(id=f"call.{anchor}", endpoint=endpoint.name, tabs=tuple(tabs)) if tabs else None

    def _verified(self, endpoint: Endpoint, snippet: Snippet) -> str:
        proof, root = self.options.proof, self.options.base_url
        root = base_url(self.api) if root is None else root
        if proof is None or not proof.verified(
            endpoint.name, endpoint.protocol, snippet.language.id, snippet.text, root
        ):
            return ""
        return proof.date[:10]

    def _body(self, endpoint: Endpoint) -> FieldView | None:
        body = endpoint.request_body
        if body is None or not body.content:
            return None
        first = body.content[0]
        return self.fields.body(first.type, first.schema, description=body.description, required=body.required)

    def _result(self, endpoint: Endpoint) -> ResponseView | None:
        result = endpoint.result
        if result is None:
            return None
        shown = None if not result.media_type or result.is_file else self._result_example(endpoint, result)
        kind = self.fields.type(result.schema) if result.media_type else None
        if result.is_file:
            kind = Markup("file")
        elif result.streaming:
            kind = Markup("stream of ") + self.fields.type(result.schema)
        view = self._answer(
            result.status, result.description, kind, result.media_type, result.schema, result.headers, shown
        )
        outputs = tuple(self.fields.value(f.name, f.schema, description=f.description) for f in result.fields)
        links = self._links(result.links)
        if outputs:  # each shows its own
            view = replace(view, nested=())
        more = _given(MediaType(type=result.media_type, examples=result.examples))[1:] if shown else ()
        return replace(view, outputs=outputs, other_types=_types(result.other_content), links=links, examples=more)

    def _result_example(self, endpoint: Endpoint, result: Result) -> CodeView | None:
        call = endpoint.call
        if result.schema in ({}, True) and not result.examples and self.api.document is not None:
            return None  # whatever is made up says nothing
        if not result.streaming and not is_json(result.media_type) and not isinstance(call, GradioCall):
            media = MediaType(type=result.media_type, schema=result.schema, examples=result.examples)
            return self._text_example(media)
        try:
            value = example.result(endpoint, self.api)
        except NoExampleError:
            return None
        if isinstance(call, GradioCall):
            data = json_text(_outputs(call, result, value))
            first = f"event: generating\ndata: {data}\n\n" if result.streaming else ""
            return code("Events", f"{first}event: complete\ndata: {data}\n", "text")
        if result.streaming and result.media_type == "text/event-stream":
            return code("Events", _events(value, self.api), "text")
        return _json(value)

    def _response(self, response: Response, endpoint: Endpoint) -> ResponseView:
        media = response.content[0] if response.content else None
        shown = None
        if media is not None:
            json = is_json(media.type)
            shown = self._media_example(media, response, endpoint) if json else self._text_example(media)
        kind = self.fields.type(media.schema) if media is not None else None
        schema = media.schema if media is not None else {}
        if schema in (PROBLEM, INVALID_ARGUMENTS):
            kind, schema = Markup("problem details"), {}
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
        more = _given(media)[1:] if media is not None else ()
        return replace(view, other_types=_types(response.content[1:]), links=self._links(response.links), examples=more)

    def _media_example(self, media: MediaType, response: Response, endpoint: Endpoint) -> CodeView | None:
        if media.schema in (PROBLEM, INVALID_ARGUMENTS) and not media.examples:
            return _json(_problem(response, endpoint))
        return self._received(media)

    def _received(self, media: MediaType) -> CodeView | None:
        """JSON that the API sends: the first given example, or one that fits."""
        if media.examples:
            return _json(media.examples[0].value)
        try:
            return _json(example.received(media.schema, self.api))
        except NoExampleError:
            return None

    def _text_example(self, media: MediaType) -> CodeView | None:
        """An answer that is no JSON: the text that was given, or XML."""
        if is_xml(media.type):
            text = example.text(media, self.api)
            return code("XML", text, "xml") if text else None
        if is_yaml(media.type):
            text = example.text(media, self.api)
            return code("YAML", text, "yaml") if text else None
        text = next((e.value for e in media.examples if isinstance(e.value, str)), "")
        return code("Text", text, _LEXERS.get(media.type.partition(";")[0], "text")) if text else None

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
        target = resolve(schema, self.api.schemas)
        return ResponseView(
            status=status,
            kind=_KINDS.get(status[:1], "other"),
            phrase=phrase(status),
            description=markdown(description),
            plain_description=description,
            type=kind,
            plain_type=kind.striptags() if kind is not None else "",
            media_type="" if media_type == "application/json" else media_type,
            nested=(fields or self.fields).nested(schema),
            constraints=constraints(target),
            choices=choices(target),
            headers=tuple(
                self.fields.value(name, header.get("schema", {}), description=str(header.get("description", "")))
                for name, header in headers.items()
                if isinstance(header, dict)
            ),
            example=shown,
        )

    def _security(self, endpoint: Endpoint) -> tuple[str, ...]:
        """What authenticates a call, in words: all of the first badge, or all of another one."""
        requirements = self.api.security if endpoint.security is None else endpoint.security
        ways = [" + ".join(map(_needed, requirement.items())) for requirement in requirements if requirement]
        first = "optional: " if {} in requirements else "needs "
        return tuple(("or " if number else first) + way for number, way in enumerate(ways))

    def request(self, endpoint: Endpoint, anchor: str) -> RequestView:
        """A webhook or callback: an endpoint of whoever listens, so without snippets."""
        brief = endpoint.name if not endpoint.summary else one_line(endpoint.summary)
        call = endpoint.call
        answers = [self._result(endpoint)] if endpoint.result else []
        return RequestView(
            name=endpoint.name,
            heading=heading(endpoint.name),
            anchor=anchor,
            method="POST" if isinstance(call, GradioCall) else call.method,
            path="" if isinstance(call, GradioCall) else call.path,
            summary=inline(brief),
            plain_summary=brief,
            description=markdown(endpoint.description),
            plain_description=endpoint.description,
            parameters=tuple(self.fields.parameter(p, "") for p in endpoint.parameters),
            body=self._body(endpoint),
            sample=self._sample(endpoint),
            answers=(*filter(None, answers), *(self._response(r, endpoint) for r in endpoint.responses)),
        )

    def _sample(self, endpoint: Endpoint) -> CodeView | None:
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
            target = link.get("operationId")
            href = (
                self.layout.endpoint(self.page, target)
                if isinstance(target, str) and target in self.layout.anchors
                else ""
            )
            words = one_line(str(link.get("description", "")))
            found.append(LinkView(text=one_line(name), href=href, note=words))
        return tuple(found)


def _outputs(call: GradioCall, result: Result, value: Json) -> list[Json]:
    """What an event of a Gradio call carries for a result: all outputs, those included that are always null."""
    data = list(value) if len(result.fields) > 1 and isinstance(value, list) else [value]
    for position in call.silent_outputs:
        data.insert(position, None)
    return data


def _in_short(endpoint: Endpoint) -> str:
    """One line for a list: the summary, or else the description's first sentence."""
    if endpoint.summary:
        return one_line(endpoint.summary)
    paragraph = markdown(endpoint.description.strip().partition("\n\n")[0]).striptags()
    return re.split(r"(?<=[.!?])\s", paragraph, maxsplit=1)[0]


def _needed(requirement: tuple[str, Sequence[str]]) -> str:
    """A scheme's name, with the scopes that are wanted."""
    name, scopes = requirement
    return f"{name} ({', '.join(scopes)})" if scopes else name


_EVENT = frozenset({"id", "event", "data", "retry"})
"""The fields of a server-sent event (WHATWG HTML, 9.2)."""

_LEXERS = {"text/html": "html", "text/markdown": "markdown"}
_MOST_EXAMPLES = 8
_LONGEST_EXAMPLE = 4_000
"""Characters of one of several examples; all of them are in the document."""
_KINDS = {"2": "success", "3": "redirect", "4": "client-error", "5": "server-error"}


def code(label: str, text: str, language: str) -> CodeView:
    """A block of code that is no snippet."""
    return CodeView(label=label, language=language, lexer=language, html=highlight(text, language), text=text)


def external_docs(docs: dict[str, str]) -> LinkView | None:
    """An OpenAPI External Documentation Object as a link."""
    url = docs.get("url", "")
    return safe_link(docs.get("description") or url, url) if url else None


def safe_link(text: str, url: str, note: str = "") -> LinkView:
    """A link whose address is untrusted: anything but http, https, mailto and relative ones leads nowhere."""
    return LinkView(text=one_line(text), href=url if is_safe_link(url) else "#", note=note)


def phrase(status: str) -> str:
    """The standard phrase of a status code; what ranges and `default` mean."""
    try:
        return HTTPStatus(int(status)).phrase
    except ValueError:
        return {"2": "Success", "3": "Redirect", "4": "Client error", "5": "Server error"}.get(status[:1], "Any other")


def _types(content: Sequence[MediaType]) -> tuple[str, ...]:
    return tuple(media.type for media in content)


def _brought(endpoint: Endpoint, known: set[str]) -> list[CodeView]:
    """The samples of a document in languages that we have no snippet in (`x-codeSamples`)."""
    found = []
    for sample in endpoint.code_samples:
        language = sample.get("lang", "")
        label = one_line(sample.get("label") or language) or "Sample"
        if sample.get("source") and not {label.lower(), language.lower()} & known:
            found.append(code(label, sample["source"], language.lower()))
    return found


def _given(media: MediaType) -> tuple[CodeView, ...]:
    """The examples of a media type by their names, where there are several; a few, and none that is long."""
    found = []
    for one in media.examples[:_MOST_EXAMPLES] if len(media.examples) > 1 else ():
        as_text = isinstance(one.value, str) and not is_json(media.type)
        text = one.value if as_text else json_text(one.value, indent=2)
        if len(text) <= _LONGEST_EXAMPLE:
            label = one_line(one.summary or one.name)
            found.append(code(label, text, "xml" if as_text and is_xml(media.type) else "text" if as_text else "json"))
    return tuple(found)


def _json(value: Json) -> CodeView:
    return code("JSON", json_text(value, indent=2), "json")


def _media_type(endpoint: Endpoint) -> str:
    if endpoint.request_body is not None and endpoint.request_body.content:
        return endpoint.request_body.content[0].type
    if isinstance(endpoint.call, GradioCall):
        return "application/json"
    if any(p.location in ("body", "form", "file") for p in endpoint.parameters):
        return endpoint.call.media_type
    return ""


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


def _notes(endpoint: Endpoint, api: Api) -> tuple[str, ...]:
    if isinstance(endpoint.call, GradioCall):
        return ("queue",) if endpoint.call.routed else ("clients",)
    result = endpoint.result
    stream = ""
    if result is not None and result.streaming:
        events = result.media_type == "text/event-stream"
        stream = "lines" if not events else "stream" if api.source == "functions" else "events"
    applies = {
        stream: bool(stream),
        "upload": any(p.location == "file" for p in endpoint.parameters),
        "download": result is not None and result.is_file,
    }
    return tuple(note for note, holds in applies.items() if holds)


def _errors(endpoint: Endpoint, api: Api) -> tuple[Response, ...]:
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
        found.append(Response(status="422", description="The arguments do not fit.", content=(invalid,)))
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
