"""Running rules over an index."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator

from apispec.documents import REFERABLE, escape
from apispec.errors import ConfigError
from apispec.rules.index import Index, Node
from apispec.rules.registry import Rule


def run(index: Index, chosen: Iterable[Rule], *, tolerant: bool = False) -> Iterator[tuple[Rule, str, str, str]]:
    """Rule, pointer, message and hint of each flaw.

    Args:
        index: The walked document.
        chosen: The rules to run.
        tolerant: Whether the document's form is wrong. Rules then go on where they meet what cannot be, such as a list
            in the place of a name: the official schema has said so.
    """
    for rule in chosen:
        if rule.versions and index.version not in rule.versions:
            continue
        passes = rule.keys != ("$ref",) and _is_only_reference(rule.on, index.version)
        for node in _nodes(rule, index):
            if passes and "$ref" in node.value:
                continue  # the object itself stands elsewhere
            try:
                for message, at, hint, other in rule.check(node, index):
                    place = (other or node).pointer + "".join("/" + escape(str(token)) for token in at)
                    yield rule, place, message, hint
            except (TypeError, AttributeError, ValueError, KeyError):
                if tolerant:
                    continue
                if rule.check.__module__.startswith("apispec."):
                    raise
                raise _failed(rule, node) from None
            except Exception as error:
                if rule.check.__module__.startswith("apispec."):
                    raise
                raise _failed(rule, node) from error


def _failed(rule: Rule, node: Node) -> ConfigError:
    """The error for a rule of somebody's own that crashed."""
    error = sys.exc_info()[1]
    said = f"the rule {rule.id!r} failed: {type(error).__name__}: {error}"
    return ConfigError(said, where=node.pointer or "/", hint=f"mend it in {rule.check.__module__}")


def _nodes(rule: Rule, index: Index) -> Iterable[Node]:
    if not rule.keys:
        return index.by_kind[rule.on]
    if len(rule.keys) == 1:
        return index.schemas_with[rule.keys[0]]
    return dict.fromkeys(node for key in rule.keys for node in index.schemas_with[key])


def _is_only_reference(kind: str, version: str) -> bool:
    """Whether an object with a `$ref` is nothing but the reference."""
    if kind == "schema":
        return version in ("2.0", "3.0")
    return kind in REFERABLE and kind != "path-item"
