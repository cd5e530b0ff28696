"""What language models read: `llms.txt`, the index with links, and `SKILL.md`, how to use the API.

Both are Markdown that comes out of templates; names and descriptions stay the text they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import TemplateError as JinjaError

from apispec.documents import yaml_writer
from apispec.errors import TemplateError
from apispec.model import Api, Endpoint, GradioCall, Parameter
from apispec.requests import base_url, variables_of
from apispec.schemas import readable_type
from apispec.templating import environment
from apispec.tools import server_name

FILES = (
    ("openapi.json", "the whole API as an OpenAPI document"),
    ("mcp.json", "the API as MCP tools, the result of tools/list"),
)
"""Files beside the pages that the index points to."""

DETAILED_LINES = 300
"""So many lines describe endpoints with arguments and an example; a skill should stay under 500."""
LISTED = 120
"""So many further endpoints are listed."""

_DESCRIPTION_LIMIT = 1024
_SPECIAL = re.compile(r"([\\`*\[\]<>])")
_FENCE = re.compile(r"\s{0,3}(```|~~~)")
_HEADING = re.compile(r"\s{0,3}#{1,6}(?:\s+|$)(.*?)\s*#*\s*\Z")
_RULE = re.compile(r"\s{0,3}(=+|-+)\s*\Z")


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a list of links."""

    name: str
    link: str
    text: str


