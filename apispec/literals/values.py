"""The values of snippets that JSON has no notation for: what is known or made only when a snippet runs."""

from __future__ import annotations

import re
from dataclasses import dataclass

_ENV_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\Z")


@dataclass(frozen=True, slots=True)
class Env:
    """The value of an environment variable, read when the snippet runs."""

    name: str

    def __post_init__(self) -> None:
        if not _ENV_NAME.match(self.name):
            raise ValueError(f"not a name for an environment variable: {self.name!r}")


@dataclass(frozen=True, slots=True)
class EnvText:
    """Text with environment variables in it: `EnvText(("Bearer ", Env("API_TOKEN")))`."""

    parts: tuple[str | Env, ...]


@dataclass(frozen=True, slots=True)
class BasicAuth:
    """The value of an `Authorization: Basic` header (RFC 7617), made when the snippet runs."""

    user: Env
    password: Env


@dataclass(frozen=True, slots=True)
class HeaderText:
    """A header's value beyond ASCII, to be sent as UTF-8: neither `requests` nor `fetch` does that with plain text."""

    text: str


@dataclass(frozen=True, slots=True)
class LocalFile:
    """A file that the snippet sends along: small text, or base64 where it is binary."""

    filename: str
    content: str
    media_type: str
    is_base64: bool = False
