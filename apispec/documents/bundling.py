"""A document of many files as one that says the same, without a reference out of it.

What stood in other files becomes a component, called as the document's own component that leads there, else by its key
or file. What references into the middle of something lead to (`#/components/schemas/Pet/properties/id`) becomes one,
too, since most generators follow references to components alone; what is but a type is written in place. Whatever
OpenAPI has no components for (path items, lists, maps) takes the place of its reference. Examples, defaults, own keys
are data and stay as they are.
"""

from __future__ import annotations

import os
import posixpath
import sys
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote, urljoin

from apispec.documents.component_names import Names, natural
from apispec.documents.document import FILES_KEY, Document
from apispec.documents.files import anchors, is_remote
from apispec.documents.grammar import COMPONENTS, GRAMMAR, MAP, ONE, Shape
from apispec.documents.inlining import misplaced, reached
from apispec.documents.pointers import MISSING, escape, find, join, split, step
from apispec.documents.references import is_address, is_components
from apispec.findings import Finding, Severity

_FILES = f"/{FILES_KEY}/"
_INLINE = frozenset({"path-item", "callback"})
"""Kinds that are never left behind a reference: few generators follow those."""
_PARTS = frozenset({"properties", "items", "additionalProperties", "schema"})
"""What is among the last two tokens of a pointer to a part of a schema."""
_BROUGHT = ("/components/pathItems/", "/components/callbacks/")
_OWN_BASE = frozenset({"$id", "$schema", "$anchor"})
"""What a schema says of itself as a file; in a document it would lead its references astray."""


class Bundle(NamedTuple):
    """What became of a document."""

    document: Document
    """One without other files; its places are those in the files."""
    dangling: list[Finding]
    """References that lead nowhere, or to themselves; they stay as they are."""


def is_bundled(data: dict[str, Any]) -> bool:
    """Whether a document has nothing that would have to be brought in: other files, references to path items."""
    if FILES_KEY in data or misplaced(data):
        return False
    items = [item for key in ("paths", "webhooks") for item in _dict(data.get(key)).values()]
    return not any(isinstance(item, dict) and "$ref" in item for item in items)


def bundled(document: Document) -> Bundle:
    """A document as one that needs no other file.

    Args:
        document: As `load` gives it, an OpenAPI document of any version.
    """
    with _deep():
        return _Bundler(document).run()


