"""Endpoints as views: what is said about each on its page. Types are made in `fields`, snippets in `snippets`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from apispec import examples as example
from apispec.examples import NoExampleError
from apispec.model import Api, Endpoint, GradioCall, Json
from apispec.rendering.pages.addresses import parts
from apispec.rendering.pages.answers import Answers, named_examples, other_media, others
from apispec.rendering.pages.beside import around, encodings, marking_tags, own_servers, whole_schema, with_more
from apispec.rendering.pages.code import code, highlight
from apispec.rendering.pages.descriptions import inline, is_safe_link, markdown
from apispec.rendering.pages.fields import Fields
from apispec.rendering.pages.layout import OVERVIEW, Group, Layout
from apispec.rendering.pages.options import PagesOptions
from apispec.rendering.pages.text import heading, one_line
from apispec.rendering.pages.views import (
    CodeView,
    EndpointView,
    FieldView,
    GroupView,
    LinkView,
    MarkView,
    RequestView,
    TabsView,
)
from apispec.requests import base_url
from apispec.snippets import Snippet, languages, snippets
from apispec.words import _


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
        self.fields = Fields(
            api.schemas, lambda name: layout.schema(page, name), layout.plain_fields, brief=layout.brief
        )
        self.answers = Answers(api, layout, page, self.fields)
        self.called: dict[str, dict[str, Json]] = {}
        """The arguments of the snippets made, by endpoint's name."""

    def group(self, group: Group, *, whole: bool) -> GroupView:
        """A tag's endpoints.

        Args:
            group: The tag and its endpoints.
            whole: Whether to say everything about them, or what a list needs.
        """
        words = with_more(around(group.tag, self.api), group.tag.description)
        return GroupView(
            title=group.title,
            heading=heading(group.title),
            anchor=group.anchor,
            href=self.layout.group(self.page, group),
            description=markdown(words),
            plain_description=words,
            brief=first_sentence(group.tag.description),
            endpoints=tuple(
                self.endpoint(e) if whole else replace(self.brief(e), plain_summary=in_short(e))
                for e in group.endpoints
            ),
            external_docs=external_docs(group.tag.external_docs),
        )

    def brief(self, endpoint: Endpoint, **more: Any) -> EndpointView:
        """An endpoint in a list: name, summary, method, path."""
        title = title_of(endpoint, self.api)
        call = endpoint.call
        gradio = isinstance(call, GradioCall)
        media_type = "application/json" if gradio else _media_type(endpoint)
        return EndpointView(
            name=endpoint.name,
            anchor=self.layout.anchors[endpoint.name],
            title=title,
            heading=heading(title),
            href=self.layout.endpoint(self.page, endpoint.name),
            method=method_of(endpoint),
            path=call.path,
            protocol=endpoint.protocol,
            media_type=media_type,
            base=base_url(self.api, endpoint, self.options.base_url),
            summary=inline(endpoint.summary),
            plain_summary=one_line(endpoint.summary),
            streaming=bool(endpoint.result and endpoint.result.streaming),
            deprecated=endpoint.deprecated,
            callable=endpoint.callable,
            internal=endpoint.extensions.get("x-internal") is True,
            **more,
        )

    def with_call(self, endpoint: Endpoint, anchor: str) -> EndpointView:
        """An endpoint with its snippets and its result's example only."""
        return self.brief(endpoint, snippets=self._snippets(endpoint, anchor), result=self.answers.result(endpoint))

    def endpoint(self, endpoint: Endpoint) -> EndpointView:
        """All that is known about an endpoint."""
        anchor = self.layout.anchors[endpoint.name]
        file, line = endpoint.location.file, endpoint.location.line
        answers = [self.answers.response(r, endpoint) for r in others(endpoint, self.api)]
        names = parts([(p.name, p.location) for p in endpoint.parameters])
        parameters = tuple(
            self.fields.parameter(parameter, f"{anchor}.{name}", gradio=isinstance(endpoint.call, GradioCall))
            for parameter, name in zip(endpoint.parameters, names, strict=True)
        )
        words = with_more(endpoint.description, marking_tags(endpoint, self.api))
        places = own_servers(endpoint)
        told = any(server.description for server in endpoint.servers) or len(endpoint.servers) > 1
        return self.brief(
            endpoint,
            description=markdown(with_more(words, places if told else "")),  # its address tells of a single one
            plain_description=with_more(words, places),
            deprecation=markdown(endpoint.deprecation),
            plain_deprecation=endpoint.deprecation,
            marks=tuple(
                MarkView(
                    kind=mark.kind,
                    words=mark.words,
                    told=mark.told,
                    href=self.layout.href(self.page, mark.page) if mark.page else "",
                    details=mark.details,
                )
                for mark in self.options.marks.get(endpoint.name, ())
            ),
            security=self._security(endpoint),
            security_href=self.layout.href(self.page, OVERVIEW, "authentication"),
            parameters=parameters,
            by_place=_by_place(parameters),
            body=self._body(endpoint),
            body_examples=named_examples(endpoint.request_body.content[0]) if endpoint.request_body else (),
            **self._more_bodies(endpoint),
            result=self.answers.result(endpoint),
            others=tuple(answer for answer in answers if answer.kind in ("success", "redirect")),
            errors=tuple(answer for answer in answers if answer.kind not in ("success", "redirect")),
            notes=_notes(endpoint, self.api),
            snippets=self._snippets(endpoint, anchor),
            external_docs=external_docs(endpoint.external_docs),
            callbacks=tuple(self.request(one, "") for found in endpoint.callbacks.values() for one in found),
            overloads=tuple(code(_("Signature"), text, "python") for text in endpoint.overloads),
            location=f"{file}:{line}" if file and line else file,
        )

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
                html=highlight(snippet.text, snippet.language.lexer, plain=self.layout.brief),
                text=snippet.text,
                needs=snippet.language.needs,
                verified=self._verified(endpoint, snippet),
            )
            for snippet in made
        ]
        tabs = [*_brought(endpoint, tabs), *tabs]
        return (
            TabsView(id="call" if self.layout.brief else f"call.{anchor}", endpoint=endpoint.name, tabs=tuple(tabs))
            if tabs
            else None
        )

    def _verified(self, endpoint: Endpoint, snippet: Snippet) -> str:
        proof, root = self.options.proof, self.options.base_url
        root = base_url(self.api) if root is None else root
        if proof is None or not proof.verified(
            endpoint.name, endpoint.protocol, snippet.language.id, snippet.text, root
        ):
            return ""
        return proof.mark

    def _body(self, endpoint: Endpoint) -> FieldView | None:
        body = endpoint.request_body
        if body is None or not body.content:
            return None
        first = body.content[0]
        words = with_more(body.description, encodings(first))
        return self.fields.body(first.type, whole_schema(first), description=words, required=body.required)

    def _more_bodies(self, endpoint: Endpoint) -> dict[str, Any]:
        """What is said of a body's further media types."""
        body = endpoint.request_body
        if body is None or not body.content:
            return {}
        types, media = other_media(whole_schema(body.content[0]), body.content[1:], self.fields.body)
        return {"body_types": types, "body_media": media}

    def _security(self, endpoint: Endpoint) -> tuple[str, ...]:
        """What authenticates a call, in words: all of the first badge, or all of another one."""
        requirements = self.api.security if endpoint.security is None else endpoint.security
        ways = [" + ".join(map(_needed, requirement.items())) for requirement in requirements if requirement]
        first = _("optional: {way}", way="\0") if {} in requirements else _("needs {way}", way="\0")
        other = _("or {way}", way="\0")
        return tuple((other if number else first).replace("\0", way) for number, way in enumerate(ways))

    def request(self, endpoint: Endpoint, anchor: str) -> RequestView:
        """A webhook or callback: an endpoint of whoever listens, so without snippets."""
        brief = endpoint.name if not endpoint.summary else one_line(endpoint.summary)
        call = endpoint.call
        answers = [self.answers.result(endpoint)] if endpoint.result else []
        return RequestView(
            name=endpoint.name,
            heading=heading(endpoint.name),
            anchor=anchor,
            method=method_of(endpoint),
            path="" if isinstance(call, GradioCall) else call.path,
            summary=inline(brief),
            plain_summary=brief,
            description=markdown(endpoint.description),
            plain_description=endpoint.description,
            parameters=tuple(self.fields.parameter(p, "") for p in endpoint.parameters),
            body=self._body(endpoint),
            **self._more_bodies(endpoint),
            sample=self.answers.sample(endpoint),
            answers=(*filter(None, answers), *(self.answers.response(r, endpoint) for r in endpoint.responses)),
        )


