"""Several versions of an API as one site: a folder each and `latest/`, with marks of what came, changed and went."""

from __future__ import annotations

import itertools
import json
import posixpath
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import chdir
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from apispec.cli.caching import key, key_of_files, stored, stored_files
from apispec.cli.generating import Generated, generate, site_options
from apispec.cli.made import Begin, Content, Site
from apispec.cli.portal import below
from apispec.cli.reading import counted, is_document, read
from apispec.cli.several import Edition, editions
from apispec.cli.writing import document_text
from apispec.config import Config
from apispec.errors import ApispecError, TargetError
from apispec.findings import Finding, Location, Severity
from apispec.model import Api, Endpoint, HttpCall, Introspection
from apispec.words import _, language

if TYPE_CHECKING:
    from apispec.changes import Change
    from apispec.rendering import Mark, NavItem

LATEST = "latest"
_CANONICAL = re.compile(r'<link rel="canonical" href="[^"]*">')
_MOST_TOLD = 12
"""Changes of one operation that its page lists; the changelog has all."""


@dataclass(frozen=True)
class _Read:
    """A version that was read."""

    edition: Edition
    api: Api
    findings: tuple[Finding, ...]
    changes: tuple[Change, ...] = ()
    """From the version before; none for the first."""

    @property
    def operations(self) -> dict[str, Endpoint]:
        """By method and path, names of parameters in it apart."""
        return {_key(e.call.method, e.call.path): e for e in self.api.public_endpoints if isinstance(e.call, HttpCall)}


def versioned(config: Config, begin: Begin, ready: Callable[[], None]) -> Site:
    """The site of all versions; arguments and errors as for `sites.render`."""
    found: list[_Read] = []
    findings: list[Finding] = []
    templates = tuple(str(Path(folder).absolute()) for folder in config.templates)
    for listed in editions(config):
        begin(f"{listed.name}: read")
        edition = replace(listed, config=replace(listed.config, templates=templates))
        try:
            read_now = _introspected(edition)
        except _AbsentError as absent:
            findings.append(Finding("version-without-target", Severity.WARNING, str(absent), Location(), ""))
            continue
        found.append(_Read(edition, read_now.api, read_now.findings))
    ready()
    if not found:
        raise TargetError("no version has the target", where=config.target)
    begin("compare")
    found = _compared(found)
    files: dict[str, Content] = {}
    newest = found[-1]
    built: dict[str, Mapping[str, Content]] = {}
    for position, (generated, options) in enumerate(_generated(found, config, begin)):
        one, more = found[position], generated.findings
        built[one.edition.name] = _built(found, position, generated, options, begin)
        if one is newest or not one.edition.revision:
            findings += [*one.findings, *more]
        elif one.findings:
            said = f"{one.edition.name} has {counted(len(one.findings), 'finding')}, which nobody can mend any more."
            findings.append(Finding("findings-of-old-version", Severity.INFO, said, Location(), ""))
    for one in found:
        own = built[one.edition.name]
        if one is not newest:
            own = _outdated(own, one.edition.name, newest.edition.name, built[newest.edition.name], config)
        files.update(below(one.edition.name, own))
    files.update(below(LATEST, built[newest.edition.name]))
    files["index.html"] = _way_on(newest.api.title, config)
    offered: list[dict[str, Any]] = [
        {"version": one.edition.name, "title": one.edition.name, "aliases": []} for one in reversed(found)
    ]
    offered[0]["aliases"] = [LATEST]
    files["versions.json"] = json.dumps(offered, indent=2, ensure_ascii=False) + "\n"
    count = counted(len(newest.api.public_endpoints), "endpoint")
    return Site(
        files, findings, newest.api.title, f"{counted(len(found), 'version')}, {count} in {newest.edition.name}"
    )


class _AbsentError(Exception):
    """A revision that has not got the target yet."""


