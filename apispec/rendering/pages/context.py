"""What page templates may ask: frozen views, every decision already taken. Templates arrange them and look nothing up.

The same views are arranged twice: as pages (`templates/pages/`), where `Markup` fields are safe HTML and every `str` is
escaped when it is printed, and as Markdown copies for language models (`templates/copies/`), which print the `str`s.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from markupsafe import Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkView:
    """A link inside the site or out of it."""

    text: str
    href: str
    """Relative to the page, or absolute."""
    note: str = ""
    """A few words beside it; may be empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldView:
    """A parameter, or a field of an object."""

    name: str
    anchor: str = ""
    """Its id on the page; empty for nested fields."""
    type: Markup
    """The readable type, component names linked."""
    plain_type: str
    title: str = ""
    """What a schema calls itself, where that is not the name."""
    location: str = ""
    """`path`, `query`, `header`, `cookie`, `form`, `file`; empty for keys of a JSON body and for fields."""
    required: bool = False
    optional: bool = False
    """Whether to say that it may be left out: false for the fields of results."""
    default: str = ""
    """The default as JSON text, or as the source shows it; empty where there is none."""
    constraints: tuple[str, ...] = ()
    """Such as `at least 1`, `at most 40 characters`."""
    choices: tuple[str, ...] = ()
    """Every value allowed, as JSON text, unless the type names each."""
    description: Markup = Markup("")
    plain_description: str = ""
    """The description's Markdown."""
    deprecated: bool = False
    examples: tuple[tuple[str, str], ...] = ()
    """As JSON text, each with what is said of it."""
    external_docs: tuple[LinkView, ...] = ()
    nested: tuple[NestedView, ...] = ()
    """What it holds: its fields, its choices, what is said of its items."""
    printed: dict[str, str] = field(default_factory=dict, compare=False, repr=False)
    """What macros made of it, by their names (`render.printed`): the same view may be shown in many places."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NestedView:
    """The fields of an object inside a type, folded at first; or several schemas under some words."""

    label: str
    """The component's name, or words such as `object`; of a choice the words, such as `One of`."""
    choice: bool = False
    """Whether the fields are schemas without names, each a choice or a condition."""
    fields: tuple[FieldView, ...] = ()
    href: str = ""
    """Where the rest is: the fields are cut here, or shown further up already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeView:
    """One block of code."""

    label: str
    """Of its tab: `Python`, `cURL`; or what it shows."""
    language: str
    """The snippet language's id (`curl`); else as `lexer`."""
    lexer: str
    """The name that Markdown's code fences take: `bash`."""
    html: Markup
    text: str
    """The code itself."""
    needs: str = ""
    """What has to be installed first: `pip install requests`."""
    verified: str = ""
    """The day on which it was run and passed, YYYY-MM-DD; empty where that is not known."""
    description: Markup = Markup("")
    plain_description: str = ""
    """What is said of an example, as Markdown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TabsView:
    """Blocks of code of which one is seen at a time; the choice is linked by label across the site."""

    id: str
    """Unique on the page."""
    endpoint: str
    """The name of the endpoint that the code calls."""
    tabs: tuple[CodeView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseView:
    """One answer of an endpoint."""

    status: str
    kind: str
    """`success`, `redirect`, `client-error`, `server-error` or `other`."""
    phrase: str
    """The status in words; empty where there are none."""
    description: Markup = Markup("")
    plain_description: str = ""
    """The description's Markdown."""
    type: Markup | None = None
    """None = no content."""
    plain_type: str = ""
    media_type: str = ""
    other_types: tuple[str, ...] = ()
    """Further media types that the same answer may have."""
    outputs: tuple[FieldView, ...] = ()
    """The labelled outputs of a Gradio endpoint, in order."""
    content: FieldView | None = None
    """What is in it; None where the outputs say it, or nothing is to say."""
    more_content: tuple[FieldView, ...] = ()
    """The same answer in further media types that have schemas of their own, by their names."""
    headers: tuple[FieldView, ...] = ()
    links: tuple[LinkView, ...] = ()
    """What can be called next, with what of this answer: OpenAPI Link Objects."""
    example: CodeView | None = None
    examples: tuple[CodeView, ...] = ()
    """Further ones that were given, labelled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestView:
    """A request that the API makes itself: a webhook, or a callback."""

    name: str
    heading: Markup
    """The name for a line of Markdown."""
    anchor: str
    method: str
    path: str
    """Where it is sent: an expression for callbacks, empty for webhooks."""
    summary: Markup = Markup("")
    plain_summary: str = ""
    description: Markup = Markup("")
    plain_description: str = ""
    parameters: tuple[FieldView, ...] = ()
    body: FieldView | None = None
    sample: CodeView | None = None
    """A body as it arrives."""
    answers: tuple[ResponseView, ...] = ()
    """What the API expects back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkView:
    """In which version something came, changed or went."""

    kind: str
    """`new`, `changed` or `removed`."""
    words: str
    href: str = ""
    details: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EndpointView:
    """One endpoint."""

    name: str
    anchor: str
    title: str
    """The heading's words: the name, or the summary where a document has operationIds for names."""
    heading: Markup
    """The title for a line of Markdown."""
    href: str
    """From the page that shows the view to the endpoint's section."""
    method: str
    """Upper case; `POST` for Gradio calls."""
    path: str
    protocol: str
    """`http` or `gradio`."""
    media_type: str
    """Of the request body; empty where there is none."""
    base: str = ""
    """What stands before the path."""
    summary: Markup = Markup("")
    plain_summary: str = ""
    description: Markup = Markup("")
    plain_description: str = ""
    """The description's Markdown."""
    streaming: bool = False
    deprecated: bool = False
    deprecation: Markup = Markup("")
    plain_deprecation: str = ""
    callable: bool = True
    marks: tuple[MarkView, ...] = ()
    security: tuple[str, ...] = ()
    """What a caller needs, in words; empty = nothing."""
    security_href: str = ""
    """Where it is said how to authenticate."""
    parameters: tuple[FieldView, ...] = ()
    body: FieldView | None = None
    """A request body that is not made of the parameters."""
    body_examples: tuple[CodeView, ...] = ()
    """Those that were given where there are several, labelled."""
    body_types: tuple[str, ...] = ()
    """Further media types that the request body may have, with the same content."""
    more_bodies: tuple[FieldView, ...] = ()
    """The body in further media types that have schemas of their own, by their names."""
    result: ResponseView | None = None
    others: tuple[ResponseView, ...] = ()
    """Further answers that are no errors: another success, a redirect."""
    errors: tuple[ResponseView, ...] = ()
    notes: tuple[str, ...] = ()
    """Which explanations apply: names of `templates/pages/notes/`."""
    snippets: TabsView | None = None
    external_docs: LinkView | None = None
    callbacks: tuple[RequestView, ...] = ()
    overloads: tuple[CodeView, ...] = ()
    location: str = ""
    """`app.py:12`; empty where it is unknown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupView:
    """The endpoints of a tag."""

    title: str
    """The tag, or words for the endpoints without one."""
    heading: Markup
    """The title for a line of Markdown."""
    anchor: str
    href: str
    """From the page that shows the view to the group."""
    description: Markup = Markup("")
    plain_description: str = ""
    brief: str = ""
    """The description's first sentence, as plain text."""
    endpoints: tuple[EndpointView, ...] = ()
    external_docs: LinkView | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemeView:
    """One way to authenticate."""

    name: str
    kind: str
    """In words: `API key in the header X-Key`."""
    description: Markup = Markup("")
    plain_description: str = ""
    urls: tuple[LinkView, ...] = ()
    scopes: tuple[LinkView, ...] = ()
    """OAuth scopes with what they allow; they lead nowhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageContext:
    """What every page knows."""

    title: str
    """The page's."""
    heading: Markup
    """The title for a line of Markdown."""
    description: str
    """One plain line for search engines and previews."""
    api_title: str
    version: str
    root: str
    """From the page to the site's root: empty, or `../` as often as needed."""
    markdown_href: str
    """The page as Markdown for language models, relative to it; empty where there is none."""
    about: Markup = Markup("")
    """JSON-LD for search engines; empty where the page is about nothing in particular."""
    data: Markup = Markup("")
    """JSON for the page's script; empty where that has nothing to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OverviewContext(PageContext):
    """`overview.md.jinja`: what this API is, in one screen."""

    summary: Markup
    plain_summary: str
    body: Markup
    """The API's description."""
    plain_body: str
    servers: tuple[LinkView, ...]
    schemes: tuple[SchemeView, ...]
    first_call: EndpointView | None
    """The endpoint that the page shows a call of."""
    groups: tuple[GroupView, ...]
    large: bool
    """There are too many endpoints for a list: the tags are cards."""
    downloads: tuple[LinkView, ...]
    links: tuple[LinkView, ...]
    """Contact, licence, terms, more documentation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EndpointsContext(PageContext):
    """`endpoints.md.jinja`: the endpoints of one tag, or of all."""

    groups: tuple[GroupView, ...]
    single: bool
    """One group that needs no heading of its own: the page's title says it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationContext(PageContext):
    """`operation.md.jinja`: one endpoint on a page of its own."""

    endpoint: EndpointView


