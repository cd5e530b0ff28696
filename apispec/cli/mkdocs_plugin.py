"""The MkDocs plugin `apispec`: the API's pages in a user's own site, made anew whenever its code changes.

    plugins:
      - search
      - apispec:
          apis:
            - target: app.py
              at: api/

Prose anywhere on the site refers to what is described: `[[operation createIssue]]`, `[[schema Issue]]`,
`[[tag issues]]`.
"""

from __future__ import annotations

import logging
import posixpath
import re
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from mkdocs.config import base
from mkdocs.config import config_options as options
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from apispec.cli.generating import Generated, generate
from apispec.cli.reading import is_document, read
from apispec.cli.several import Member, members
from apispec.config import Config, site_language
from apispec.errors import ApispecError
from apispec.findings import Severity

_FENCE = re.compile(r"\s*(`{3,}|~{3,})")
_REFERENCE = re.compile(r"(`+)[^`].*?\1|\[\[(operation|schema|tag) +([^\]|]+?)(?:\|([^\]]+))?\]\]")
_MANY = 100
"""Pages that are alike are in the navigation where they are no more than so many."""
_LEVELS = {Severity.ERROR: logging.WARNING, Severity.WARNING: logging.INFO}
"""What `mkdocs build --strict` stops at is what `apispec build` stops at."""


class Settings(base.Config):  # type: ignore[no-untyped-call]
    """The plugin's settings in mkdocs.yml."""

    apis = options.Type(list, default=[])
    target = options.Type(str, default="")
    at = options.Type(str, default="api/")


@dataclass(frozen=True)
class _Made:
    member: Member
    title: str
    generated: Generated
    of: tuple[Any, ...]
    """What it was made of: names, times and sizes of files."""


