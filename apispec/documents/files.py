"""The files of a document: reading them, and making the references between them local."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote, urljoin

from apispec.documents.foreign import is_of_kind, only
from apispec.documents.limits import Limits
from apispec.documents.pointers import MISSING, escape, find, join, split, step
from apispec.documents.references import NAMED, Site, kind_of, sites
from apispec.errors import DocumentError
from apispec.findings import Finding
from apispec.urls import split_url

_VALUES = frozenset({"example", "enum", "const", "value", "dataValue", "x-apispec-files"})
"""Keys whose content is data."""


class _Broken(NamedTuple):
    """Why a reference leads nowhere, and what to do."""

    message: str
    hint: str = ""


def is_remote(name: str) -> bool:
    """Whether a name is an address on the network."""
    return name.startswith(("http://", "https://"))


def content(name: str, *, allow_remote: bool, limits: Limits) -> bytes:
    """The bytes of a file or address.

    Raises:
        DocumentError: It is not there, is not a file, may not be read, or is too large.
    """
    if is_remote(name):
        if not allow_remote:
            raise DocumentError("remote documents are not read", where=name, hint="allow it with --allow-remote")
        return _fetched(name, limits)
    path = Path(name)
    try:
        if path.is_dir():
            raise DocumentError("this is a folder", where=name, hint="name a file")
        if path.exists() and not path.is_file():
            raise DocumentError("this is not a regular file", where=name)
        if path.stat().st_size > limits.bytes:
            raise DocumentError(f"the file is larger than {limits.bytes:,} bytes", where=name)
        return path.read_bytes()
    except FileNotFoundError:
        raise DocumentError("there is no such file", where=name) from None
    except (OSError, ValueError) as error:
        raise DocumentError(
            f"the file cannot be read: {getattr(error, 'strerror', None) or error}", where=name
        ) from None


def _fetched(address: str, limits: Limits) -> bytes:
    from urllib.request import Request, urlopen  # 15 ms that only remote documents should pay

    try:
        with urlopen(
            Request(address, headers={"Accept": "application/json, application/yaml, */*"}), timeout=limits.seconds
        ) as answer:
            data: bytes = answer.read(limits.bytes + 1)
    except (OSError, ValueError) as error:
        raise DocumentError(f"it cannot be fetched: {error}", where=address) from None
    if len(data) > limits.bytes:
        raise DocumentError(f"it is larger than {limits.bytes:,} bytes", where=address)
    return data


class Files:
    """Finds the files a document refers to and rewrites the references in place.

    `other.yaml#/Pet` becomes `#/x-apispec-files/other.yaml/Pet`; everything that follows references then works on one
    value with local references, and a pointer still says which file it leads to.

    Args:
        root: The document's name.
        parse: Reads one text, see `apispec.documents.document.parse`.
        allow_remote: Whether addresses may be fetched.
        limits: Bounds.
        read: How to get the content of a file that is not on disk.
    """

    def __init__(
        self,
        root: str,
        *,
        parse: Callable[..., Any],
        allow_remote: bool,
        limits: Limits,
        read: Callable[[str], bytes] | None = None,
    ) -> None:
        self._root = root
        self._content = read
        self._parse = parse
        self._allow_remote = allow_remote
        self._limits = limits
        self._values: dict[str, Any] = {}
        self._anchors: dict[str, dict[str, str]] = {}
        self._uris: dict[str, tuple[str, str]] = {}
        self._bases: dict[str, str] = {}
        self._problems: dict[str, tuple[str, str]] = {}
        self._original: dict[tuple[int, str], tuple[str, str]] = {}
        self._distance: dict[str, int] = {}
        self._reached: dict[str, dict[str, None]] = {}
        self._size = 0
        self.positions: dict[str, Callable[[str], tuple[int, int]]] = {}
        self.findings: list[Finding] = []
        self.broken: list[tuple[tuple[str, str], str, str, str]] = []
        """(file, pointer), reference, message, hint of each reference that leads nowhere."""

    def gather(self, data: Any) -> dict[str, Any]:
        """Read what `data` refers to, and what that refers to; gives the other files' values by name.

        Only what is reached is followed: a file may hold much that is no part of this document.
        """
        self._take(self._root, data)
        self._distance = {self._root: 0}
        seen: set[tuple[int, str]] = set()
        waiting = deque([(self._root, list(sites(data, kind_of(data), seen=seen)))])
        unread: list[tuple[str, Site, _Broken]] = []
        while waiting:
            file, found = waiting.popleft()
            for one in found:
                site = rebased(one, self._values[file])
                self._original.setdefault((id(site.holder), site.key), (file, site.reference))
                home = self._accepted(site, self._follow(file, site.reference))
                if isinstance(home, _Broken):
                    unread.append((file, site, home))
                else:
                    target = self._lead(site, file, *home)
                    waiting.append((home[0], list(sites(target, site.kind, site.shape, tuple(split(home[1])), seen))))
            if not waiting:  # a file may have told since what has a URI
                again = [
                    one
                    for one in unread
                    if not isinstance(self._accepted(one[1], self._follow(one[0], one[1].reference)), _Broken)
                ]
                unread = [one for one in unread if one not in again]
                waiting.extend((file, [site]) for file, site, _ in again)
        for file, site, why in unread:
            if file == self._root and site.reference.startswith("#"):
                continue  # the rules look for those
            self.broken.append(((file, join(site.tokens)), site.reference, why.message, why.hint))
        return {name: only(self._values[name], found) for name, found in self._reached.items() if name != self._root}

    def _accepted(self, site: Site, home: tuple[str, str] | _Broken) -> tuple[str, str] | _Broken:
        """What a reference leads to in another file, if that is an object of OpenAPI; only then is it taken in."""
        if isinstance(home, _Broken) or home[0] == self._root:
            return home
        if not is_of_kind(find(self._values[home[0]], home[1]), site.kind, site.shape):
            return _Broken(
                f"there is no {site.kind.replace('-', ' ') or 'object'} there",
                "What is no part of OpenAPI is not taken in.",
            )
        return home

    def _follow(self, file: str, reference: str, depth: int = 0) -> tuple[str, str] | _Broken:
        """File and pointer of what a reference leads to, also through references on the way there."""
        target, _, fragment = reference.partition("#")
        name, above = self._home(file, unquote(target)) if target else (file, "")
        if name not in self._values and name not in self._problems:
            self._read(name, self._distance.get(file, 0) + 1)
        if name in self._problems:
            message, hint = self._problems[name]
            return _Broken(message if name == target else f"{name}: {message}", hint)
        if fragment and not fragment.startswith("/"):
            pointer = self._anchors[name].get(unquote(fragment))
            return _Broken(f"{name} has no {fragment}") if pointer is None else (name, pointer)
        value, tokens = self._values[name], [*split(above), *split(f"#{fragment}")]
        for position, token in enumerate(tokens):
            inner = step(value, token)
            if inner is MISSING and isinstance(value, dict) and isinstance(value.get("$ref"), str) and depth < 50:
                home, reference = self._original.get((id(value), "$ref"), (name, value["$ref"]))
                before, _, inside = reference.partition("#")
                rest = join(tokens[position:]).replace("%", "%25")
                return self._follow(home, f"{before}#{inside}{rest}", depth + 1)
            if inner is MISSING:
                return _Broken(f"{name} has no {fragment}")
            value = inner
        return name, join(tokens)

    def _lead(self, site: Site, file: str, name: str, pointer: str) -> Any:
        """Make a reference a local one; gives what it leads to.

        Args:
            site: The reference.
            file: The file that it stands in.
            name: The file that it leads to.
            pointer: What of it.
        """
        if file != self._root or name != self._root or not site.reference.startswith("#"):
            prefix = "" if name == self._root else f"/x-apispec-files/{escape(name)}"
            site.holder[site.key] = "#" + (prefix + pointer).replace("%", "%25")
        self._reached.setdefault(name, {})[pointer] = None
        return find(self._values[name], pointer)

    def _take(self, name: str, value: Any) -> None:
        """Keep a file's value, and what parts of it are called."""
        self._values[name] = value
        named = _named(value)
        self._anchors[name] = {**named["$dynamicAnchor"], **named["$anchor"]}
        if isinstance(value, dict) and isinstance(own := value.get("$self"), str):
            named["$id"][own] = ""
        self._bases[name] = next((uri for uri, pointer in named["$id"].items() if not pointer), "")
        for uri, pointer in named["$id"].items():
            self._uris.setdefault(_joined(self._bases[name], uri).rstrip("#"), (name, pointer))

    def _home(self, file: str, target: str) -> tuple[str, str]:
        """The file that a reference leads to, and the pointer there of what has its URI (`$id`)."""
        uri = _joined(self._bases[file], target)
        return self._uris.get(uri) or self._uris.get(target) or (self._name(file, target), "")

    def _name(self, file: str, target: str) -> str:
        if is_remote(target) or is_remote(file):
            return _joined(file, target)
        if target.startswith("file:"):
            target = split_url(target).path
        name = os.path.normpath(Path(file).parent / target) if file != target else file
        return self._root if name == os.path.normpath(self._root) else name

    def _read(self, name: str, distance: int) -> None:
        self._distance[name] = distance
        try:
            if distance > self._limits.chain:
                raise DocumentError(f"more than {self._limits.chain:,} files refer to each other in a row")
            if not is_remote(name):
                _refuse_hidden(os.path.relpath(name, Path(self._root).parent))
            if self._content is not None and not is_remote(name):
                text = self._content(name)
            else:
                if not is_remote(name):
                    self._refuse_outside(name)
                text = content(name, allow_remote=self._allow_remote, limits=self._limits)
            self._size += max(len(text), 1_000)
            if self._size > self._limits.total:
                raise DocumentError(f"the files of the document are larger than {self._limits.total:,} bytes together")
        except DocumentError as error:
            self._problems[name] = (error.message, error.hint)
            return
        data, findings, readable, locate = self._parse(name, text, self._limits)
        self.findings += findings
        self.positions[name] = locate
        if readable:
            self._take(name, data)
        else:
            self._problems[name] = ("the file cannot be read", "")

    def _refuse_outside(self, name: str) -> None:
        """A stranger's document must not read other files of this machine."""
        if is_remote(self._root):
            raise DocumentError("a remote document refers to a local file")
        try:
            path = Path(name).resolve()
        except (OSError, RuntimeError, ValueError):  # a NUL, a circle of links
            raise DocumentError("there is no such file") from None
        inside = [folder for folder in (Path(self._root).resolve().parent, Path.cwd()) if path.is_relative_to(folder)]
        if not inside:
            raise DocumentError("the file is outside of the project", hint="Run from the folder that holds all files.")
        _refuse_hidden(str(path.relative_to(inside[0])))


