"""The nasty app, served once for all tests that do not change the server's options."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from apispec.runtime.limits import Limits
from apispec.server.options import ServerOptions
from tests.server import nasty as nasty_module
from tests.serving import Served, served


@pytest.fixture(scope="session")
def nasty() -> Iterator[Served]:
    with served(nasty_module, ServerOptions(limits=Limits(heartbeat=0.3))) as running:
        yield running
