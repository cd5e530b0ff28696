"""Values of keys: from TOML to what a field of `Config` holds, and inline TOML for the command line."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from apispec.config.keys import DAY_S, Config
from apispec.errors import ConfigError


def inline(text: str, where: str) -> Any:
    """A TOML value from the command line; a table also as its lines in a file are written (`style = "off"`).

    Raises:
        ConfigError: It is not one.
    """
    import tomllib

    try:
        return tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError as error:
        with suppress(tomllib.TOMLDecodeError):
            if table := tomllib.loads(text):
                return table
        raise ConfigError(
            f"not a TOML value: {text}", where=where, hint=f"write it as in apispec.toml ({error})"
        ) from None


def written(value: Any) -> str:
    """A value as inline TOML: the inverse of `inline`."""
    import json

    if isinstance(value, Mapping):
        pairs = (f"{json.dumps(str(key), ensure_ascii=False)} = {written(inner)}" for key, inner in value.items())
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(written, value)) + "]"
    # As in JSON, but for DEL, which TOML wants escaped; dates come out as texts.
    return json.dumps(value, ensure_ascii=False, default=str).replace("\x7f", "\\u007f")


def convert(name: str, value: Any, where: str) -> Any:
    """A TOML value as the key's field holds it.

    Raises:
        ConfigError: It is of the wrong type.
    """
    metadata = Config.__dataclass_fields__[name].metadata
    kind, choices = metadata["kind"], metadata["choices"]
    if kind in ("text", "path", "choice"):
        if (
            isinstance(value, (int, float))
            and not isinstance(value, bool)
            and name in ("openapi_version", "api_version")
        ):
            raise ConfigError("a version is a text", where=where, hint=f'write "{value}"')
        _expect(isinstance(value, str), "a text", value, where)
        if kind == "choice" and value not in choices:
            raise ConfigError(f"{value!r} is not one of {', '.join(choices)}", where=where)
        return value
    if kind == "flag":
        _expect(isinstance(value, bool), "true or false", value, where)
        return value
    if kind in ("number", "integer"):
        _expect(not isinstance(value, bool) and isinstance(value, (int, float)), "a number", value, where)
        _expect(kind == "number" or isinstance(value, int), "a whole number", value, where)
        if value < 0:
            raise ConfigError("this must not be negative", where=where)
        if kind == "number" and not 0 < value <= DAY_S:
            raise ConfigError(f"this must be more than 0, and at most {DAY_S} (a day)", where=where)
        return float(value) if kind == "number" else value
    if (kind in ("texts", "paths", "list") and isinstance(value, str)) or (kind == "list" and isinstance(value, dict)):
        return (value,)  # one of several needs no list
    if kind in ("texts", "paths"):
        _expect(isinstance(value, list) and all(isinstance(v, str) for v in value), "a list of texts", value, where)
        return tuple(value)
    if kind == "list":
        _expect(isinstance(value, list), "a list", value, where)
        return tuple(value)
    _expect(isinstance(value, dict), "a table", value, where)
    return value


def _expect(holds: bool, what: str, value: Any, where: str) -> None:
    if not holds:
        raise ConfigError(f"this must be {what}, not {value!r}", where=where)
