"""Per-session state: one mapping per session name, bounded in number and age.

Which call belongs to which session is the protocol's to say (`session_hash`).
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable

from apispec.declaring import Session


class Sessions:
    """The sessions of one server.

    Args:
        most: Sessions kept; the one unused longest goes first.
        age: Seconds without use after which a session is forgotten.
        clock: Seconds, monotonic.
    """

    def __init__(self, most: int = 10_000, age: float = 3600, clock: Callable[[], float] = time.monotonic) -> None:
        self.most = most
        self.age = age
        self._clock = clock
        self._sessions: OrderedDict[str, tuple[float, Session]] = OrderedDict()

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
                self._sessions.popitem(last=False)
        self._sessions[name] = (now, session)
        return session

    def _forget(self, now: float) -> None:
        while self._sessions:
            name, (used, _) = next(iter(self._sessions.items()))
            if now - used <= self.age:
                return
            del self._sessions[name]
