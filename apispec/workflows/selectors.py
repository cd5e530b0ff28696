"""Parts of a value by JSONPath (RFC 9535), XPath and JSON Pointer."""

from __future__ import annotations

import copy
import json
import re
from typing import Any

from apispec.errors import MissingExtraError
from apispec.model import Json
from apispec.workflows.expressions import UNKNOWN, at

KINDS = ("jsonpath", "xpath", "jsonpointer")
VERSIONS = {
    "jsonpath": ("rfc9535", "draft-goessner-dispatch-jsonpath-00"),
    "xpath": ("xpath-31", "xpath-30", "xpath-20", "xpath-10"),
    "jsonpointer": ("rfc6901",),
}
_DECLARED = re.compile(r"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


class SelectorError(ValueError):
    """A selector that cannot be read, or that cannot be applied to its value."""


def check(kind: str, text: str) -> None:
    """See whether a selector can be read.

    Raises:
        SelectorError: It cannot.
    """
    if kind == "jsonpath":
        _compiled(text)
    elif kind == "jsonpointer" and text and not text.startswith(("/", "#")):
        raise SelectorError(f"{text!r} is no JSON Pointer, which begins with a slash")


def selected(kind: str, version: str, text: str, value: Json) -> list[Json]:
    """What a selector finds: any number of values; of XPath a single one where it computes one.

    Raises:
        SelectorError: It cannot be read, or not be applied.
        MissingExtraError: What it takes is not installed.
    """
    if kind == "jsonpointer":
        found = at(value, text.removeprefix("#"))
        return [] if found is UNKNOWN else [found]
    if kind == "jsonpath":
        return list(_compiled(text).find(_json(value)).values())
    return _xpath(version, text, value)


def first(kind: str, version: str, text: str, value: Json) -> Json:
    """The one value that a selector finds, the list of them where it is several, `UNKNOWN` where it is none."""
    found = selected(kind, version, text, value)
    return UNKNOWN if not found else found[0] if len(found) == 1 else found


def holds(kind: str, version: str, text: str, value: Json) -> bool:
    """Whether a condition of that kind is met: something is found, and a value of XPath is not false, 0 or empty."""
    found = selected(kind, version, text, value)
    if kind == "xpath" and len(found) == 1 and isinstance(found[0], (bool, int, float)):
        return bool(found[0])
    return bool(found) and found != [""]


def put(kind: str, version: str, text: str, whole: Json, new: Json) -> Json:
    """A value with another one in the places that a selector names; a JSON Pointer may name a member that is new.

    Raises:
        SelectorError: There is no such place.
    """
    if kind == "xpath":
        return _put_xpath(version, text, whole, new)
    out = copy.deepcopy(_json(whole))
    if kind == "jsonpath":
        places = [node.location for node in _compiled(text).find(out)]
    else:
        places = [tuple(p.replace("~1", "/").replace("~0", "~") for p in text.removeprefix("#").split("/")[1:])]
    if not places:
        raise SelectorError(f"{text!r} names no place in the payload")
    for place in places:
        if not place:
            return new
        holder = out
        for token in place[:-1]:
            holder = _inner(holder, token, text)
        last = place[-1]
        if isinstance(holder, dict):
            holder[str(last)] = new
        elif isinstance(holder, list) and last == "-":
            holder.append(new)
        elif isinstance(holder, list) and str(last).isdigit() and int(last) < len(holder):
            holder[int(last)] = new
        else:
            raise SelectorError(f"{text!r} names no place in the payload")
    return out


def _inner(holder: Any, token: Any, text: str) -> Any:
    if isinstance(holder, dict) and str(token) in holder:
        return holder[str(token)]
    if isinstance(holder, list) and str(token).isdigit() and int(token) < len(holder):
        return holder[int(token)]
    raise SelectorError(f"{text!r} names no place in the payload")


def _json(value: Json) -> Json:
    if isinstance(value, str):
        try:
            return json.loads(value)
        except ValueError:
            raise SelectorError("it is a text, and no JSON") from None
    if value is UNKNOWN:
        raise SelectorError("there is nothing to look into")
    return value


def _compiled(text: str) -> Any:
    import jsonpath_rfc9535

    try:
        return jsonpath_rfc9535.compile(text)
    except jsonpath_rfc9535.JSONPathError as error:
        raise SelectorError(f"{text!r} is no JSONPath (RFC 9535): {str(error).partition(', line')[0]}") from None


def _parser(version: str) -> Any:
    try:
        import elementpath
        from elementpath.xpath3 import XPath3Parser
    except ImportError:
        raise MissingExtraError("XPath needs elementpath", hint='pip install "apispec-docs[xpath]"') from None
    known = {"xpath-10": elementpath.XPath1Parser, "xpath-20": elementpath.XPath2Parser}
    return known.get(version, XPath3Parser)


def _tree(value: Json) -> tuple[Any, dict[str, str]]:
    """The root element of an XML text, and its namespaces by prefix."""
    import io
    from xml.etree import ElementTree

    if not isinstance(value, str):
        raise SelectorError("it is no text of XML" if value is not UNKNOWN else "there is nothing to look into")
    if _DECLARED.search(value):
        raise SelectorError("XML with a document type is not read")
    names: dict[str, str] = {}
    root = None
    try:
        for event, found in ElementTree.iterparse(io.BytesIO(value.encode()), events=("start-ns", "start")):
            if event == "start-ns":
                names.setdefault(*found)
            elif root is None:
                root = found
    except ElementTree.ParseError as error:
        raise SelectorError(f"it is no XML: {error}") from None
    return root, names


def _select(version: str, text: str, value: Json) -> tuple[Any, Any]:
    import elementpath

    parser = _parser(version)
    root, names = _tree(value)
    try:
        # The document itself is the context: `/root/items` begins above the root element.
        from xml.etree import ElementTree

        return root, elementpath.select(ElementTree.ElementTree(root), text, namespaces=names, parser=parser)
    except elementpath.ElementPathError as error:
        raise SelectorError(f"{text!r} is no XPath that can be applied: {error}") from None


def _xpath(version: str, text: str, value: Json) -> list[Json]:
    from xml.etree import ElementTree

    _, found = _select(version, text, value)
    values = found if isinstance(found, list) else [found]
    out: list[Json] = []
    for one in values:
        if isinstance(one, ElementTree.ElementTree):
            one = one.getroot()  # noqa: PLW2901
        if isinstance(one, ElementTree.Element):
            out.append("".join(one.itertext()))
        else:
            out.append(one if isinstance(one, (bool, int, float, str)) else str(one))
    return out


def _put_xpath(version: str, text: str, whole: Json, new: Json) -> Json:
    from xml.etree import ElementTree

    path, at_sign, attribute = text.rpartition("/@")
    root, found = _select(version, path if at_sign else text.removesuffix("/text()"), whole)
    elements = [one for one in (found if isinstance(found, list) else []) if isinstance(one, ElementTree.Element)]
    if not elements:
        raise SelectorError(f"{text!r} names no place in the payload")
    words = new if isinstance(new, str) else json.dumps(new, ensure_ascii=False)
    for element in elements:
        if at_sign:
            element.set(attribute, words)
        else:
            for child in list(element):
                element.remove(child)
            element.text = words
    return ElementTree.tostring(root, encoding="unicode")
