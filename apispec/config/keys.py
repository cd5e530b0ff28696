"""The one list of keys: the options of the commands (`cli/options.py`) and the reference page are made of it."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from typing import Any, Literal

Kind = Literal["text", "flag", "number", "integer", "choice", "path", "texts", "paths", "table", "list"]
"""`table` and `list` are TOML values; on the command line they are written as inline TOML."""

Group = Literal["target", "api", "reading", "document", "site", "tools", "prove", "rules", "judging", "changes"]
"""Which commands take a key: each command names the groups it needs."""


SITE_LANGUAGES = (
    "af", "ar", "az", "be", "bg", "bn", "ca", "cs", "cy", "da", "de", "el", "en", "eo", "es", "et", "eu", "fa", "fi",
    "fr", "gl", "he", "hi", "hr", "hu", "hy", "id", "is", "it", "ja", "ka", "kn", "ko", "ku-IQ", "lb", "lt", "lv", "mk",
    "mn", "ms", "my", "nb", "nl", "nn", "pl", "pt", "pt-BR", "ro", "ru", "sa", "sh", "si", "sk", "sl", "sq", "sr", "sv",
    "ta", "te", "th", "tl", "tr", "uk", "ur", "uz", "vi", "zh", "zh-Hant", "zh-TW",
)  # fmt: skip
"""Those that the theme has words in (a test holds them equal to its own); in which of them ours are is told by the
catalogues in `templates/words/`."""

_SAME_LANGUAGE = {"zh-cn": "zh", "zh-hans": "zh", "zh-sg": "zh", "zh-hk": "zh-Hant", "iw": "he", "no": "nb"}

DAY_S = 24 * 60 * 60
"""The longest time, in seconds, that a key may give."""


def _key(
    default: Any, group: Group, kind: Kind, help_text: str, *, option: str = "", choices: tuple[str, ...] = ()
) -> Any:
    metadata = {"group": group, "kind": kind, "help": help_text, "option": option, "choices": choices}
    if isinstance(default, dict):
        return field(default_factory=dict, metadata=metadata)
    return field(default=default, metadata=metadata)


@dataclass(frozen=True, kw_only=True)
class Config:
    """Every key with its default. In TOML and on the command line `_` is written `-`."""

    target: str = _key(
        "", "target", "text", "What to read: a file, a package.module, either with :attribute, or an OpenAPI document."
    )

    title: str = _key("", "api", "text", "The API's name instead of the source's.")
    api_version: str = _key("", "api", "text", "The API's version instead of the source's.")
    summary: str = _key("", "api", "text", "One line about the API.")
    description: str = _key("", "api", "text", "Markdown about the API instead of the module's docstring.")
    servers: tuple[Any, ...] = _key(
        (), "api", "list", "URLs (or tables: url, description, variables).", option="server"
    )
    tags: tuple[Any, ...] = _key((), "api", "list", "Tags in the order shown: names, or tables (name, description).")
    contact: dict[str, Any] = _key({}, "api", "table", "Whom to ask: name, url, email.")
    license: dict[str, Any] = _key({}, "api", "table", "The terms: name, and identifier (SPDX) or url.")
    terms_of_service: str = _key("", "api", "text", "The URL of the terms of service.")
    external_docs: dict[str, Any] = _key({}, "api", "table", "More documentation: url, description.")
    security_schemes: dict[str, Any] = _key({}, "api", "table", "OpenAPI Security Scheme Objects by name.")
    security: tuple[Any, ...] = _key((), "api", "list", "Schemes that every endpoint needs: names, or tables.")
    overlays: tuple[str, ...] = _key(
        (), "api", "paths", "An OpenAPI Overlay that changes what is described; several apply in order.",
        option="overlay",
    )  # fmt: skip
    hide_internal: bool = _key(
        False,
        "api",
        "flag",
        "Leave out what a document marks with x-internal: operations, parameters, fields, schemas.",
    )
    credentials: tuple[str, ...] = _key(
        (), "api", "texts",
        "SCHEME=VARIABLE: the environment variable that holds a security scheme's credential.", option="credential",
    )  # fmt: skip
    protocol: str = _key(
        "http", "api", "choice", "How plain functions are called: one request, or Gradio's queue.",
        choices=("http", "gradio"),
    )  # fmt: skip
    leave_out_uncallable: bool = _key(
        False, "api", "flag", "Leave out what is listed but cannot be called through the API (Gradio event handlers)."
    )

    static: bool = _key(False, "reading", "flag", "Never import the target; read its syntax tree. Nothing of it runs.")
    untrusted: bool = _key(
        False, "reading", "flag",
        "The repository is a stranger's: --static, and its configuration reaches no files, templates or programs.",
    )  # fmt: skip
    strict: bool = _key(False, "reading", "flag", "Whatever cannot be described or imported is an error.")
    timeout: float = _key(30.0, "reading", "number", "Seconds that importing and reading the target may take.")
    memory: int = _key(4096, "reading", "integer", "MiB of memory that it may take; 0 = no limit.")
    mock_imports: tuple[str, ...] = _key(
        (), "reading", "texts", "A package to replace by a stand-in while importing; the last resort.",
        option="mock-import",
    )  # fmt: skip
    python: str = _key("", "reading", "text", "The interpreter that imports the target; this one by default.")
    search_path: tuple[str, ...] = _key((), "reading", "paths", "A folder to import from, before the target's own.")
    allow_secrets: tuple[str, ...] = _key(
        (),
        "reading",
        "texts",
        "A text that looks like a secret and is none; it is shown as it is.",
        option="allow-secret",
    )
    allow_remote: bool = _key(False, "reading", "flag", "Fetch what a document refers to by URL.")
    fail_on: str = _key(
        "error", "reading", "choice", "Exit with 1, and write nothing, where a finding is at least so bad.",
        choices=("error", "warning", "info", "never"),
    )  # fmt: skip

    openapi_version: str = _key(
        "", "document", "choice", "The OpenAPI version to write; 3.1, or that of a document read, by default.",
        choices=("3.0", "3.1", "3.2"),
    )  # fmt: skip
    code_samples: bool = _key(True, "document", "flag", "Put the snippets into the document as x-codeSamples.")
    languages: tuple[str, ...] = _key((), "document", "texts", "A language of snippets, in order.", option="language")
    templates: tuple[str, ...] = _key((), "document", "paths", "A folder of templates that come before ours.")

    out: str = _key("site", "site", "path", "The folder that the site is written to.")
    allow_shrink: bool = _key(False, "site", "flag", "Replace a site by one that lacks most of its endpoints.")
    max_shrink: int = _key(
        50, "site", "integer", "Per cent of the previous site's endpoints that may go without --allow-shrink."
    )
    layout: str = _key(
        "auto", "site", "choice", "One page per operation, one per tag, a single one, or what suits the API's size.",
        choices=("auto", "single", "tags", "operations"),
    )  # fmt: skip
    site_url: str = _key("", "site", "text", "Where the site will be published.")
    site_name: str = _key("", "site", "text", "The site's name; the API's title by default.")
    offline: bool = _key(False, "site", "flag", "A site that works from file://, search included.")
    try_it: bool = _key(True, "site", "flag", "Forms to try calls, a base URL of the reader's, and a recorder.")
    hide_mcp: bool = _key(False, "site", "flag", "Leave the MCP page out.")
    mcp_url: str = _key(
        "", "site", "text", "Where the MCP server is; that of functions by default at the first server + /mcp."
    )
    proof: str = _key("", "site", "path", "What `apispec prove --out` wrote; snippets that passed are marked.")
    builder: str = _key(
        "mkdocs", "site", "choice", "What builds the site: Material for MkDocs, or Zensical (extra `zensical`).",
        choices=("mkdocs", "zensical"),
    )  # fmt: skip
    search: str = _key(
        "instant", "site", "choice", "The search: ours, which knows operations and fields; the theme's; or none.",
        choices=("instant", "theme", "none"),
    )  # fmt: skip
    language: str = _key(
        "", "site", "text", "The language of the site's own words: de, es, fr, ja, pt, zh, …; English by default.",
        option="site-language",
    )  # fmt: skip
    logo: str = _key("", "site", "path", "An image for the header.")
    favicon: str = _key("", "site", "path", "The icon of the browser tab.")
    primary: str = _key("", "site", "text", "The primary colour: a name of Material for MkDocs, or a hex value.")
    accent: str = _key("", "site", "text", "The accent colour, likewise.")
    footer: str = _key("", "site", "text", "Text at the bottom of every page.")
    pages_before: tuple[str, ...] = _key((), "site", "paths", "Your own Markdown page, before the API's pages.")
    pages_after: tuple[str, ...] = _key((), "site", "paths", "Your own Markdown page, after the API's pages.")
    changelog_from: str = _key(
        "", "site", "text", "Add a changelog page: what changed since this document, or this git revision."
    )
    previous: str = _key(
        "",
        "site",
        "text",
        "The previous site, or its document: what is gone or renamed leads on.",
    )
    links: dict[str, Any] = _key({}, "site", "table", "More entries of the navigation: text = URL.")
    apis: tuple[Any, ...] = _key(
        (), "site", "list", "One API of several on a site: a table (name, target, at, group, and its own keys).",
        option="api",
    )  # fmt: skip
    versions: tuple[Any, ...] = _key(
        (), "site", "list", "Versions, oldest first: a pattern of git tags, or a table (name, target, revision).",
    )  # fmt: skip

    tools_include: tuple[Any, ...] = _key(
        (), "tools", "list",
        "Make tools of these alone: a name or pattern, tag:NAME, a path, METHOD path, deprecated, x-KEY, or a table.",
    )  # fmt: skip
    tools_exclude: tuple[Any, ...] = _key((), "tools", "list", "Make no tools of these; written as in tools-include.")
    tools_read_only: bool = _key(False, "tools", "flag", "Make tools only of what changes nothing.", option="read-only")
    tools_dynamic: bool | None = _key(
        None, "tools", "flag",
        "Offer search_tools, describe_tool and call_tool instead of all tools; by default where there are many.",
        option="dynamic",
    )  # fmt: skip
    tools_dynamic_above: int = _key(
        60, "tools", "integer", "How many tools are listed one by one before they are offered dynamically.",
        option="dynamic-above",
    )  # fmt: skip
    tools_pin: tuple[Any, ...] = _key(
        (), "tools", "list", "List these beside the tools that find the others; written as in tools-include.",
        option="pin",
    )  # fmt: skip
    tools_operations: dict[str, Any] = _key(
        {}, "tools", "table", "By operation: name, title, description, parameters, hints, or enabled = false."
    )
    tools_parameters: dict[str, Any] = _key(
        {}, "tools", "table", "By parameter, wherever it is: name, description, hidden, and its value or env."
    )
    tools_answer_limit: int = _key(
        40_000, "tools", "integer", "Characters of an answer; what is left out is said. 0 = no limit.",
        option="answer-limit",
    )  # fmt: skip
    tools_strict_output: bool = _key(
        False, "tools", "flag", "An answer that does not fit its schema is an error, even of a call that succeeded.",
        option="strict-output",
    )  # fmt: skip
    tools_forward_authorization: bool = _key(
        False, "tools", "flag", "Over HTTP, pass the caller's own Authorization on to the API.",
        option="forward-authorization",
    )  # fmt: skip
    tools_headers: tuple[Any, ...] = _key(
        (), "tools", "list", "A header of every request that a tool makes, `Name: value`; ${NAME} is a variable.",
        option="header",
    )  # fmt: skip
    tools_call_timeout: float = _key(
        0.0, "tools", "number", "Seconds that a tool's call may take; 60 by default where it is a request.",
        option="call-timeout",
    )  # fmt: skip

    prove_before: tuple[str, ...] = _key(
        (), "prove", "texts", "A command to run before each language's calls and the app's start: resets a database.",
        option="before",
    )  # fmt: skip
    prove_seed: tuple[str, ...] = _key(
        (), "prove", "texts", "A command to run before each language's calls, once the app is up at $APISPEC_URL.",
        option="seed",
    )  # fmt: skip
    prove_safe_only: bool = _key(
        False, "prove", "flag", "Make only calls that change nothing (GET, HEAD, OPTIONS).", option="safe-only"
    )
    prove_skip: tuple[str, ...] = _key(
        (), "prove", "texts", "An endpoint to leave out, with the reason: `NAME=why`.", option="skip"
    )
    prove_workflows: tuple[str, ...] = _key(
        (), "prove", "paths", "A document of workflows (Arazzo) whose steps are called first.", option="workflows"
    )
    prove_inputs: tuple[str, ...] = _key(
        (), "prove", "texts", "An input of workflows, `NAME=VALUE` or `WORKFLOW.NAME=VALUE`; ${NAME} is a variable.",
        option="input",
    )  # fmt: skip

    rules: dict[str, Any] = _key(
        {},
        "rules",
        "table",
        "Level by rule (error, warning, info, off), a table with a rule's options, or level by kind of change "
        "(breaking, risky, safe, off).",
    )

    preset: tuple[str, ...] = _key(
        (), "judging", "texts", "A set of levels: recommended (the default), minimal, strict, security; several add up."
    )
    assertions: dict[str, Any] = _key(
        {}, "judging", "table", "Rules of your own by name: subject, property, what must hold, where, level, message."
    )

    may_break: tuple[str, ...] = _key(
        ("draft", "alpha", "internal"), "changes", "texts",
        "A stability level (x-stability-level) whose operations may break; internal: x-internal; none.",
    )  # fmt: skip
    deprecation_days: int = _key(
        0, "changes", "integer", "Days that must lie between deprecation (x-deprecated-since) and removal (x-sunset)."
    )
    deprecation_days_beta: int = _key(0, "changes", "integer", "The same for operations at beta.")


def all_keys() -> tuple[dataclasses.Field[Any], ...]:
    """The fields of `Config`, in order; metadata: group, kind, help, option, choices."""
    return dataclasses.fields(Config)


def toml_name(name: str) -> str:
    """A field's name as TOML and the command line write it."""
    return name.replace("_", "-")


def site_language(name: str) -> str:
    """The language of the theme that a code names, however it is written (`pt_br`, `de-AT`); empty where none is."""
    low = name.strip().lower().replace("_", "-")
    known = {one.lower(): one for one in SITE_LANGUAGES}
    return next((known[one] for one in (_SAME_LANGUAGE.get(low, low), low.partition("-")[0]) if one in known), "")
