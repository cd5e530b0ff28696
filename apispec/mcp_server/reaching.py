"""Why a server could not be reached, in words without what was sent to it."""

from __future__ import annotations

import httpx2

_WORDS: tuple[tuple[type[BaseException], str], ...] = (
    (httpx2.ConnectTimeout, "nothing answers there in time"),
    (httpx2.ConnectError, "nothing answers there; does it run?"),
    (httpx2.UnsupportedProtocol, "its URL begins neither with http:// nor with https://"),
    (httpx2.InvalidURL, "that is no URL"),
    (httpx2.TooManyRedirects, "it redirects for ever"),
    (httpx2.RemoteProtocolError, "it ends the connection before it has answered"),
    (httpx2.TimeoutException, "it does not answer in time"),
    (ValueError, "what it answers is no JSON"),
    (KeyError, "what it answers is not as expected"),
)


def why_not(error: BaseException) -> str:
    """The reason, and the class of the error where that is all that is known of it: texts may hold credentials."""
    name = type(error).__name__
    words = next((text for kind, text in _WORDS if isinstance(error, kind)), "")
    return f"{words} ({name})" if words else name
