"""Configuration: `apispec.toml` or `[tool.apispec]` in pyproject.toml. Every key is also a command-line option.

`Config` is the one list of keys: the options of the commands (`cli/options.py`) and the reference page are made of it.
Keys that begin with `tools-` may stand in a table of their own: `[tools]` with `include`.
Unknown keys are errors. What the values mean is said where they are used.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from apispec.confinement import UNTRUSTED, check_links, confine, project_of
from apispec.errors import ConfigError

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


def find(folder: Path) -> Path | None:
    """The nearest `apispec.toml`, or pyproject.toml with `[tool.apispec]`, in a folder or above it.

    The search ends at the top of the repository; outside of one it is the folder alone, since what lies above may be
    anybody's.
    """
    top = project_of(folder)
    for place in (folder, *folder.parents):
        own = place / "apispec.toml"
        if own.is_file():
            return own
        project = place / "pyproject.toml"
        if project.is_file() and "[tool.apispec" in _read(project):
            return project
        if place.resolve() == top:
            break
    return None


def load(path: Path | None, options: Mapping[str, Any], left_out: list[str] | None = None) -> Config:
    """The configuration of a file, with command-line options on top.

    Where an option says `static` or `untrusted`, the file is a stranger's, and of its keys only those of
    `confinement.UNTRUSTED` count.

    Args:
        path: `apispec.toml` or pyproject.toml; None = no file.
        options: Values by field name; None = not given.
        left_out: Gets the places of the keys that do not count.

    Raises:
        ConfigError: The file is not TOML, a key is unknown or of the wrong type, or leads out of the project.
    """
    values: dict[str, Any] = {}
    given = {name: value for name, value in options.items() if value is not None}
    untrusted = bool(given.get("untrusted") or given.get("static"))
    if path is not None:
        values = _checked(path, _tables(path), untrusted, [] if left_out is None else left_out)
    if "links" in given:
        check_links(given["links"], "--links")
    if not given.get("language"):  # --language names those of snippets, and that of the site
        spoken = [name for name in given.get("languages", ()) if name in SITE_LANGUAGES]
        if spoken:
            given["language"] = spoken[-1]
            given["languages"] = tuple(name for name in given["languages"] if name not in SITE_LANGUAGES)
            if not given["languages"]:
                del given["languages"]
    values.update(given)
    if values.get("language"):
        chosen = site_language(values["language"])
        if not chosen:
            hint = f"one of {', '.join(SITE_LANGUAGES)}"
            raise ConfigError(f"the theme has no language {values['language']!r}", where="language", hint=hint)
        values["language"] = chosen
    if values.get("untrusted"):
        values["static"] = True
    return Config(**values)


def site_language(name: str) -> str:
    """The language of the theme that a code names, however it is written (`pt_br`, `de-AT`); empty where none is."""
    low = name.strip().lower().replace("_", "-")
    known = {one.lower(): one for one in SITE_LANGUAGES}
    return next((known[one] for one in (_SAME_LANGUAGE.get(low, low), low.partition("-")[0]) if one in known), "")


def inline(text: str, where: str) -> Any:
    """A TOML value from the command line; a table also as its lines in a file are written (`style = "off"`).

    Raises:
        ConfigError: It is not one.
    """
    import tomllib

    try:
        return tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError as error:
        with suppress(tomllib.TOMLDecodeError):
            if table := tomllib.loads(text):
                return table
        raise ConfigError(
            f"not a TOML value: {text}", where=where, hint=f"write it as in apispec.toml ({error})"
        ) from None


def written(value: Any) -> str:
    """A value as inline TOML: the inverse of `inline`."""
    import json

    if isinstance(value, Mapping):
        pairs = (f"{json.dumps(str(key), ensure_ascii=False)} = {written(inner)}" for key, inner in value.items())
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(written, value)) + "]"
    # As in JSON, but for DEL, which TOML wants escaped; dates come out as texts.
    return json.dumps(value, ensure_ascii=False, default=str).replace("\x7f", "\\u007f")


def convert(name: str, value: Any, where: str) -> Any:
    """A TOML value as the key's field holds it.

    Raises:
        ConfigError: It is of the wrong type.
    """
    metadata = Config.__dataclass_fields__[name].metadata
    kind, choices = metadata["kind"], metadata["choices"]
    if kind in ("text", "path", "choice"):
        if (
            isinstance(value, (int, float))
            and not isinstance(value, bool)
            and name in ("openapi_version", "api_version")
        ):
            raise ConfigError("a version is a text", where=where, hint=f'write "{value}"')
        _expect(isinstance(value, str), "a text", value, where)
        if kind == "choice" and value not in choices:
            raise ConfigError(f"{value!r} is not one of {', '.join(choices)}", where=where)
        return value
    if kind == "flag":
        _expect(isinstance(value, bool), "true or false", value, where)
        return value
    if kind in ("number", "integer"):
        _expect(not isinstance(value, bool) and isinstance(value, (int, float)), "a number", value, where)
        _expect(kind == "number" or isinstance(value, int), "a whole number", value, where)
        if value < 0:
            raise ConfigError("this must not be negative", where=where)
        if kind == "number" and not 0 < value <= DAY_S:
            raise ConfigError(f"this must be more than 0, and at most {DAY_S} (a day)", where=where)
        return float(value) if kind == "number" else value
    if (kind in ("texts", "paths", "list") and isinstance(value, str)) or (kind == "list" and isinstance(value, dict)):
        return (value,)  # one of several needs no list
    if kind in ("texts", "paths"):
        _expect(isinstance(value, list) and all(isinstance(v, str) for v in value), "a list of texts", value, where)
        return tuple(value)
    if kind == "list":
        _expect(isinstance(value, list), "a list", value, where)
        return tuple(value)
    _expect(isinstance(value, dict), "a table", value, where)
    return value


def _expect(holds: bool, what: str, value: Any, where: str) -> None:
    if not holds:
        raise ConfigError(f"this must be {what}, not {value!r}", where=where)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"cannot be read: {error}", where=str(path)) from error


def _tables(path: Path) -> dict[str, Any]:
    import tomllib

    try:
        whole = tomllib.loads(_read(path))
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"this is not TOML: {error}", where=str(path)) from None
    if path.name != "pyproject.toml":
        return whole
    table = whole.get("tool", {}).get("apispec", {})
    if not isinstance(table, dict):
        raise ConfigError("[tool.apispec] must be a table", where=str(path))
    return table


def _checked(path: Path, table: dict[str, Any], untrusted: bool, left_out: list[str]) -> dict[str, Any]:
    names = {toml_name(key.name): key.name for key in all_keys()}
    values: dict[str, Any] = {}
    for written, key, value in _flat(table):
        where = f"{path}:{_line(path, written)}: {written}"
        if key not in names:
            import difflib

            close = difflib.get_close_matches(key.replace("_", "-"), names, 1, 0.6)
            hint = f"did you mean {_as_written(close[0], written)}?" if close else "the reference lists the keys"
            raise ConfigError("there is no such key", where=where, hint=hint)
        name = names[key]
        if untrusted and name not in UNTRUSTED:
            left_out.append(where)
            continue
        values[name] = _placed(path, name, convert(name, value, where), where)
    return values


_TABLES = ("tools", "prove")
"""Tables whose keys are keys with a prefix."""


def _flat(table: dict[str, Any]) -> Iterator[tuple[str, str, Any]]:
    """Keys as they are written, the keys that they mean, and the values."""
    for written, value in table.items():
        if written in _TABLES and isinstance(value, dict):
            for inner, given in value.items():
                yield f"{written}.{inner}", f"{written}-{inner}", given
        else:
            yield written, written, value


def _as_written(key: str, written: str) -> str:
    """A key as it would stand where another one was written."""
    table, dot, _ = written.partition(".")
    return f"{table}.{key.removeprefix(f'{table}-')}" if dot and key.startswith(f"{table}-") else key


def _placed(path: Path, name: str, value: Any, where: str) -> Any:
    """The value, paths in it taken from the configuration file's folder.

    Raises:
        ConfigError: A path leads out of the project, or a link is none.
    """
    kind = Config.__dataclass_fields__[name].metadata["kind"]
    if name == "links":
        check_links(value, where)
    if kind == "path" and value:
        return _inside(path, name, value, where)
    if kind == "paths":
        urls = name == "overlays"  # which may be fetched, where that is allowed
        return tuple(v if urls and "://" in v else _inside(path, name, v, where) for v in value)
    if name in ("apis", "versions"):
        return tuple(_placed_table(path, one, where) if isinstance(one, dict) else one for one in value)
    if name == "target" and value:
        beside = _beside(path, value)
        found = next((p for p in (beside, beside.rpartition(":")[0]) if p and Path(p).exists()), "")
        if found:
            confine(name, value, Path(found), path, where)
        return beside if found else value
    return value


def _inside(path: Path, name: str, value: str, where: str) -> str:
    placed = _beside(path, value)
    confine(name, value, Path(placed), path, where)
    return placed


def _placed_table(path: Path, table: dict[str, Any], where: str) -> dict[str, Any]:
    """A table of one API, its paths taken from the configuration file's folder."""
    names = {toml_name(key.name): key.name for key in all_keys()}
    placed = dict(table)
    for key, value in table.items():
        texts = [value] if isinstance(value, str) else value
        if key in names and isinstance(texts, list) and all(isinstance(text, str) for text in texts):
            kind = Config.__dataclass_fields__[names[key]].metadata["kind"]
            if kind == "paths":
                placed[key] = list(_placed(path, names[key], tuple(texts), f"{where}.{key}"))
            elif isinstance(value, str):
                placed[key] = _placed(path, names[key], value, f"{where}.{key}")
    return placed


def _beside(path: Path, value: str) -> str:
    """A path of a configuration file, which is relative to that file's folder, relative to the current one."""
    folder = path.parent
    return value if folder == Path() or folder.resolve() == Path.cwd() else str(folder / value)


def _line(path: Path, written: str) -> int:
    """The line a key is on: tomllib tells no positions, so it is looked for."""
    import re

    for name in dict.fromkeys((written, written.rpartition(".")[2], written.partition(".")[0])):
        pattern = re.compile(rf'\s*(\[{{1,2}}(tool\.apispec\.)?)?"?{re.escape(name)}"?\s*[=\].]')
        for number, line in enumerate(_read(path).splitlines(), 1):
            if pattern.match(line):
                return number
    return 1
