"""A policy of one's own: which level each kind of change has here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from fnmatch import fnmatchcase

from apispec.changes.kind import Level, kinds
from apispec.errors import ConfigError
from apispec.rules import GROUPS, rules

_LEVELS = {
    **{level.value: level for level in Level},
    "error": Level.BREAKING,
    "warning": Level.RISKY,
    "info": Level.SAFE,
    "off": None,
}


def is_kind(name: str) -> bool:
    """Whether a name (or pattern) is that of a kind of change."""
    return any(fnmatchcase(kind, name) for kind in kinds())


@dataclass(frozen=True)
class Policy:
    """Levels by kind; None for kinds that are left out."""

    own: Mapping[str, Level | None] = field(default_factory=dict)

    @classmethod
    def of(cls, settings: Mapping[str, object]) -> Policy:
        """From the table `[rules]`, which holds rules of `validate`, too. Later patterns win, names win over patterns.

        Raises:
            ConfigError: A name is neither kind nor rule, or a level is none.
        """
        own: dict[str, Level | None] = {}
        for name, setting in sorted(settings.items(), key=lambda item: "*" not in item[0] and "?" not in item[0]):
            meant = [kind for kind in kinds() if fnmatchcase(kind, name)]
            if not meant:
                if name in rules() or name in GROUPS:
                    continue
                close = get_close_matches(name, [*kinds(), *rules()], n=1)
                hint = f"did you mean {close[0]}? " if close else ""
                raise ConfigError(
                    f"there is no kind of change {name!r}", hint=f"{hint}`apispec diff --list-kinds` names them all"
                )
            if not isinstance(setting, str) or setting not in _LEVELS:
                raise ConfigError(
                    f"{setting!r} is no level for the change {name!r}", hint="levels: breaking, risky, safe, off"
                )
            own |= dict.fromkeys(meant, _LEVELS[setting])
        return cls(own)

    def level(self, kind: str) -> Level | None:
        """The level of a kind; None where it is left out."""
        return self.own[kind] if kind in self.own else kinds()[kind].level
