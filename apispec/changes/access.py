"""Changes of how callers reach an API and prove who they are: servers and security."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from apispec.changes.change import Change, Sides
from apispec.changes.parts import Server
from apispec.changes.security import accepts, in_words, signature, ways_to_tokens
from apispec.changes.views import OperationView, View


def schemes(sides: Sides) -> Iterator[Change]:
    """Security schemes that work in another way, where an operation asks for them."""
    for name, (old, pointer) in sides.old.schemes.items():
        new, place = sides.new.schemes.get(name, (old, ""))
        users = sides.old.users_of(name)
        if signature(old) == signature(new) or not users:
            continue
        kind, text = "security-scheme-changed", f"The security scheme {name!r} works in another way."
        before, after = ways_to_tokens(old), ways_to_tokens(new)
        if before and before.items() <= after.items():
            more = ", ".join(sorted(after.keys() - before.keys()))
            kind, text = "security-loosened", f"The security scheme {name!r} has one more way to a token ({more})."
        change = sides.change(kind, text, pointer, place, None, f"security scheme `{name}`")
        yield replace(change, subjects=users)


def security(sides: Sides, old: OperationView, new: OperationView) -> Iterator[Change]:
    """Ways to authenticate that are, or are not, enough any more."""
    before, after = _ways(old, sides.old, sides.new), _ways(new, sides.new, sides.old)
    lost = [way for way in before if not any(accepts(other, way) for other in after)]
    gained = [way for way in after if not any(accepts(other, way) for other in before)]
    if lost:
        text = f"{in_words(lost)} is not enough any more."
        yield sides.change("security-tightened", text, old.pointer, new.pointer, old, "security")
    if any(not any(accepts(way, other) for other in lost) for way in gained):
        text = f"{in_words(gained)} is enough now."
        yield sides.change("security-loosened", text, old.pointer, new.pointer, old, "security")


def _ways(view: OperationView, own: View, other: View) -> list[dict[str, frozenset[str]]]:
    """The ways to authenticate; a scheme that has only another name on the other side is called by what it is."""
    found = []
    for way in view.security:
        named = {}
        for name, scopes in way.items():
            known = name in other.schemes or name not in own.schemes
            named[name if known else signature(own.schemes[name][0])] = scopes
        found.append(named)
    return found


def servers(
    sides: Sides, old: dict[str, Server], new: dict[str, Server], places: tuple[str, str], subjects: tuple[str, ...]
) -> Iterator[Change]:
    """Servers that came and went, and values that may stand in their addresses."""

    def say(kind: str, text: str) -> Change:
        return replace(sides.change(kind, text, *places, None, "servers"), subjects=subjects)

    for url, one in old.items():
        if url not in new:
            yield say("server-removed", f"The server {url} is gone.")
            continue
        for name, (default, values) in one.items():
            other, others = new[url].get(name, (default, values))
            if default != other:
                yield say(
                    "server-default-changed", f"Without a choice, {name!r} of {url} is {other} and not {default}."
                )
            if others and (lost := sorted((values or {"any value"}) - others)):
                yield say("server-values-narrowed", f"{name!r} of {url} may not be {', '.join(lost)} any more.")
            if values and (gained := sorted((others or {"any value"}) - values)):
                yield say("server-values-widened", f"{name!r} of {url} may be {', '.join(gained)} now.")
    for url in new.keys() - old.keys():
        yield say("server-added", f"The server {url} is new.")