@dataclass(frozen=True, slots=True)
class Group:
    """Endpoints under one tag."""

    title: str
    description: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexContext:
    """What the template of `llms.txt` is given."""

    title: str
    summary: str
    """One line."""
    description: str
    """Paragraphs and lists, no headings."""
    version: str
    base_url: str
    calling: str
    """How endpoints are called, in a sentence or two."""
    credentials: tuple[str, ...]
    """One text per security scheme."""
    groups: tuple[Group, ...]
    files: tuple[Item, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillEndpoint:
    """One endpoint in `SKILL.md`."""

    name: str
    text: str
    arguments: tuple[str, ...]
    example: str
    """A fenced block, or empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillContext:
    """What the template of `SKILL.md` is given."""

    frontmatter: str
    """YAML, ending in a line break."""
    title: str
    summary: str
    base_url: str
    calling: str
    credentials: tuple[str, ...]
    endpoints: tuple[SkillEndpoint, ...]
    others: tuple[str, ...]
    left_out: int


def render(
    api: Api,
    *,
    link: Callable[[Endpoint], str] | None = None,
    site_url: str = "",
    files: Sequence[tuple[str, str]] = FILES,
    template_dirs: Sequence[str | Path] = (),
) -> str:
    """`llms.txt`: title, summary, and a list of links per tag.

    Args:
        api: Its public endpoints are listed.
        link: Where an endpoint is described, relative to the site; its section in the pages by default.
        site_url: Where the site is published; makes the links absolute.
        files: Files beside the pages: path, and a few words.
        template_dirs: Folders with templates of the user's.

    Raises:
        TemplateError: A replaced template fails.
    """
    root = site_url.rstrip("/") + "/" if site_url else ""
    link = link or _page_links(api)
    context = IndexContext(
        title=_inline(api.title),
        summary=_inline(api.summary),
        description=_paragraphs(api.description),
        version=_inline(api.version),
        base_url=_base_url(api),
        calling=_calling(api),
        credentials=_credentials(api),
        groups=_groups(api, lambda endpoint: root + link(endpoint)),
        files=tuple(Item(name, root + name, text) for name, text in files),
    )
    return _render("llms/llms.txt.jinja", context, template_dirs)


def skill(api: Api, *, template_dirs: Sequence[str | Path] = ()) -> str:
    """`SKILL.md`: how to call the API, for agents that read skills.

    The skill's folder has to be called `server_name(api.title)`.

    Raises:
        TemplateError: A replaced template fails.
    """
    endpoints = [e for e in api.public_endpoints if e.callable]
    detailed = _detailed(endpoints, api)
    others = endpoints[len(detailed) :]
    context = SkillContext(
        frontmatter=yaml_writer.dump(_frontmatter(api, endpoints)),
        title=_inline(api.title),
        summary=_inline(api.summary),
        base_url=_base_url(api),
        calling=_calling(api),
        credentials=_credentials(api),
        endpoints=tuple(detailed),
        others=tuple(f"`{_code(e.name)}`: {_what(e)}" for e in others[:LISTED]),
        left_out=max(0, len(others) - LISTED),
    )
    return _render("llms/SKILL.md.jinja", context, template_dirs)


def _render(name: str, context: IndexContext | SkillContext, template_dirs: Sequence[str | Path]) -> str:
    values = {field: getattr(context, field) for field in context.__slots__}
    try:
        return environment(template_dirs).get_template(name).render(**values)
    except JinjaError as error:
        raise TemplateError(str(error), where=name) from None


def _page_links(api: Api) -> Callable[[Endpoint], str]:
    from apispec.rendering.pages.layout import OVERVIEW, Layout
    from apispec.rendering.pages.options import PagesOptions

    layout = Layout(api, PagesOptions())
    return lambda endpoint: layout.endpoint(OVERVIEW, endpoint.name)


def _groups(api: Api, link: Callable[[Endpoint], str]) -> tuple[Group, ...]:
    """Endpoints by their first tag; those without a tag come first."""
    by_tag: dict[str, list[Item]] = {"": [], **{name: [] for name in api.tag_names}}
    for endpoint in api.public_endpoints:
        item = Item(_inline(endpoint.name), link(endpoint), _what(endpoint))
        by_tag[api.group_of(endpoint)].append(item)
    descriptions = {t.name: t.description for t in api.tags}
    return tuple(
        Group(_inline(api.tag_title(name)) or "Endpoints", _inline(descriptions.get(name, "")), tuple(items))
        for name, items in by_tag.items()
        if items
    )


def _what(endpoint: Endpoint) -> str:
    """Method, path and summary of an endpoint, in one line."""
    words = endpoint.summary or endpoint.description.partition("\n\n")[0]
    notes = [
        *(["deprecated"] if endpoint.deprecated else []),
        *(["streams"] if endpoint.result and endpoint.result.streaming else []),
    ]
    text = f"`{_code(_address(endpoint))}`"
    if words.strip():
        text += f" {_inline(words)}"
    return text + (f" ({', '.join(notes)})" if notes else "")


def _address(endpoint: Endpoint) -> str:
    call = endpoint.call
    if isinstance(call, GradioCall):
        return f"POST {call.path}" if call.routed else call.path
    return f"{call.method} {call.path}"


def _calling(api: Api) -> str:
    protocols = {e.protocol for e in api.public_endpoints}
    texts = []
    if "http" in protocols:
        texts.append(
            "Unless its line says otherwise, a function is called with one POST of a JSON object and answers JSON."
            if api.source == "functions"
            else "Each operation is one HTTP request."
        )
    if "gradio" in protocols:
        prefix = next(e.call.prefix for e in api.public_endpoints if isinstance(e.call, GradioCall))
        texts.append(
            f"POST `{_code(prefix)}/call/NAME` with the arguments as a list in `data` answers an `event_id`; GET "
            f"`{_code(prefix)}/call/NAME/EVENT_ID` then streams the result as server-sent events."
        )
    return " ".join(texts)


def _credentials(api: Api) -> tuple[str, ...]:
    out = []
    variables = variables_of(api)
    for name, scheme in api.security_schemes.items():
        kind = str(scheme.get("type", ""))
        if kind == "apiKey":
            how = f"{scheme.get('in', 'header')} `{_code(str(scheme.get('name', name)))}`"
        elif kind == "http":
            how = f"HTTP {_inline(str(scheme.get('scheme', 'bearer')))}"
        else:
            how = _inline(kind)
        held = " and ".join(f"`{variable}`" for variable in variables[name])
        plural = "s" if len(variables[name]) > 1 else ""
        out.append(f"{_inline(name)} ({how}), taken from the environment variable{plural} {held}")
    return tuple(out)


def _base_url(api: Api) -> str:
    return f"`{_code(base_url(api))}`" if api.servers else ""


def _frontmatter(api: Api, endpoints: Sequence[Endpoint]) -> dict[str, Any]:
    what = " ".join((api.summary or api.description.partition("\n\n")[0]).split())
    names = ", ".join(e.name for e in endpoints[:20])
    text = f"Call the {' '.join(api.title.split())} API"
    text += f": {what.rstrip('.')}." if what else "."
    text += f" Use it for: {names}." if names else ""
    if len(text) > _DESCRIPTION_LIMIT:
        text = text[: _DESCRIPTION_LIMIT - 1].rstrip() + "…"
    return {"name": server_name(api.title), "description": _printable(text), "metadata": {"version": api.version}}


def _detailed(endpoints: Sequence[Endpoint], api: Api) -> list[SkillEndpoint]:
    """As many endpoints in full as there is room for, from the first."""
    out: list[SkillEndpoint] = []
    lines = 0
    for endpoint in endpoints:
        entry = _skill_endpoint(endpoint, api)
        lines += 6 + len(entry.arguments) + entry.example.count("\n")
        if lines > DETAILED_LINES:
            break
        out.append(entry)
    return out


def _skill_endpoint(endpoint: Endpoint, api: Api) -> SkillEndpoint:
    return SkillEndpoint(
        name=_inline(endpoint.name),
        text=_what(endpoint),
        arguments=tuple(_argument(p, api) for p in endpoint.parameters),
        example=_example(endpoint, api),
    )


def _argument(parameter: Parameter, api: Api) -> str:
    kind = _inline(readable_type(parameter.schema, api.schemas))
    if parameter.location == "file":
        kind = "file"
    words = [kind, "required" if parameter.required else "optional"]
    if parameter.location not in ("body", "file"):
        words.append(f"in {parameter.location}")
    text = f"`{_code(parameter.name)}` ({', '.join(words)})"
    return f"{text}: {_inline(parameter.description)}" if parameter.description else text


def _example(endpoint: Endpoint, api: Api) -> str:
    from apispec.snippets import snippets

    for snippet in snippets(api, endpoint, languages=("curl",)):
        text = snippet.text.rstrip("\n")
        fence = "`" * max(3, 1 + max((len(m) for m in re.findall(r"`+", text)), default=0))
        return f"{fence}sh\n{text}\n{fence}"
    return ""


def _printable(text: str) -> str:
    return "".join(c if c.isprintable() else " " for c in text)


def _inline(text: str) -> str:
    """Text on one line, with nothing in it that Markdown would take for its own."""
    return _SPECIAL.sub(r"\\\1", " ".join(_printable(text).split()))


def _code(text: str) -> str:
    """Text between backticks."""
    return " ".join(_printable(text).replace("`", "'").split())


def _paragraphs(text: str) -> str:
    """Markdown without headings, which would break the order of the file; code blocks stay as they are."""
    out: list[str] = []
    fence = ""
    for line in text.strip().splitlines():
        mark = _FENCE.match(line)
        if mark and (not fence or mark[1] == fence):
            fence = "" if fence else mark[1]
        elif not fence and (heading := _HEADING.match(line)):
            line = f"**{heading[1]}**" if heading[1] else ""  # noqa: PLW2901
        elif not fence and _RULE.match(line):
            continue
        out.append(line)
    if fence:
        out.append(fence)
    return "\n".join(out)