def _refuse_hidden(name: str) -> None:
    """What a project hides (`.env`, `.git/config`) is no part of a document.

    Raises:
        DocumentError: The name is hidden.
    """
    if any(part.startswith(".") and part not in (".", "..") for part in Path(name).parts):
        raise DocumentError("hidden files are not read", hint="Give the file another name.")


def rebased(site: Site, value: Any) -> Site:
    """A reference in a schema with a URI of its own (`$id`), which starts there, made one that starts at the file.

    Most that are written there start at the file all the same; so only what leads nowhere in the file is looked for.

    Args:
        site: The reference; its text is changed in place.
        value: The file.
    """
    if not site.reference.startswith("#/") or find(value, site.reference) is not MISSING:
        return site
    inner, start = value, ""
    for position, token in enumerate(site.place, 1):
        inner = step(inner, str(token))
        if isinstance(inner, dict) and isinstance(inner.get("$id"), str):
            start = join(site.place[:position]) if find(inner, site.reference) is not MISSING else start
    if not start:
        return site
    site.holder[site.key] = "#" + start.replace("%", "%25") + site.reference[1:]
    return site._replace(reference=site.holder[site.key])


def anchors(value: Any) -> dict[str, str]:
    """The pointers of the schemas that have a plain name (`$anchor`, `$dynamicAnchor`), by name."""
    found = _named(value)
    return {**found["$dynamicAnchor"], **found["$anchor"]}


def _named(value: Any) -> dict[str, dict[str, str]]:
    """The pointers of schemas by what they are called, for each keyword that says so."""
    found: dict[str, dict[str, str]] = {"$id": {}, "$anchor": {}, "$dynamicAnchor": {}}
    seen: set[int] = set()
    waiting: list[tuple[tuple[str | int, ...], Any]] = [((), value)]
    while waiting:
        place, inner = waiting.pop()
        if not isinstance(inner, (dict, list)) or id(inner) in seen:
            continue
        seen.add(id(inner))
        if isinstance(inner, list):
            waiting.extend(((*place, index), item) for index, item in enumerate(inner))
            continue
        for keyword, pointers in found.items():
            if isinstance(name := inner.get(keyword), str):
                pointers.setdefault(name, join(place))
        by_name = bool(place) and place[-1] in NAMED
        waiting.extend(((*place, key), item) for key, item in inner.items() if by_name or key not in _VALUES)
    return found


def _joined(base: str, reference: str) -> str:
    """A URI reference where it stands (RFC 3986, 5); as it is where one of the two is no URI."""
    try:
        return urljoin(base, reference)
    except ValueError:
        return reference
