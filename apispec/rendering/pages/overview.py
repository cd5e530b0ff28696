"""The overview: what the API is, where it is, who may call it, and one call to begin with."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from apispec.model import Api, Endpoint, HttpCall, Server
from apispec.rendering.pages.context import OverviewContext
from apispec.rendering.pages.data import page_data
from apispec.rendering.pages.descriptions import inline, markdown
from apispec.rendering.pages.endpoints import Endpoints, safe_link
from apispec.rendering.pages.layout import OVERVIEW, Layout
from apispec.rendering.pages.options import PagesOptions
from apispec.rendering.pages.text import one_line
from apispec.rendering.pages.views import LinkView, SchemeView
from apispec.requests import DEFAULT_BASE_URL, absolute, base_url, is_relative, server_url
from apispec.words import _

LISTED = 60
"""So many endpoints are listed one by one, at most."""

_ABOUT = frozenset({"meta", "status", "health", "healthz", "ping", "version", "info", "about", "echo"})


def overview(api: Api, options: PagesOptions, layout: Layout, common: dict[str, Any]) -> OverviewContext:
    """The overview's context; `common` are the fields that every page has."""
    views = Endpoints(api, options, layout, OVERVIEW)
    first = first_call(api)
    summary, body = _lead(api)
    call = views.with_call(first, "first") if first else None
    return OverviewContext(
        **common,
        data=page_data(api, options, common["root"], views.called, every_scheme=True),
        summary=inline(summary),
        plain_summary=one_line(summary),
        body=markdown(body),
        plain_body=body,
        servers=_servers(api, options),
        schemes=tuple(_scheme(name, scheme) for name, scheme in api.security_schemes.items()),
        first_call=call,
        groups=tuple(views.group(group, whole=False) for group in layout.groups),
        large=len(api.public_endpoints) > LISTED,
        downloads=tuple(LinkView(text=path, href=path, note=words) for path, words in options.downloads),
        links=tuple(_links(api)),
    )


def first_call(api: Api) -> Endpoint | None:
    """The call to show first: one that needs little, answers JSON and is not on its way out."""

    def rank(endpoint: Endpoint) -> tuple[bool | int, ...]:
        result = endpoint.result
        security = api.security if endpoint.security is None else endpoint.security
        given = api.document is not None  # functions are shown with the arguments that their author gave
        return (
            endpoint.deprecated or not endpoint.callable,
            any(p.location == "file" for p in endpoint.parameters),
            result is None or result.is_file or result.streaming,
            given and not (_is_plain_get(endpoint) and not (security and all(security))),
            given and not _tells_of_itself(endpoint),
            not endpoint.examples,
            bool(security) and all(security),
            result is None or not (result.schema or result.fields),
            sum(p.required for p in endpoint.parameters) + 2 * (endpoint.request_body is not None),
        )

    return min(api.public_endpoints, key=rank, default=None)


def _is_plain_get(endpoint: Endpoint) -> bool:
    """Whether a call needs nothing but its address."""
    call = endpoint.call
    is_get = isinstance(call, HttpCall) and call.method == "GET" and "{" not in call.path
    return is_get and not any(p.required for p in endpoint.parameters)


def _tells_of_itself(endpoint: Endpoint) -> bool:
    """Whether it is about the API itself, as far as its path tells: whoever calls it needs nothing of his own there."""
    path = endpoint.call.path if isinstance(endpoint.call, HttpCall) else ""
    return path.rstrip("/").rsplit("/", 1)[-1].lower() in _ABOUT


def _lead(api: Api) -> tuple[str, str]:
    """The summary, and the description less the summary: its first paragraph is one if it is a single short line."""
    first, _, rest = api.description.strip().partition("\n\n")
    if not api.summary and len(first) <= 120 and "\n" not in first and first[:1].isalnum():
        return first, rest
    return api.summary, rest if one_line(first) == one_line(api.summary) else api.description