@contextmanager
def _deep() -> Iterator[None]:
    """Documents may be 200 levels deep, and path items stand in callbacks of path items."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(max(before, 10_000))
    try:
        yield
    finally:
        sys.setrecursionlimit(before)


class _Bundler:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.data: dict[str, Any] = document.data
        version = "2.0" if "swagger" in self.data else str(self.data.get("openapi", ""))[:3]
        self.holder = "" if version == "2.0" else "/components"
        self.has_siblings = version not in ("2.0", "3.0")
        if version == "2.0":
            self.sections = {"schema": "definitions", "parameter": "parameters", "response": "responses"}
        else:
            self.sections = {kind: key for key, kind in COMPONENTS.items() if kind not in _INLINE}
            if version < "3.2":
                self.sections.pop("media-type")
        self.names = Names()
        self.homes: dict[tuple[str, str], str] = {}
        """Pointer in the given document and kind → pointer in the bundled one."""
        self.moved: dict[str, str] = {}
        """Pointer in the bundled document → where that stood."""
        self.inlined: dict[str, str] = {}
        """What is being copied and has no component, and where to; for circles."""
        self.brought: set[str] = set()
        """What took the place of a reference."""
        self.added: dict[tuple[str, str], str] = {}
        """Those of `homes` that are no place in the given document."""
        self.called: dict[str, dict[str, str]] = defaultdict(dict)
        """Schema → what the discriminator in it calls schemas that have another name now, and where they are."""
        self.links: list[tuple[dict[str, Any], str]] = []
        self.operations: list[tuple[dict[str, Any], str, str]] = []
        """Those that have an id, where they stood, and where they stand."""
        self.dangling: dict[str, str] = {}
        self.anchors = anchors({key: value for key, value in self.data.items() if key != FILES_KEY})

    def run(self) -> Bundle:
        self.find_homes()
        out = self.inside({k: v for k, v in self.data.items() if k != FILES_KEY}, "document", ONE, "", "")
        for (source, kind), home in sorted(self.added.items(), key=lambda entry: entry[1]):
            self.moved[home] = source
            place = out
            for token in split(home)[:-1]:
                place = place.setdefault(token, {})
            place[split(home)[-1]] = self.copied(find(self.data, source), kind, ONE, source, home)
        self.tidy(out)
        document = replace(self.document, data=out, findings=(), origin=self.origin)
        said = {finding.location for finding in self.document.findings}
        findings = [
            Finding(
                "dangling-reference",
                Severity.ERROR,
                f"The reference {self.written(reference)!r} leads {self.whither(reference)}.",
                self.document.locate(pointer),
                "Mend it, or add what it leads to.",
            )
            for pointer, reference in self.dangling.items()
            if self.document.locate(pointer) not in said
        ]
        return Bundle(document, findings)

    def written(self, reference: str) -> str:
        """A reference as its author wrote it, or could have."""
        file, tokens = self.file_of(reference[1:] if reference.startswith("#") else "")
        return f"{self.relative(file)}#{join(tokens)}" if file else reference

    def whither(self, reference: str) -> str:
        """Where a reference leads that cannot be followed."""
        there = reference.startswith("#/") and find(self.data, reference) is not MISSING
        return "back to itself" if there else "nowhere"

    def origin(self, pointer: str) -> tuple[Document, str]:
        """Where something of the bundled document stood."""
        tokens = split(pointer)
        for length in range(len(tokens), 0, -1):
            if (source := self.moved.get(join(tokens[:length]))) is not None:
                return self.document, source + join(tokens[length:])
        return self.document, pointer

    def find_homes(self) -> None:
        """Choose where everything that is referred to will stand."""
        for kind, section in self.sections.items():
            place = f"{self.holder}/{section}"
            real = self.end(split(place))
            for name in _dict(find(self.data, real) if real else None):
                self.names.take(section, str(name))
                own, value = f"{place}/{escape(str(name))}", step(find(self.data, real), str(name))
                target = self.end(split(value["$ref"]) if _is_pure(value) else [*split(real), str(name)])
                if target and target != own and not self.is_component(target):
                    self.homes.setdefault((target, kind), own)
        for site in reached(self.data):
            if site.kind not in self.sections or not site.is_known:
                continue
            target = self.final(site.reference)
            mark = (target or "", site.kind)
            if not target or self.is_component(target) or mark in self.homes:
                continue
            if _is_pure(site.holder) and self.is_plain(target, site.kind):
                continue
            section = self.sections[site.kind]
            file, tokens = self.file_of(target)
            whole = self.homes.get((f"{_FILES}{escape(file)}", site.kind), "") if file else ""
            stem = split(whole)[-1] if whole else ""
            name = self.names.new(section, self.relative(file), tokens, find(self.data, target), stem)
            self.homes[mark] = self.added[mark] = f"{self.holder}/{section}/{name}"
        for (source, kind), home in self.homes.items():
            if kind == "schema":
                self.find_parents(source, home)

    def find_parents(self, source: str, home: str) -> None:
        """Whose discriminator may call a schema by the name that it had."""
        file, tokens = self.file_of(source)
        called = natural(file, tokens)
        if called == split(home)[-1] or not (tokens or (source, "schema") in self.added):
            return
        schema = find(self.data, source)
        parts = schema.get("allOf") if isinstance(schema, dict) else None
        for part in parts if isinstance(parts, list) else ():
            if _is_pure(part) and (parent := self.final(part["$ref"])):
                self.called[parent][called] = home

    def final(self, reference: str) -> str:
        """The pointer that a reference leads to at last; empty where it leads nowhere."""
        if not reference.startswith("#"):
            return ""
        if reference[1:2] not in ("", "/"):
            return self.end(split(self.anchors[reference[1:]])) if reference[1:] in self.anchors else ""
        return self.end(split(reference))

    def end(self, tokens: list[str]) -> str:
        """Where a pointer leads to, also through references on its way and at its end; empty where that is nowhere.

        A component of the document is an end, whatever it is.
        """
        value: Any = self.data
        position, seen = 0, set[str]()
        while True:
            ends = position == len(tokens)
            if ends and (self.is_component(join(tokens)) or not _is_pure(value)):
                return join(tokens)
            inner = MISSING if ends else step(value, tokens[position])
            if inner is not MISSING:
                value, position = inner, position + 1
                continue
            further = value.get("$ref") if isinstance(value, dict) else None
            if not isinstance(further, str) or not further.startswith("#/") or join(tokens) in seen:
                return ""
            seen.add(join(tokens))
            tokens, value, position = [*split(further), *tokens[position:]], self.data, 0

    def is_component(self, pointer: str) -> bool:
        """Whether a pointer is that of a component of the document itself."""
        holder, _, name = pointer.rpartition("/")
        return bool(name) and any(holder == f"{self.holder}/{section}" for section in self.sections.values())

    def is_plain(self, pointer: str, kind: str) -> bool:
        """Whether a pointer leads to a part of a schema that is no more than a type: it is written where it is used."""
        value = find(self.data, pointer)
        if kind != "schema" or not isinstance(value, dict) or not _PARTS & set(split(pointer)[-2:]):
            return False
        return not value.keys() & (GRAMMAR["schema"].keys() | {"$ref", "$dynamicRef", "enum", "discriminator"})

    def file_of(self, pointer: str) -> tuple[str, list[str]]:
        """The file that a pointer leads into (empty for the document itself), and the tokens in there."""
        tokens = split(pointer)
        return (tokens[1], tokens[2:]) if tokens[:1] == [FILES_KEY] else ("", tokens)

    def relative(self, file: str) -> str:
        """A file's name relative to the document's folder; no path of this machine goes into what is published."""
        if not file or "://" in file:
            return file
        if is_remote(self.document.file):
            return file
        return posixpath.normpath(os.path.relpath(file, Path(self.document.file).parent).replace(os.sep, "/"))

    def copied(self, value: Any, kind: str, shape: Shape, source: str, out: str) -> Any:
        """What stands somewhere, as it stands in the bundled document.

        Args:
            value: The object, list or map.
            kind: What it is, see `grammar`.
            shape: Which of the three.
            source: Where it stood.
            out: Where it will stand.
        """
        if isinstance(value, list):
            return [self.copied(item, kind, ONE, f"{source}/{n}", f"{out}/{n}") for n, item in enumerate(value)]
        if not isinstance(value, dict):
            return value
        home = self.homes.get((source, kind), out) if shape is ONE else out
        if home != out:
            return {"$ref": _reference(home)}
        if isinstance(value.get("$ref"), str):
            return self.led(value, kind, shape, source, out)
        if kind in self.sections or source in self.inlined:
            return self.inside(value, kind, shape, source, out)
        self.inlined[source] = out
        made = self.inside(value, kind, shape, source, out)
        del self.inlined[source]
        return made

    def led(self, value: dict[str, Any], kind: str, shape: Shape, source: str, out: str) -> Any:
        """What stands in the place of a reference."""
        target = self.final(value["$ref"])
        if not target:
            self.dangling.setdefault(f"{source}/$ref", value["$ref"])
            return {**value, "$ref": self.written(value["$ref"])}
        if shape is ONE and kind in self.sections:
            home = self.homes.get((target, kind), target)
            if home == out and target != out:  # one of our components, which was but a reference
                self.moved[out] = target
                return self.copied(find(self.data, target), kind, ONE, target, out)
            if (target, kind) not in self.homes and not self.is_component(target):
                self.moved[out] = target
                return {**find(self.data, target)}
            beside = self.inside(value, kind, ONE, source, out) if kind == "schema" and len(value) > 1 else value
            same = join(split(value["$ref"])) == home
            return {**beside, "$ref": value["$ref"] if same else _reference(home)}
        if target in self.inlined:
            return {"$ref": _reference(self.inlined[target])}
        if not out.startswith(_BROUGHT):
            self.brought.add(target)
        self.moved[out] = target
        made = self.copied(find(self.data, target), kind, shape, target, out)
        if kind == "path-item" and shape is ONE and isinstance(made, dict):
            return self.joined(made, value, source, out)
        return made

    def joined(self, made: dict[str, Any], value: dict[str, Any], source: str, out: str) -> dict[str, Any]:
        """A path item with what stands beside the reference to it, which counts."""
        beside = self.inside({k: v for k, v in value.items() if k != "$ref"}, "path-item", ONE, source, out)
        if isinstance(shared := made.get("parameters"), list) and isinstance(own := beside.get("parameters"), list):
            said = [(p.get("name"), p.get("in")) for p in own if isinstance(p, dict)]
            left = [
                p for p in shared if not isinstance(p, dict) or (p.get("name"), p.get("in")) not in said or "$ref" in p
            ]
            return {**made, **beside, "parameters": [*left, *own]}
        self.moved.update({f"{out}/{escape(key)}": f"{source}/{escape(key)}" for key in beside})
        return {**made, **beside}

    def inside(self, value: dict[str, Any], kind: str, shape: Shape, source: str, out: str) -> dict[str, Any]:
        """An object or map with what is in it copied."""
        if shape is MAP or kind == "callback":
            inner = "path-item" if kind == "callback" and shape is ONE else kind
            is_open = inner == "path-item" or (inner == "response" and not is_components(tuple(split(source))))
            return {
                key: item
                if is_open and str(key)[:2] == "x-"
                else self.copied(item, inner, ONE, f"{source}/{escape(str(key))}", f"{out}/{escape(str(key))}")
                for key, item in value.items()
            }
        known = GRAMMAR.get(kind, {})
        made: dict[str, Any] = {}
        if kind == "operation" and isinstance(value.get("operationId"), str):
            self.operations.append((made, source, out))
        for key, item in value.items():
            if key in known and isinstance(item, (dict, list)):
                at = escape(str(key))
                made[key] = self.copied(item, *known[key], f"{source}/{at}", f"{out}/{at}")
            else:
                made[key] = item
        if kind == "schema":
            self.settle(made, value, source)
        elif kind == "link" and isinstance(target := value.get("operationRef"), str) and target.startswith("#"):
            self.links.append((made, self.final(target) or target[1:]))
        elif kind == "example" and isinstance(address := value.get("externalValue"), str):
            made["externalValue"] = self.rebased(address, source)
        return made

    def settle(self, made: dict[str, Any], value: dict[str, Any], source: str) -> None:
        """What a schema of another file says of itself, and by names, as it is true where it stands now."""
        if isinstance(mark := value.get("discriminator"), dict):
            made["discriminator"] = self.discriminator(mark, value, source)
        if not source.startswith(_FILES):
            return
        for key in _OWN_BASE & made.keys():
            del made[key]
        for key in ("$defs", "definitions"):  # all that is referred to has become a component
            if isinstance(made.get(key), dict):
                kept = {name: one for name, one in made[key].items() if "$dynamicAnchor" in _dict(one)}
                made[key] = kept if self.has_siblings else {}
                if not made[key]:
                    del made[key]

    def discriminator(self, mark: dict[str, Any], schema: dict[str, Any], source: str) -> dict[str, Any]:
        """A discriminator whose values choose what they chose before."""
        file, _ = self.file_of(source)
        mapping: dict[str, Any] = {}
        for name, target in _dict(mark.get("mapping")).items():
            mapping[name] = self.chosen(target, file) if isinstance(target, str) else target
        chosen = set(mapping.values())
        for name, home in self.called.get(source, {}).items():
            if name not in mapping and _reference(home) not in chosen:
                mapping[name] = _reference(home)
        for variant in [part for key in ("oneOf", "anyOf") for part in schema.get(key) or () if _is_pure(part)]:
            target = self.final(variant["$ref"])
            home = self.homes.get((target, "schema"), "")
            place, tokens = self.file_of(target)
            called = natural(place, tokens)
            if not home or called == split(home)[-1] or called in mapping or _reference(home) in chosen:
                continue
            if tokens or (target, "schema") in self.added:
                mapping[called] = _reference(home)
        return {**mark, "mapping": mapping} if mapping else mark

    def chosen(self, target: str, file: str) -> str:
        """What a value of a discriminator chooses: a reference, or the name of a schema of the same file."""
        if is_address(target):
            found = self.final(target)
            home = self.homes.get((found, "schema"), found)
            return target if not found or home == join(split(target)) else _reference(home)
        for holder in ("components/schemas", "definitions", "$defs", "schemas") if file else ():
            found = self.final(f"#{_FILES}{escape(file)}/{holder}/{escape(target)}")
            if found and (home := self.homes.get((found, "schema"), found)) and self.is_component(home):
                return _reference(home)
        return target

    def rebased(self, address: str, source: str) -> str:
        """A relative address that stood in another file, as it is from the document."""
        file = self.relative(self.file_of(source)[0])
        if not file or "://" in address or address.startswith(("/", "#", "data:")):
            return address
        return (
            urljoin(file, address)
            if "://" in file
            else posixpath.normpath(posixpath.join(posixpath.dirname(file), address))
        )

    def tidy(self, out: dict[str, Any]) -> None:
        """Path items that took the place of their references, links to operations, ids given twice."""
        components = _dict(out.get("components"))
        gone = []
        for section in ("pathItems", "callbacks"):
            for name in [*_dict(components.get(section))]:
                place = f"/components/{section}/{escape(str(name))}"
                if self.moved.get(place, place) in self.brought:  # it stands where it is used
                    del components[section][name]
                    gone.append(f"{place}/")
            if gone and components.get(section) == {}:
                del components[section]
        if gone and not components:
            del out["components"]
        for link, target in self.links:
            link["operationRef"] = self.operation(target)
        self.name_apart(tuple(gone))

    def name_apart(self, gone: tuple[str, ...]) -> None:
        """Give operations that stand in several places now (at several paths, in callbacks) an id in each."""
        seen: set[str] = set()
        left = [(operation, source) for operation, source, out in self.operations if not out.startswith(gone)]
        taken = {operation["operationId"] for operation, _ in left}
        for operation, source in left:
            if source in seen:
                operation["operationId"] = _unique(operation["operationId"], taken)
                taken.add(operation["operationId"])
            seen.add(source)

    def operation(self, target: str) -> str:
        """Where an operation is now; one that is no part of the document stays in its file."""
        for place, source in self.moved.items():
            if (target + "/").startswith(source + "/"):
                return _reference(place + target[len(source) :])
        file, tokens = self.file_of(target)
        return f"{self.relative(file)}#{join(tokens)}"


def _unique(name: str, taken: set[str]) -> str:
    unique, number = name, 2
    while unique in taken:
        unique, number = f"{name}_{number}", number + 1
    return unique


def _reference(pointer: str) -> str:
    return "#" + quote(pointer, safe="/~!$&'()*+,;=:@-._{}")


def _is_pure(value: Any) -> bool:
    """Whether an object is a reference and nothing else."""
    return isinstance(value, dict) and len(value) == 1 and isinstance(value.get("$ref"), str)


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