_PLACES = ("path", "query", "header", "cookie")


def _by_place(parameters: Sequence[FieldView]) -> tuple[tuple[str, tuple[FieldView, ...]], ...]:
    """Parameters by where they are sent, those in the path first; what makes the body last, under no name."""
    found: dict[str, list[FieldView]] = {place: [] for place in (*_PLACES, "")}
    for view in parameters:
        found[view.location if view.location in _PLACES else ""].append(view)
    return tuple((place, tuple(views)) for place, views in found.items() if views)


def title_of(endpoint: Endpoint, api: Api) -> str:
    """Functions are known by their names; a document's operationIds are made for programs."""
    return endpoint.summary if api.document is not None and endpoint.summary else endpoint.name


def method_of(endpoint: Endpoint) -> str:
    """The HTTP method, upper case; `POST` for Gradio calls."""
    return "POST" if isinstance(endpoint.call, GradioCall) else endpoint.call.method


def in_short(endpoint: Endpoint) -> str:
    """One line for a list: the summary, or else the description's first sentence."""
    return one_line(endpoint.summary) if endpoint.summary else first_sentence(endpoint.description)


def first_sentence(text: str) -> str:
    """The first sentence of Markdown, as plain text; empty where there is none."""
    paragraph = markdown(text.strip().partition("\n\n")[0]).striptags()
    return re.split(r"(?<=[.!?])\s", paragraph, maxsplit=1)[0]


