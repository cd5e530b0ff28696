"""Per-session state: one mapping per session name, bounded in number, age and size.

Which call belongs to which session is the protocol's to say (`session_hash`).
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable

from apispec.declaring import Session
from apispec.runtime.weighing import weight


class Sessions:
    """The sessions of one server.

    Args:
        most: Sessions kept; the one unused longest goes first.
        age: Seconds without use after which a session is forgotten.
        clock: Seconds, monotonic.
        most_bytes: About the memory of all; the one unused longest goes first.
    """

    def __init__(
        self, most: int = 10_000, age: float = 3600, clock: Callable[[], float] = time.monotonic,
        most_bytes: int = 2**30,
    ) -> None:  # fmt: skip
        self.most = most
        self.age = age
        self.most_bytes = most_bytes
        self.bytes = 0
        self._clock = clock
        self._sessions: OrderedDict[str, tuple[float, Session]] = OrderedDict()
        self._weights: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self._sessions)

    def get(self, name: str) -> Session:
        """The session of that name, made where there is none; without a name a new one that nobody else gets."""
        if not name:
            return Session()
        now = self._clock()
        self._forget(now)
        _, session = self._sessions.pop(name, (0.0, None))
        if session is None:
            session = Session(name)
            while len(self._sessions) >= self.most:
                self._drop(next(iter(self._sessions)))
        self._sessions[name] = (now, session)
        return session

    def _forget(self, now: float) -> None:
        while self._sessions:
            name, (used, _) = next(iter(self._sessions.items()))
            if now - used <= self.age:
                return
            self._drop(name)

    def weigh(self, name: str) -> None:
        """Take account of what a session holds now, and forget others, or this one, where all hold too much."""
        if name not in self._sessions:
            return
        size = weight(self._sessions[name][1])
        self.bytes += size - self._weights.get(name, 0)
        self._weights[name] = size
        while self.bytes > self.most_bytes and self._sessions:
            self._drop(next(iter(self._sessions)))

    def _drop(self, name: str) -> None:
        del self._sessions[name]
        self.bytes -= self._weights.pop(name, 0)