def _introspected(edition: Edition) -> Introspection:
    from apispec.changes import checked_out, tree_of
    from apispec.changes import edition as edition_of
    from apispec.model import dump_json, load_json

    if not edition.revision:
        return read(edition.target, edition.config)
    file = edition.target if is_document(edition.target) else edition.target.partition(":")[0]
    if ("/" in file or "." in file) and not edition_of(edition.revision, file, of_now=False).path:
        raise _AbsentError(f"{edition.revision} has no {file}; it is left out")

    def now() -> bytes:
        with checked_out(edition.revision) as folder, chdir(folder):
            return dump_json(read(edition.target, edition.config))

    name = key("read", tree_of(edition.revision), str(Path.cwd()), edition.target, repr(edition.config))
    try:
        try:
            found: Introspection = load_json(Introspection, stored(f"{name}.json", now))
        except ValueError:  # what was kept was cut off, or is somebody else's
            found = load_json(Introspection, now())
        return found
    except ApispecError as error:
        error.where = f"{edition.revision}: {error.where}" if error.where else edition.revision
        raise


def _compared(found: Sequence[_Read]) -> list[_Read]:
    from apispec.changes import compare
    from apispec.documents import from_data

    documents = [
        json.loads(document_text(one.api, replace(one.edition.config, code_samples=False), [], validate=False))
        for one in found
    ]
    steps = [
        tuple(compare(from_data(before, "old").data, from_data(after, "new").data))
        for before, after in itertools.pairwise(documents)
    ]
    return [replace(one, changes=changes) for one, changes in zip(found, [(), *steps], strict=True)]


def _generated(found: Sequence[_Read], config: Config, begin: Begin) -> Iterator[tuple[Generated, Config]]:
    """The pages of each version, oldest first, with marks at fields; no more than two versions are held at a time."""
    from apispec.rendering import fields_of, marked

    fields: list[tuple[str, Mapping[str, str]]] = []
    before: tuple[Generated, Config] | None = None

    def ready(made: Generated, position: int) -> Generated:
        pages = {
            path: marked(page, path, fields, position) if isinstance(page, str) else page
            for path, page in made.pages.items()
        }
        return replace(made, pages=pages)

    for position, one in enumerate(found):
        name = LATEST if position == len(found) - 1 else one.edition.name
        url = f"{config.site_url.rstrip('/')}/{name}/" if config.site_url else ""
        own = replace(one.edition.config, site_url=url)
        made = generate(one.api, one.edition.target, own, begin, marks=_marks(found, position))
        fields.append((one.edition.name, fields_of(made.pages)))
        if before is not None:
            yield ready(before[0], position - 1), before[1]
        before = made, own
    if before is not None:
        yield ready(before[0], len(found) - 1), before[1]


def _built(found: Sequence[_Read], position: int, made: Generated, own: Config, begin: Begin) -> Mapping[str, Content]:
    """The site of one version, in its own folder."""
    from apispec import site
    from apispec.changes import changelog_page

    one = found[position]
    pages = {**made.pages, "assets/versions.js": _selector(found)}
    steps: list[NavItem] = []
    for before, after in reversed(list(itertools.pairwise(found[: position + 1]))):
        path = _changelog(after.edition.name)
        pages[path] = changelog_page(
            after.changes, base=before.edition.name, revision=after.edition.name, heading=after.edition.name
        )
        steps.append((after.edition.name, path))
    navigation: list[NavItem] = [*made.navigation, *([(_("Changelog"), steps)] if steps else [])]
    options = site_options(one.api, replace(made, navigation=navigation), own)
    begin(f"{one.edition.name}: site")
    inputs = key(key_of_files(pages), key_of_files(made.files), repr(options), *_own_files(own))
    return stored_files(inputs, lambda: site.render(pages, options, made.files))


def _own_files(config: Config) -> list[bytes]:
    """What the site is made of besides its pages: the user's own pages, images and templates."""
    places = [config.logo, config.favicon, *config.pages_before, *config.pages_after, *config.templates]
    found: list[bytes] = []
    for place in (Path(place) for place in places if place):
        files = sorted(p for p in place.rglob("*") if p.is_file()) if place.is_dir() else [place]
        found += [part for file in files if file.is_file() for part in (str(file).encode(), file.read_bytes())]
    return found


def _changelog(name: str) -> str:
    return f"changelog/{name}.md"


