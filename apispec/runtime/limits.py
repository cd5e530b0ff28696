"""Every limit of a running server in one place. All have generous defaults; none can be unlimited but the timeout."""

from __future__ import annotations

from dataclasses import dataclass

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much at once, how large, how long."""

    threads: int = 40
    """Calls of functions that are not `async` that run at once."""
    waiting: int = 1000
    """Calls that may wait for a thread; more get 503."""
    timeout: float = 0.0
    """Seconds for one call, or for one step of a stream, then 504; 0 = no limit."""
    streams: int = 1000
    """Streams open at once; more get 503."""
    heartbeat: float = 15.0
    """Seconds between the `heartbeat` events of a silent stream."""
    body: int = 10 * MEBIBYTE
    """Bytes of a request body without files; larger ones get 413."""
    upload: int = 100 * MEBIBYTE
    """Bytes of a request body with files; larger ones get 413."""
    upload_files: int = 100
    """Files in one request; more get 413."""
    stored_files: int = 10_000
    """Uploaded and returned files kept at once; more get 503."""
    stored_bytes: int = 10 * 1024 * MEBIBYTE
    """Bytes of the files kept at once; more get 503."""
    file_age: float = 3600.0
    """Seconds after which a kept file is removed."""
    session_calls: int = 100
    """Queued calls of one session that have not been answered; more get 429."""
    queue: int = 1000
    """Queued calls of all sessions that have not been fetched; more get 503."""
    queue_bytes: int = 256 * MEBIBYTE
    """Bytes of the arguments and results of queued calls that wait; a stream waits then, other calls get 503."""
    answer: int = 256 * MEBIBYTE
    """Bytes of a stream's values in one JSON answer; more get 406."""
    result_age: float = 300.0
    """Seconds after which the result of a queued call that nobody fetches is dropped."""
    events: int = 1000
    """Events of a queued stream kept for a reader who is behind; then the function waits."""
    sessions: int = 10_000
    """Sessions with state kept at once; the one unused longest goes first."""
    session_bytes: int = 1024 * MEBIBYTE
    """About the bytes of all sessions' state; the one unused longest goes first."""
    session_age: float = 3600.0
    """Seconds without use after which a session's state is dropped."""
    head: float = 20.0
    """Seconds for a request's line and headers to come; then 408."""
    head_bytes: int = 64 * 1024
    """Bytes of a request's line and headers; more get 431."""
    stall: float = 30.0
    """Seconds in which at least a kibibyte of a body must come, else the connection is closed."""
    grace: float = 10.0
    """Seconds that running calls get to finish when the server is stopped."""
