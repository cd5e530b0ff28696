"""A described API to prove against where there is no server: the mock, on a free port, writing down what arrives."""

from __future__ import annotations

import socket
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn

from apispec.errors import TargetError
from apispec.mock import MockApplication
from apispec.model import Api
from apispec.prove.proving import Host
from apispec.prove.recording import Recorded

_PATIENCE_S = 30.0


@contextmanager
def mocked(api: Api) -> Iterator[Host]:
    """The mock of an API, in a thread of this process.

    Raises:
        TargetError: It does not start.
    """
    with tempfile.TemporaryDirectory(prefix="apispec-prove-") as folder, socket.socket() as listening:
        record = Path(folder, "record")
        record.touch()
        listening.bind(("127.0.0.1", 0))
        listening.listen(2048)
        app = Recorded(MockApplication(api), record)
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="off", server_header=False))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        until = time.monotonic() + _PATIENCE_S
        while not server.started:
            if not thread.is_alive() or time.monotonic() > until:
                raise TargetError("the mock does not start", hint="apispec mock TARGET --verbose says more")
            time.sleep(0.01)
        try:
            url = f"http://127.0.0.1:{listening.getsockname()[1]}"
            yield Host(url, record=record, against="the description")
        finally:
            server.should_exit = True
            thread.join(_PATIENCE_S)
            app.close()