def _key(method: str, path: str) -> str:
    return f"{method} {re.sub(r'{[^{}]*}', '{}', path)}"


def _subject(title: str) -> str:
    method, _, path = title.partition(" ")
    return _key(method, path)


def _marks(found: Sequence[_Read], position: int) -> dict[str, tuple[Mark, ...]]:
    """By the endpoint's name: in which version it came, changed last, and goes."""
    from apispec.rendering import Mark

    marks: dict[str, tuple[Mark, ...]] = {}
    known = [one.operations for one in found]
    for operation, endpoint in known[position].items():
        came = position
        while came and operation in known[came - 1]:
            came -= 1
        own: list[Mark] = []
        if came:
            name = found[came].edition.name
            own.append(Mark(kind="new", words=_("new in {version}", version=name), page=_changelog(name)))
        for number in range(position, came, -1):
            told = [change for change in found[number].changes if operation in map(_subject, change.subjects)]
            if told:
                name = found[number].edition.name
                details = tuple(f"{c.where}: {c.message}" if c.where else c.message for c in told[:_MOST_TOLD])
                own.append(
                    Mark(
                        kind="changed",
                        words=_("changed in {version}", version=name),
                        told=_("What changed in {version}", version=name),
                        page=_changelog(name),
                        details=details,
                    )
                )
                break
        if position + 1 < len(found) and operation not in known[position + 1]:
            own.append(Mark(kind="removed", words=_("removed in {version}", version=found[position + 1].edition.name)))
        if own:
            marks[endpoint.name] = tuple(own)
    return marks


def _selector(found: Sequence[_Read]) -> str:
    from apispec.templating import templates_dir

    text = (templates_dir() / "assets" / "versions.js").read_text(encoding="utf-8")
    names = [one.edition.name for one in reversed(found)]
    return text.replace("[/* VERSIONS */]", json.dumps(names), 1)


def _outdated(
    files: Mapping[str, Content], name: str, newest_name: str, newest: Mapping[str, Content], config: Config
) -> dict[str, Content]:
    """The pages of an old version: each says so, leads to the newest one, and is no page for search engines."""
    out: dict[str, Content] = {}
    root = config.site_url.rstrip("/")
    for path, content in files.items():
        if not path.endswith(".html"):
            out[path] = content
            continue
        text = content if isinstance(content, str) else content.decode("utf-8")
        same = path if path in newest else "index.html"
        up = posixpath.relpath(f"{LATEST}/{same}", posixpath.dirname(f"{name}/{path}"))
        up = up if config.offline else up.removesuffix("index.html") or "./"
        link = _("This page in {version}") if same == path else _("The newest version, {version}")
        label = escape(_("Old version"))
        told = _("You are reading {version}, an old version.")
        aside = (
            f'<aside class="api-outdated" aria-label="{label}" data-search-exclude>'
            f"<p>{escape(told.format(version=name))} "
            f'<a href="{escape(up)}">{escape(link.format(version=newest_name))}</a></p></aside>\n'
        )
        before, main, after = text.partition("<main ")
        out[path] = f"{before}{aside}{main}{after}" if main else text
        if root:
            canonical = escape(f"{root}/{LATEST}/{same}".removesuffix("index.html"))
            out[path] = _CANONICAL.sub(f'<link rel="canonical" href="{canonical}">', str(out[path]), count=1)
    for left_out in ("sitemap.xml", "sitemap.xml.gz"):
        out.pop(left_out, None)
    return out


def _way_on(title: str, config: Config) -> str:
    """The first page, which leads to the newest version."""
    home = f"{LATEST}/index.html" if config.offline else f"{LATEST}/"
    address = f"{config.site_url.rstrip('/')}/{home}" if config.site_url else home
    return (
        f'<!doctype html>\n<html lang="{language()}">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{escape(title)}</title>\n"
        f'<link rel="canonical" href="{escape(address)}">\n'
        f'<meta http-equiv="refresh" content="0; url={home}">\n'
        f'</head>\n<body>\n<p><a href="{home}">{escape(title)}</a></p>\n</body>\n</html>\n'
    )
