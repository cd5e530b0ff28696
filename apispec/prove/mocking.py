"""A described API to prove against where there is no server: the mock, on a free port, writing down what arrives."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from apispec.mock import MockApplication, MockOptions
from apispec.model import Api
from apispec.prove.proving import Host
from apispec.prove.recording import Recorded
from apispec.prove.threads import served


@contextmanager
def mocked(api: Api, *, remembers: bool = False, wishes: Mapping[str, int] | None = None) -> Iterator[Host]:
    """The mock of an API, in a thread of this process.

    Args:
        api: What is described.
        remembers: Whether it keeps what is made and deleted; what it was told nothing of, it makes up all the same.
        wishes: Name before the path (`proof-1`) → the status that is to be answered there.

    Raises:
        TargetError: It does not start.
    """
    with tempfile.TemporaryDirectory(prefix="apispec-prove-") as folder:
        record = Path(folder, "record")
        record.touch()
        # A document may describe `Origin` itself, and what is proven then sends it: it is no page's.
        options = MockOptions(stateful=remembers, inventing=remembers, cors=("*",))
        app = Recorded(_Wishing(MockApplication(api, options), wishes or {}), record)
        try:
            with served(app, "the mock") as url:
                yield Host(url, record=record, against="the description")
        finally:
            app.close()


class _Wishing:
    """The mock, told which status some calls are to be answered with.

    Args:
        app: The mock.
        wishes: Statuses by the name before the path.
    """

    def __init__(self, app: MockApplication, wishes: Mapping[str, int]) -> None:
        self.app = app
        self._wishes = wishes

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Pass on."""
        wish = self._wishes.get(scope.get("proof", ""))
        if wish is not None:
            scope = {**scope, "headers": [*scope["headers"], (b"prefer", f"code={wish}".encode())]}
        await self.app(scope, receive, send)
