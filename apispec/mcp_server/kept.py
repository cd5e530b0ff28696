"""Answers that were cut, kept for a while, so that a model can read on without calling again."""

from __future__ import annotations

import secrets
import time
from collections import OrderedDict
from collections.abc import Callable

from apispec.model import Json
from apispec.tools import length

_MOST = 100
_CHARACTERS = 50_000_000
_SECONDS = 900.0


class KeptAnswers:
    """The last answers, by ids that nobody can guess.

    Args:
        clock: Seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._kept: OrderedDict[str, tuple[float, int, Json]] = OrderedDict()

    def keep(self, value: Json) -> str:
        """An id for an answer."""
        size = length(value)
        id_ = secrets.token_urlsafe(9)
        self._kept[id_] = (self._clock() + _SECONDS, size, value)
        while len(self._kept) > _MOST or (
            len(self._kept) > 1 and sum(size for _, size, _ in self._kept.values()) > _CHARACTERS
        ):
            self._kept.popitem(last=False)
        return id_

    def get(self, id_: str) -> Json:
        """The answer.

        Raises:
            KeyError: It is not there, or not any more.
        """
        until, _, value = self._kept[id_]
        if until < self._clock():
            del self._kept[id_]
            raise KeyError(id_)
        return value