class ApispecPlugin(BasePlugin[Settings]):  # type: ignore[no-untyped-call]
    """Makes the pages of each API."""

    def __init__(self) -> None:
        self._made: dict[str, _Made] = {}
        self._log = get_plugin_logger("apispec")
        self._folder: tempfile.TemporaryDirectory[str] | None = None

    def on_shutdown(self) -> None:
        """Leave nothing behind."""
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Make what changed, and tell the site of stylesheet, script and navigation."""
        folder = Path(config.config_file_path or ".").resolve().parent
        try:
            listed = members(Config(apis=tuple(_placed(table, folder) for table in self._tables())))
            made = {one.at: self._up_to_date(one, config) for one in listed}
        except ApispecError as error:
            hint = f"\n  hint: {error.hint}" if error.hint else ""
            raise PluginError(f"apispec: {error}{hint}") from None
        self._made = made
        for one in list(made)[:1]:
            _once(config.extra_css, f"{one}/assets/apispec.css")
            _once(config.extra_javascript, f"{one}/assets/apispec.js")
        _once(config.markdown_extensions, "attr_list")
        if config.nav is not None:
            config.nav = self._navigation(config.nav)
        return config

    def _tables(self) -> Iterable[dict[str, Any]]:
        own = [{"target": self.config.target, "at": self.config.at}] if self.config.target else []
        return [*own, *self.config.apis]

    def _up_to_date(self, member: Member, config: MkDocsConfig) -> _Made:
        of = (member, config.site_url, *_stamps(member.target))
        known = self._made.get(member.at)
        if known is not None and known.of == of:
            return known
        url = f"{config.site_url.rstrip('/')}/{member.at}/" if config.site_url else ""
        language = member.config.language or site_language(str(config.theme.get("language") or ""))
        own = replace(member.config, search="theme", site_url=url, language=language)
        found = read(member.target, own)
        generated = generate(found.api, member.target, own, markdown_copies=False)
        for finding in (*found.findings, *generated.findings):
            level = {Severity.ERROR: logging.WARNING, Severity.WARNING: logging.INFO}.get(
                finding.severity, logging.DEBUG
            )
            self._log.log(level, "%s: %s [%s]", finding.location, finding.message, finding.rule)
        return _Made(member, member.name or found.api.title, generated, of)

    @event_priority(-110)  # after plugins that part files by language, which these have none of
    def on_files(self, files: Files, /, *, config: MkDocsConfig) -> Files:
        """Add the pages and what lies beside them."""
        first = next(iter(self._made), "")
        self._folder = self._folder or tempfile.TemporaryDirectory(prefix="apispec-")
        folder = Path(self._folder.name)
        for at, made in self._made.items():
            for path, content in {**made.generated.files, **made.generated.pages}.items():
                if path.startswith("assets/apispec.") and at != first:
                    continue  # one script and one stylesheet for all
                files.append(_file(config, folder, f"{at}/{path}", content, page=path in made.generated.pages))
        return files

    def _navigation(self, nav: list[Any]) -> list[Any]:
        """The site's navigation, the APIs where it names their folders, else at its end."""
        left = dict(self._made)

        def within(entries: list[Any]) -> list[Any]:
            return [one for entry in entries for one in inside(entry)]

        def inside(entry: Any) -> list[Any]:
            title, value = next(iter(entry.items())) if isinstance(entry, dict) and len(entry) == 1 else ("", entry)
            if isinstance(value, list):
                return [{title: within(value)}]
            if isinstance(value, str) and value.strip("/") in left:
                made = left.pop(value.strip("/"))
                return [{title or made.title: _nav(made)}]
            if isinstance(value, str):
                for at in [at for at in left if value.startswith(f"{at}/")]:
                    del left[at]  # the site lists its pages itself
            return [entry]

        found = within(nav)
        return [*found, *({made.title: _nav(made)} for made in left.values())]

    @event_priority(50)
    def on_page_markdown(self, markdown: str, /, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Turn references in prose into links."""
        source = page.file.src_uri
        if "[[" not in markdown or any(source.startswith(f"{at}/") for at in self._made):
            return markdown
        lines, fence = [], ""
        for line in markdown.split("\n"):
            mark = _FENCE.match(line)
            if mark:
                fence = "" if fence and mark[1].startswith(fence) else fence or mark[1]
            lines.append(line if mark or fence else _REFERENCE.sub(lambda found: self._link(found, source), line))
        return "\n".join(lines)

    def _link(self, found: re.Match[str], source: str) -> str:
        if found[1]:
            return found[0]  # code
        kind, name, words = found[2], found[3].strip(), found[4]
        at, _, inner = name.rpartition(":")
        places = [
            f"{folder}/{place}"
            for folder, made in self._made.items()
            for wanted in ({name, inner} if at.strip("/") == folder else {name})
            if (place := made.generated.places.get((kind, wanted)))
        ]
        if not places:
            self._log.warning("%s refers to the %s '%s', which no API has", source, kind, name)
            return str(words or name)
        if len(places) > 1:
            self._log.warning(
                "%s refers to the %s '%s', which several APIs have: write [[%s FOLDER:%s]]",
                source,
                kind,
                name,
                kind,
                name,
            )
        target = posixpath.relpath(places[0], posixpath.dirname(source) or ".")
        text = f"`{inner}`" if words is None else words
        return f"[{text}]({target})"

    def on_serve(self, server: LiveReloadServer, /, *, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
        """Build again when the code changes."""
        for made in self._made.values():
            for place in _watched(made.member.target):
                server.watch(str(place))
        return server


def _placed(table: Any, folder: Path) -> Any:
    """A table whose target is taken from the folder of mkdocs.yml."""
    if not isinstance(table, Mapping) or not isinstance(table.get("target"), str):
        return table
    file, colon, attribute = table["target"].partition(":")
    beside = folder / file
    return {**table, "target": f"{beside}{colon}{attribute}"} if beside.exists() else dict(table)


def _watched(target: str) -> list[Path]:
    file = Path(target if is_document(target) else target.partition(":")[0])
    if not file.exists():
        return []
    return [file] if is_document(target) else [file.parent if file.is_file() else file]


def _stamps(target: str) -> list[tuple[str, int, int]]:
    """Which files a target is made of, as far as it shows, and when they were changed."""
    files = [file for place in _watched(target) for file in ([place] if place.is_file() else place.rglob("*.py"))]
    return sorted((str(file), (about := file.stat()).st_mtime_ns, about.st_size) for file in files if file.is_file())


def _once(entries: list[Any], entry: str) -> None:
    if entry not in map(str, entries):
        entries.append(entry)


def _file(config: MkDocsConfig, folder: Path, path: str, content: str | bytes, *, page: bool) -> File:
    """A file of the site; a real one, since other plugins look at it."""
    source = path if page or not path.endswith(".md") else f"{path}.txt"  # MkDocs goes by the name: it is no page
    target = folder / source
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    file = File(source, str(folder), config.site_dir, config.use_directory_urls)
    if source != path:
        file.dest_uri = path
    return file


def _nav(made: _Made) -> list[Any]:
    branches = made.generated.branches if sum(map(len, made.generated.branches.values())) <= _MANY else {}

    def entry(title: str, target: Any) -> Any:
        if not isinstance(target, str):
            inner = [entry(*one) for one in target]
            return {title: inner}
        leaves = [{leaf.title: f"{made.member.at}/{leaf.path}"} for leaf in branches.get(target, ())]
        own = f"{made.member.at}/{target}"
        return {title: [{title: own}, *leaves]} if leaves else {title: own}

    return [entry(title, target) for title, target in made.generated.navigation]
