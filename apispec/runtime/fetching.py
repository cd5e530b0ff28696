"""Files that a caller names by URL: `data:` is decoded, `http(s):` is fetched, but only from public addresses.

Whoever calls chooses these URLs, a model maybe, so nothing of this computer or its network can be reached through them.
"""

from __future__ import annotations

import binascii
import http.client
import ipaddress
import mimetypes
import socket
import ssl
from base64 import b64decode
from urllib.parse import unquote, unquote_to_bytes, urljoin, urlsplit

from apispec.declaring import File

_SECONDS = 30.0
_REDIRECTS = 5
_PIECE = 65536
_SUFFIXES = {"audio/wav": ".wav", "audio/mp3": ".mp3", "audio/ogg": ".ogg", "audio/flac": ".flac"}
"""Of types that people write and `mimetypes` does not know."""


def file_argument(url: str, most: int) -> File:
    """The file that a URL stands for.

    Args:
        url: A `data:` URI (RFC 2397) or an http(s) URL.
        most: Bytes it may have.

    Raises:
        ValueError: What is wrong, for the caller to read.
    """
    if url[:5].lower() == "data:":
        return _data(url, most)
    if urlsplit(url).scheme.lower() in ("http", "https"):
        return _fetch(url, most)
    raise ValueError("must be an http(s) URL or a data: URI")


def _data(url: str, most: int) -> File:
    head, comma, content = url[5:].partition(",")
    if not comma:
        raise ValueError("is no data: URI: the comma is missing")
    kind, *parameters = head.split(";")
    try:
        if "base64" in parameters:
            data = b64decode(unquote(content), validate=True)
        else:
            data = unquote_to_bytes(content)
    except (binascii.Error, ValueError):
        raise ValueError("is no data: URI: its base64 can't be read") from None
    if len(data) > most:
        raise ValueError(f"has more than {most} bytes")
    kind = kind or "text/plain"
    suffix = _SUFFIXES.get(kind.lower()) or mimetypes.guess_extension(kind) or ""
    return File.from_bytes(data, name=f"file{suffix}", content_type=kind)


def _fetch(url: str, most: int) -> File:
    for _ in range(_REDIRECTS):
        parts = urlsplit(url)
        connection = _connection(parts.scheme.lower(), parts.hostname or "", parts.port)
        try:
            target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            connection.request("GET", target, headers={"Host": parts.netloc.rpartition("@")[2]})
            response = connection.getresponse()
            if response.status in (301, 302, 303, 307, 308) and response.getheader("Location"):
                url = urljoin(url, str(response.getheader("Location")))
                if urlsplit(url).scheme not in ("http", "https"):
                    raise ValueError("redirects to something that is no http(s) URL")
                continue
            if response.status != 200:
                raise ValueError(f"can't be fetched: {response.status} {response.reason}")
            data = b""
            while piece := response.read(_PIECE):
                data += piece
                if len(data) > most:
                    raise ValueError(f"has more than {most} bytes")
            if response.length:  # reading by pieces passes over a connection that broke
                raise http.client.IncompleteRead(data, response.length)
            name = unquote(parts.path).rpartition("/")[2] or "file"
            kind = (response.getheader("Content-Type") or "").partition(";")[0].strip()
            return File.from_bytes(data, name=name, content_type=kind or None)
        except (OSError, http.client.HTTPException) as error:
            raise ValueError(f"can't be fetched: {type(error).__name__}") from None
        finally:
            connection.close()
    raise ValueError("can't be fetched: too many redirects")


def _connection(scheme: str, host: str, port: int | None) -> http.client.HTTPConnection:
    """A connection to an address that was looked at, so that the name can't mean another one a moment later."""
    try:
        found = socket.getaddrinfo(host, port or (443 if scheme == "https" else 80), type=socket.SOCK_STREAM)
    except OSError:
        raise ValueError("can't be fetched: there is no such host") from None
    addresses = [info[4] for info in found]
    if not addresses or not all(ipaddress.ip_address(str(a[0]).partition("%")[0]).is_global for a in addresses):
        raise ValueError("can't be fetched: only public addresses are, and this one is not")
    sock = socket.create_connection((str(addresses[0][0]), int(addresses[0][1])), timeout=_SECONDS)
    if scheme == "https":
        sock = ssl.create_default_context().wrap_socket(sock, server_hostname=host)
    connection = http.client.HTTPConnection(host, port, timeout=_SECONDS)
    connection.sock = sock
    return connection