@dataclass(frozen=True, slots=True, kw_only=True)
class TagContext(PageContext):
    """`tag.md.jinja`: what a tag is about, and its endpoints, each a link to its own page."""

    group: GroupView


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceContext(PageContext):
    """`reference.md.jinja`: all tags of an API whose endpoints are on other pages."""

    groups: tuple[GroupView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NamesContext(PageContext):
    """`names.md.jinja`: components or webhooks that have pages of their own, each a link."""

    entries: tuple[LinkView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhooksContext(PageContext):
    """`webhooks.md.jinja`: the requests that the API sends to whoever subscribed."""

    webhooks: tuple[RequestView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookContext(PageContext):
    """`webhook.md.jinja`: one such request on a page of its own."""

    request: RequestView


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemaView:
    """One component."""

    name: str
    heading: Markup
    anchor: str
    type: Markup
    plain_type: str
    description: Markup
    plain_description: str
    fields: tuple[FieldView, ...]
    content: FieldView
    """What else is to say of it: limits, values, choices, what is in a list."""
    example: CodeView | None
    used_by: tuple[LinkView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemasContext(PageContext):
    """`schemas.md.jinja`: every component."""

    schemas: tuple[SchemaView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemaContext(PageContext):
    """`schema.md.jinja`: one component on a page of its own."""

    schema: SchemaView


@dataclass(frozen=True, slots=True, kw_only=True)
class ToolView:
    """One MCP tool."""

    name: str
    heading: Markup
    anchor: str
    title: str
    """The declared one; may be empty."""
    summary: Markup = Markup("")
    """For a list of many tools; empty elsewhere."""
    plain_summary: str = ""
    description: Markup
    plain_description: str
    hints: tuple[str, ...]
    """`read-only`, `destructive`, `idempotent`, `open world`: what is declared."""
    fields: tuple[FieldView, ...]
    endpoint: LinkView | None
    call: CodeView | None
    """The example arguments."""
    verified: str = ""
    """The day on which the tool was called with them and passed (ISO 8601); empty where it was not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceView:
    """Where a configuration file is."""

    path: str
    system: str
    """`Linux`, `macOS`, `Windows`; empty where it is the same on all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileView:
    """An entry for a client's configuration file."""

    places: tuple[PlaceView, ...]
    code: CodeView


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientView:
    """How to connect one client over one transport."""

    id: str
    name: str
    link: str
    """Opens the client and asks to add the server; empty where there is none."""
    command: CodeView | None
    """A command line that writes the entry."""
    files: tuple[FileView, ...]
    note: str
    """What else to know; may be empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TransportView:
    """The clients of one transport."""

    id: str
    """`http` or `stdio`."""
    title: str
    server: CodeView
    """The server's URL, or the command that starts it."""
    clients: tuple[ClientView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class McpContext(PageContext):
    """`mcp.md.jinja`: the tools, and how to connect clients."""

    server: str
    """What clients call the server."""
    transports: tuple[TransportView, ...]
    tools: tuple[ToolView, ...]
    brief: bool
    """The tools are too many for one page: a list, without their arguments."""
    listing: LinkView | None
    """`mcp.json`."""
