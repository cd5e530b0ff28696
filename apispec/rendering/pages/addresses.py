"""Where each thing of an API is described, for ever: an address is a function of what it names, and of nothing else.

An operation's is made of its operationId, or of method and path where it has none; a component's, tag's and webhook's
of its name. Neither the other things of the API nor their order, number or layout have a say. An address is a folder of
the site that every file system and every host can hold: ASCII letters, digits, `.`, `_`, `-` and `~`, no part of it too
long, hidden, or reserved. What that cannot say is told apart by a few digits of a digest.

File systems differ in whether case tells names apart. Where an API has two names that differ in nothing else, or in a
space for a hyphen, the first in the order of Unicode has the plain address, and each other one its digest behind it:
this alone is decided among several (`addresses`).
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Literal

from apispec.model import Endpoint, GradioCall
from apispec.rendering.pages.text import slug

Kind = Literal["operation", "component", "tag", "webhook"]

ROOTS: dict[Kind, str] = {
    "operation": "reference",
    "component": "schemas",
    "tag": "tags",
    "webhook": "webhooks",
}
"""The folder below which things of a kind are."""

PART = 80
"""Characters of one part of an address, at most."""

WHOLE = 160
"""Characters of an address, at most: some file systems end a path after 260."""

_PLAIN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?|index\.(?:html|md)", re.IGNORECASE)
"""Names that Windows gives to devices, whatever extension they have, and those of the page of the folder itself."""
_TAKEN = frozenset({"connect", "tools", "api-data", "first"})
"""Ids that pages have for themselves, as is `tag-…`."""
_EMPHASIS = re.compile(r"(?<![A-Za-z0-9])_.*_(?![A-Za-z0-9])")
_VARIABLE = re.compile(r"\{([^{}/]*)\}")


def identity(endpoint: Endpoint) -> str:
    """What an operation is known by: its operationId, or its method and path; functions by their names."""
    call = endpoint.call
    if isinstance(call, GradioCall):
        return endpoint.name
    return f"{call.method} {call.path}" if endpoint.unnamed else call.operation_id or endpoint.name


def address(kind: Kind, name: str) -> str:
    """The folder of a thing, from the site's root, without slashes around it: `reference/issues/create`.

    Args:
        kind: What it is.
        name: Its name; for an operation, its `identity`.
    """
    text = unicodedata.normalize("NFC", name)
    method, blank, path = text.partition(" /")
    if kind == "operation" and blank and method.isalpha():
        text = f"{method.lower()}/{path}"
        found = "/".join(_part(_VARIABLE.sub(r"~\1", part), part) for part in text.split("/"))
    elif kind == "operation":
        found = "/".join(_part(part, part) for part in text.split("/"))
    else:
        found = _part(text.replace(" ", "-"), text)
    if len(found) > WHOLE:
        found = found[: WHOLE - 20].rsplit("/", 1)[0].rstrip("/.~") + "-" + _digest(text)
    return f"{ROOTS[kind]}/{found}"


def addresses(kind: Kind, names: Iterable[str]) -> dict[str, str]:
    """The address of each name; see `address`. They are apart even where case is ignored."""
    sharing: dict[str, list[str]] = {}
    for name in sorted(dict.fromkeys(names)):
        sharing.setdefault(address(kind, name).lower(), []).append(name)
    return {
        name: address(kind, name) + (f"-{_digest(name)}" if number else "")
        for several in sharing.values()
        for number, name in enumerate(several)
    }


def place(address: str) -> str:
    """The id that a thing has on a page with others of its kind: `issues-create`. Letters, digits, `_` and `-`."""
    name = re.sub(r"[^A-Za-z0-9_-]+", "-", address.partition("/")[2]).strip("-") or "x"
    if _EMPHASIS.search(name):  # Markdown would read the id of a heading as text with emphasis
        name = re.sub(r"(?<![A-Za-z0-9])_+|_+(?![A-Za-z0-9])", "", name)
    own = name.lower() in _TAKEN or name.lower().startswith("tag-")
    return f"{name}-{_digest(address)}" if own else name


def places_of(addresses: Iterable[str]) -> list[str]:
    """The id of each address; see `place`. They are apart even where case is ignored."""
    taken: set[str] = set()
    found = []
    for address in addresses:
        text = place(address)
        if text.lower() in taken:
            text = f"{text}-{_digest(address)}"
        taken.add(text.lower())
        found.append(text)
    return found


def parts(names: Sequence[tuple[str, ...]]) -> list[str]:
    """Ids for the parts of a thing, such as its parameters: the name where that tells it apart from the others, or else
    all that is known of it.

    Args:
        names: Of each part: its name, then what else tells it apart (the location), if anything.
    """
    plain = [slug(name[0]) for name in names]
    counts = Counter(text.lower() for text in plain)
    wanted = [
        text if counts[text.lower()] == 1 else "-".join([text, *map(slug, name[1:])])
        for text, name in zip(plain, names, strict=True)
    ]
    taken: set[str] = set()
    found = []
    for base in wanted:
        number, text = 1, base
        while text.lower() in taken:
            number, text = number + 1, f"{base}-{number + 1}"
        taken.add(text.lower())
        found.append(text)
    return found


def _part(text: str, name: str) -> str:
    """One part of an address. `text` is the name, or says the same in other characters."""
    if not text:
        return "~"  # the path ends in a slash, or has two in a row
    bare = text.removeprefix("~")
    if _PLAIN.fullmatch(bare) and not _RESERVED.fullmatch(bare) and len(text) <= PART:
        return text
    letters = unicodedata.normalize("NFKD", bare).encode("ascii", "ignore").decode("ascii")
    kept = re.sub(r"[^A-Za-z0-9_-]+", "-", letters)[: PART - 20].strip("-_")
    return f"{kept or 'x'}-{_digest(name)}"


def _digest(name: str) -> str:
    return sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:6]
