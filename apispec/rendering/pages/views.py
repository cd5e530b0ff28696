"""The parts of pages: what templates may ask of an endpoint, a field, an answer, a component.

Frozen views, every decision taken already, arranged twice: as pages (`templates/pages/`), where `Markup` fields
are safe HTML and every `str` is escaped when it is printed, and as Markdown copies for language models
(`templates/copies/`), which print the `str`s.
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
    named_choices: tuple[tuple[str, str, str], ...] = ()
    """Values with names or words of their own: the value as JSON text, its name in programs, what is said of it."""
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
    """What macros made of it, by their names (`filling.printed`): the same view may be shown in many places."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NestedView:
    """The fields of an object inside a type, folded at first; or several schemas under some words."""

    label: str
    """The component's name or title; empty where it has none; of a choice the words, such as `One of`."""
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
class MediaView:
    """What a body or an answer is in a further media type."""

    type: str
    content: FieldView | None = None
    """None where it is the same as in the first media type."""
    examples: tuple[CodeView, ...] = ()


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
    """Further media types of which nothing else is to say."""
    outputs: tuple[FieldView, ...] = ()
    """The labelled outputs of a Gradio endpoint, in order."""
    content: FieldView | None = None
    """What is in it; None where the outputs say it, or nothing is to say."""
    media: tuple[MediaView, ...] = ()
    """The same answer in further media types that have schemas or examples of their own."""
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
    body_types: tuple[str, ...] = ()
    body_media: tuple[MediaView, ...] = ()
    """Further media types of the body, as in EndpointView."""
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
    told: str = ""
    """What the details are called."""
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
    internal: bool = False
    """Whether its document marks it so (`x-internal`)."""
    marks: tuple[MarkView, ...] = ()
    security: tuple[str, ...] = ()
    """What a caller needs, in words; empty = nothing."""
    security_href: str = ""
    """Where it is said how to authenticate."""
    parameters: tuple[FieldView, ...] = ()
    by_place: tuple[tuple[str, tuple[FieldView, ...]], ...] = ()
    """The same parameters, by their places: `path`, `query`, `header`, `cookie`; empty for those that make the body."""
    body: FieldView | None = None
    """A request body that is not made of the parameters."""
    body_examples: tuple[CodeView, ...] = ()
    """Those that were given where there are several, labelled."""
    body_types: tuple[str, ...] = ()
    """Further media types that the request body may have, of which nothing else is to say."""
    body_media: tuple[MediaView, ...] = ()
    """The body in further media types that have schemas or examples of their own."""
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