def _servers(api: Api, options: PagesOptions) -> tuple[LinkView, ...]:
    if options.base_url is not None or not api.servers:
        url = base_url(api) if options.base_url is None else options.base_url
        return (safe_link(url, url),)
    urls = [absolute(server_url(s)) for s in api.servers]
    return tuple(safe_link(url, url, _about(s)) for url, s in zip(urls, api.servers, strict=True))


def _about(server: Server) -> str:
    """What a server is, and what can be put into its address."""
    words = [one_line(server.description)] if server.description else []
    if is_relative(server_url(server)):
        words.append(
            _(
                "{url}, on a host that the document leaves open: {base} is assumed",
                url=server.url,
                base=DEFAULT_BASE_URL,
            )
        )
    for name, variable in server.variables.items():
        also = "".join(" " + _("or {way}", way=choice) for choice in variable.enum if choice != variable.default)
        told = f" ({one_line(variable.description)})" if variable.description else ""
        words.append(f"{name}: {variable.default}{also}{told}")
    return "; ".join(words)


def _scheme(name: str, scheme: dict[str, Any]) -> SchemeView:
    kind = {
        "apiKey": _("API key in the {place} {name}", place=scheme.get("in", "header"), name=scheme.get("name", "")),
        "http": _("HTTP {scheme} authentication", scheme=scheme.get("scheme", "")),
        "oauth2": "OAuth 2.0",
        "openIdConnect": "OpenID Connect",
        "mutualTLS": _("client certificate"),
    }.get(str(scheme.get("type")), str(scheme.get("type")))
    flows = scheme.get("flows")
    if isinstance(scheme.get("bearerFormat"), str):
        kind += f" ({one_line(scheme['bearerFormat'])})"
    if scheme.get("deprecated") is True:
        kind += f", {_('deprecated')}"
    urls = [(_("configuration"), scheme.get("openIdConnectUrl")), (_("metadata"), scheme.get("oauth2MetadataUrl"))]
    for flow in flows.values() if isinstance(flows, dict) else ():
        if isinstance(flow, dict):
            urls += [(_("authorize"), flow.get("authorizationUrl")), (_("token"), flow.get("tokenUrl"))]
            urls += [(_("device"), flow.get("deviceAuthorizationUrl")), (_("refresh"), flow.get("refreshUrl"))]
    scopes: dict[str, str] = {}
    for flow in flows.values() if isinstance(flows, dict) else ():
        if isinstance(flow, dict) and isinstance(flow.get("scopes"), dict):
            scopes |= {str(scope): one_line(str(allows)) for scope, allows in flow["scopes"].items()}
    words = str(scheme.get("description", ""))
    return SchemeView(
        name=name,
        kind=kind,
        description=markdown(words),
        plain_description=words,
        urls=tuple(dict.fromkeys(safe_link(text, url) for text, url in urls if isinstance(url, str))),
        scopes=tuple(LinkView(text=scope, href="", note=allows) for scope, allows in scopes.items()),
    )


def _links(api: Api) -> Iterable[LinkView]:
    docs, contact, license_ = api.external_docs, api.contact, api.license
    own = (api.document or {}).get("$self")
    if isinstance(own, str) and own:
        yield safe_link(_("Where this description is"), own)
    if docs.get("url"):
        yield safe_link(docs.get("description") or _("More documentation"), docs["url"])
    if contact and (contact.url or contact.email):
        yield safe_link(contact.name or _("Contact"), contact.url or f"mailto:{contact.email}")
    if contact and contact.url and contact.email:
        yield safe_link(contact.email, f"mailto:{contact.email}")
    if license_ and (license_.url or license_.identifier):
        url = license_.url or f"https://spdx.org/licenses/{license_.identifier}.html"
        yield safe_link(_("Licence: {name}", name=license_.name), url)
    if api.terms_of_service:
        yield safe_link(_("Terms of service"), api.terms_of_service)
