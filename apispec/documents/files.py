"""The files of a document: reading them, and making the references between them local."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from apispec.documents.limits import Limits
from apispec.documents.pointers import MISSING, escape, find, join
from apispec.errors import DocumentError
from apispec.findings import Finding

_VALUES = frozenset({"example", "enum", "const", "value", "dataValue", "x-apispec-files"})
"""Keys whose content is data; a `$ref` in there refers to nothing."""


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
        self.positions: dict[str, Callable[[str], tuple[int, int]]] = {}
        self.findings: list[Finding] = []
        self.broken: list[tuple[tuple[str, str], str, str, str]] = []
        """(file, pointer), reference, message, hint of each reference that leads nowhere."""

    def gather(self, data: Any) -> dict[str, Any]:
        """Read what `data` refers to, and what that refers to; gives the other files' values by name."""
        waiting = [(self._root, data)]
        self._take(self._root, data)
        unread = []
        while waiting:
            file, value = waiting.pop()
            for place, holder, reference in _references(value):
                target = reference.partition("#")[0]
                if not target and file == self._root:
                    continue
                name, above = self._home(file, unquote(target)) if target else (file, "")
                if name not in self._values and name not in self._problems:
                    self._read(name)
                    if name in self._values:
                        waiting.append((name, self._values[name]))
                where = (file, join([*place, "$ref"]))
                if name in self._problems:
                    unread.append((where, holder, reference, name))
                else:
                    self._lead(where, holder, reference, name, above)
        for where, holder, reference, name in unread:  # other files may have told since what has this URI
            known = self._home(where[0], unquote(reference.partition("#")[0]))
            if known[0] in self._values:
                self._lead(where, holder, reference, *known)
            else:
                self.broken.append((where, reference, *self._problems[name]))
        return {name: value for name, value in self._values.items() if name != self._root}

    def _lead(self, where: tuple[str, str], holder: dict[str, Any], reference: str, name: str, above: str) -> None:
        """Make a reference to a file that was read a local one.

        Args:
            where: File and pointer of the reference.
            holder: The object that it stands in.
            reference: As written.
            name: The file that it leads to.
            above: The pointer that its fragment is relative to.
        """
        fragment = reference.partition("#")[2]
        if fragment and not fragment.startswith("/"):
            pointer = self._anchors[name].get(unquote(fragment))
        else:
            pointer = None if find(self._values[name], f"#{above}{fragment}") is MISSING else above + fragment
        if pointer is None:
            self.broken.append((where, reference, f"{name} has no {fragment}", ""))
        elif name == self._root:
            holder["$ref"] = "#" + pointer
        else:
            holder["$ref"] = f"#/x-apispec-files/{escape(name)}{pointer}"

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
            target = urlsplit(target).path
        return os.path.normpath(Path(file).parent / target) if file != target else file

    def _read(self, name: str) -> None:
        try:
            if len(self._values) >= self._limits.files:
                raise DocumentError(f"the document is made of more than {self._limits.files:,} files")
            if self._content is not None and not is_remote(name):
                text = self._content(name)
            else:
                if not is_remote(name):
                    self._refuse_outside(name)
                text = content(name, allow_remote=self._allow_remote, limits=self._limits)
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
        path = Path(name).resolve()
        if not any(path.is_relative_to(folder) for folder in (Path.cwd(), Path(self._root).resolve().parent)):
            raise DocumentError("the file is outside of the project", hint="Run from the folder that holds all files.")


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
        waiting.extend(((*place, key), item) for key, item in inner.items() if key not in _VALUES)
    return found


def _joined(base: str, reference: str) -> str:
    """A URI reference where it stands (RFC 3986, 5); as it is where one of the two is no URI."""
    try:
        return urljoin(base, reference)
    except ValueError:
        return reference


def _references(value: Any) -> list[tuple[tuple[str | int, ...], dict[str, Any], str]]:
    """Every Reference Object: its place, itself, and what it refers to. Each shared value is visited once."""
    found = []
    seen: set[int] = set()
    waiting: list[tuple[tuple[str | int, ...], Any]] = [((), value)]
    while waiting:
        place, value = waiting.pop()
        if not isinstance(value, (dict, list)) or id(value) in seen:
            continue
        seen.add(id(value))
        if isinstance(value, list):
            waiting.extend(((*place, index), item) for index, item in enumerate(value))
            continue
        if isinstance(reference := value.get("$ref"), str):
            found.append((place, value, reference))
        waiting.extend(((*place, key), item) for key, item in value.items() if key not in _VALUES)
    return found
