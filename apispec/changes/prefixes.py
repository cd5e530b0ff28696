"""Addresses that are the same though a part of them moved from the servers into the paths, or back."""

from __future__ import annotations

from apispec.changes.views import View


def moved(old: View, new: View) -> tuple[str, str]:
    """What the paths of the base and of the revision begin with where the other side's servers end with it.

    `https://a.example/v1` with `/pets` became `https://a.example` with `/v1/pets`: that is `("", "/v1")`.
    """
    before, after = set(old.servers) or {""}, set(new.servers) or {""}
    shared = _end(before, after), _end(after, before)
    for side, prefix in ((new, shared[0]), (old, shared[1])):
        if prefix and any(path.startswith(f"{prefix}/") for path in side.paths):
            return ("", prefix) if side is new else (prefix, "")
    return "", ""


def _end(longer: set[str], shorter: set[str]) -> str:
    """What each of some addresses ends with beside those of the other side; empty where it is not that simple."""
    first = min(longer)
    for other in sorted(shorter):
        prefix = first.removeprefix(other)
        if prefix != first and prefix.startswith("/") and "{" not in prefix:
            return prefix if {url + prefix for url in shorter} == longer else ""
        if not other and first.startswith("/"):
            return first if longer == {first} and shorter == {""} else ""
    return ""


def without(path: str, prefix: str) -> str:
    """A path without a prefix; one that begins otherwise is marked, since it leads elsewhere."""
    if not prefix:
        return path
    return path[len(prefix) :] if path.startswith(f"{prefix}/") else f"//{path}"
