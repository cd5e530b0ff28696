"""The next version of an API by what changed (https://semver.org)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import IntEnum

from apispec.changes.change import Change
from apispec.changes.kind import Level


class Bump(IntEnum):
    """How far a version must move."""

    NONE = 0
    PATCH = 1
    MINOR = 2
    MAJOR = 3


_VERSION = re.compile(r"v?(\d{1,9})(?:\.(\d{1,9}))?(?:\.(\d{1,9}))?((?:-[0-9A-Za-z.-]+)?)(?:\+[0-9A-Za-z.-]+)?")


def parse(version: object) -> tuple[int, int, int] | None:
    """Major, minor and patch of a version such as `1.4.2`, `v2` or `2.0.0-rc.1`; None for what is none."""
    match = _VERSION.fullmatch(version.strip()) if isinstance(version, str) else None
    return (int(match[1]), int(match[2] or 0), int(match[3] or 0)) if match else None


def needed(changes: Iterable[Change], *, same: bool) -> Bump:
    """What the changes ask for.

    Args:
        changes: All that count.
        same: Whether the documents are equal.
    """
    levels = {change.level for change in changes}
    if Level.BREAKING in levels:
        return Bump.MAJOR
    if levels:
        return Bump.MINOR
    return Bump.NONE if same else Bump.PATCH


def suggested(base: object, bump: Bump) -> str:
    """The next version after the base's; empty where that is no version.

    Before 1.0.0 anything may change: what breaks moves the minor version, everything else the patch version.
    """
    version = parse(base)
    if version is None:
        return ""
    major, minor, patch = version
    if major == 0 and bump > Bump.PATCH:
        bump = Bump(bump - 1)
    match bump:
        case Bump.MAJOR:
            return f"{major + 1}.0.0"
        case Bump.MINOR:
            return f"{major}.{minor + 1}.0"
        case Bump.PATCH:
            return f"{major}.{minor}.{patch + 1}"
    return f"{major}.{minor}.{patch}"


def is_enough(base: object, revision: object, bump: Bump) -> bool | None:
    """Whether the revision's version is the suggested one or later; None where either is no version."""
    new, least = parse(revision), parse(suggested(base, bump))
    return None if new is None or least is None else new >= least
