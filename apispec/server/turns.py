"""What a server of `serve --reload` and the process that watches the files tell each other, in files of one folder.

Each start of the server is a turn, with a number. The server says when it has loaded its target and which site it wants
(`loaded-N`); it serves when it is told to (`go-N`), and says when it takes no new connections (`left-N`). `over` is the
last turn that is to end, `version` tells sites apart.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_FOLDER, _NUMBER = "APISPEC_RELOAD", "APISPEC_RELOAD_TURN"
_LOOK_S = 0.005


@dataclass(frozen=True)
class Loaded:
    """What a server says of itself."""

    site: list[str] | None
    """The arguments of `apispec build` for its site; None = it wants none."""
    alone: bool
    """Whether it is to serve only once the one before it has ended: what it runs has a beginning and an end."""


@dataclass(frozen=True)
class Turn:
    """One start of the server."""

    folder: Path
    number: int

    @classmethod
    def given(cls) -> Turn | None:
        """This process's; None where nobody watches."""
        folder = os.environ.get(_FOLDER)
        return cls(Path(folder), int(os.environ.get(_NUMBER, "0"))) if folder else None

    def variables(self) -> dict[str, str]:
        """What the server's process finds it by."""
        return {_FOLDER: str(self.folder), _NUMBER: str(self.number)}

    @property
    def site(self) -> Path:
        """The folder of the site."""
        return self.folder / "site"

    # ── Said by the server ──

    def begin(self, site: Sequence[str] | None, *, alone: bool) -> None:
        """Say that the target is loaded, and wait until this is the one to serve."""
        _put(self.folder / f"loaded-{self.number}", json.dumps([None if site is None else list(site), alone]))
        while not (self.folder / f"go-{self.number}").exists():
            time.sleep(_LOOK_S)

    def leave(self) -> None:
        """Say that this server takes no new connections."""
        _put(self.folder / f"left-{self.number}", "")

    def is_over(self) -> bool:
        """Whether another one serves now."""
        try:
            return int((self.folder / "over").read_text()) >= self.number
        except (OSError, ValueError):
            return False

    def version(self) -> str:
        """Which site there is; empty before the first."""
        try:
            return (self.folder / "version").read_text()
        except OSError:
            return ""

    # ── Said by who watches ──

    def loaded(self) -> Loaded | None:
        """What the server has said, if it has."""
        try:
            site, alone = json.loads((self.folder / f"loaded-{self.number}").read_text())
        except (OSError, ValueError):
            return None
        return Loaded(site, alone)

    def has_left(self) -> bool:
        """Whether it takes no new connections any more."""
        return (self.folder / f"left-{self.number}").exists()

    def go(self) -> None:
        """Let it serve."""
        _put(self.folder / f"go-{self.number}", "")

    def end(self) -> None:
        """Say that its turn is over."""
        _put(self.folder / "over", str(self.number))

    def show(self, version: str) -> None:
        """Say which site there is."""
        _put(self.folder / "version", version)


def _put(path: Path, text: str) -> None:
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    fresh.write_text(text)
    fresh.replace(path)
