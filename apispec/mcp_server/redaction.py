"""The secrets of a request: their values, and answers without them.

Only what is secret is taken out, and only where it stands for itself: a user name stays, and so does what is too short
or too plain to be told from ordinary text.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Mapping
from urllib.parse import quote

from apispec.literals import Env, EnvText
from apispec.model import Json
from apispec.requests import Request

_SHORTEST = 8
_PLAIN = 16
"""From this length on a secret is taken out whatever it is made of."""
_COMMON = {"password", "passwort", "secret", "changeme", "welcome", "administrator", "example", "username", "default",
           "testtest", "qwertyui", "testing", "production", "development"}  # fmt: skip
"""Letters of secrets that are words of many answers."""


class Secrets:
    """The values of a request's credentials.

    Args:
        made: The request.
        values: The values by the names of their variables, each set and printable.
        more: Further secrets by the names that stand for them.
    """

    def __init__(self, made: Request, values: Mapping[str, str], more: Mapping[str, str] | None = None) -> None:
        self.values = dict(values)
        hidden = {name: value for name, value in values.items() if made.basic is None or name != made.basic[0].name}
        hidden |= more or {}
        self.basic = ""
        if made.basic is not None:
            pair = ":".join(self.values[env.name] for env in made.basic)
            self.basic = base64.b64encode(pair.encode()).decode()
            hidden["credentials"] = self.basic
        forms = {
            form: name for name, value in hidden.items() if is_telling(value) for form in (value, quote(value, safe=""))
        }
        self._names = forms
        longest_first = sorted(forms, key=len, reverse=True)
        pattern = "|".join(map(re.escape, longest_first))
        self._pattern = re.compile(rf"(?<![A-Za-z0-9])(?:{pattern})(?![A-Za-z0-9])") if forms else None

    def text(self, value: str | EnvText) -> str:
        """A text with the values in it."""
        if isinstance(value, str):
            return value
        return "".join(self.values[part.name] if isinstance(part, Env) else part for part in value.parts)

    def url(self, made: Request) -> str:
        """The whole URL, API keys included."""
        keys = [f"{quote(name, safe='')}={quote(self.text(v), safe='')}" for name, v in made.secret_query.items()]
        if not keys:
            return made.open_url
        return "&".join([made.open_url + ("" if made.query else "?"), *keys]).replace("?&", "?")

    def hidden(self, text: str) -> str:
        """A text without the secrets."""
        if self._pattern is None:
            return text
        return self._pattern.sub(lambda found: f"[{self._names[found.group()]}]", text)

    def hidden_in(self, value: Json) -> Json:
        """A value without the secrets."""
        if self._pattern is None:
            return value
        if isinstance(value, str):
            return self.hidden(value)
        if isinstance(value, list):
            return [self.hidden_in(item) for item in value]
        if isinstance(value, dict):
            return {self.hidden(key): self.hidden_in(inner) for key, inner in value.items()}
        return value


def is_telling(value: str) -> bool:
    """Whether a secret can be told from ordinary text: `test`, `Password1` and `2026-01-31` cannot."""
    letters = "".join(c for c in value if c.isalpha()).lower()
    if len(value) < _SHORTEST or letters in _COMMON:
        return False
    return len(value) >= _PLAIN or (bool(letters) and any(c.isdigit() for c in value)) or kinds(value) > 2


def kinds(value: Iterable[str]) -> int:
    """How many kinds of characters there are: small letters, capitals, digits, others."""
    return len({"a" if c.islower() else "A" if c.isupper() else "0" if c.isdigit() else "." for c in value})