def _needed(requirement: tuple[str, Sequence[str]]) -> str:
    """A scheme's name, with the scopes that are wanted."""
    name, scopes = requirement
    return f"{name} ({', '.join(scopes)})" if scopes else name


def external_docs(docs: dict[str, str]) -> LinkView | None:
    """An OpenAPI External Documentation Object as a link."""
    url = docs.get("url", "")
    return safe_link(docs.get("description") or url, url) if url else None


def safe_link(text: str, url: str, note: str = "") -> LinkView:
    """A link whose address is untrusted: anything but http, https, mailto and relative ones leads nowhere."""
    return LinkView(text=one_line(text), href=url if is_safe_link(url) else "#", note=note)


def _brought(endpoint: Endpoint, ours: Sequence[CodeView]) -> list[CodeView]:
    """The author's own samples (`x-codeSamples`), but for those that are ours, which generated documents have."""
    found: list[CodeView] = []
    labels = {tab.label.lower() for tab in ours}
    texts = {tab.text.strip() for tab in ours}
    for number, sample in enumerate(endpoint.code_samples, 1):
        lexer = sample.get("lang", "").lower()
        label = one_line(sample.get("label") or sample.get("lang", "")) or _("Sample")
        text = sample.get("source", "")
        if not text or text.strip() in texts:
            continue
        said = _("{language} (author's)", language=label) if label.lower() in labels else label
        found.append(replace(code(said, text, lexer), language=f"sample-{number}"))
    return found


def _media_type(endpoint: Endpoint) -> str:
    if endpoint.request_body is not None and endpoint.request_body.content:
        return endpoint.request_body.content[0].type
    if isinstance(endpoint.call, GradioCall):
        return "application/json"
    if any(p.location in ("body", "form", "file") for p in endpoint.parameters):
        return endpoint.call.media_type
    return ""


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
