"""Which answer a request gets, and its body: the documented one, the one that it prefers, or one made up."""

from __future__ import annotations

import base64
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from apispec.examples import NoExampleError, guess, received, result, sample_file
from apispec.examples import text as written_text
from apispec.literals import json_text
from apispec.mock.values import made
from apispec.model import Api, Endpoint, Json, MediaType, Schema
from apispec.requests import is_binary, is_json, is_written
from apispec.runtime import Problem
from apispec.schemas import resolve

_PREFERENCE = re.compile(r'(\w+)\s*=\s*"?([^",;]*)"?')


@dataclass(frozen=True, slots=True)
class Described:
    """One documented answer."""

    status: str
    """`200`, `4XX`, `default`."""
    content: tuple[MediaType, ...]
    headers: dict[str, Any]
    streaming: bool = False
    is_result: bool = False

    @property
    def code(self) -> int:
        """A status that it covers."""
        if self.status.isdigit():
            return int(self.status)
        if self.status[:1].isdigit():
            return int(self.status[0]) * 100
        return 200 if self.is_result else 500  # where `default` is what succeeds, too


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a request prefers (RFC 7240 `Prefer`)."""

    code: str = ""
    example: str = ""
    dynamic: bool = False


def wanted(header: str) -> Wanted:
    """What a `Prefer` header asks for: `code=404`, `example=NAME`, `dynamic=true`."""
    found = {name.lower(): value for name, value in reversed(_PREFERENCE.findall(header))}  # the first counts
    return Wanted(found.get("code", ""), found.get("example", "").strip(), found.get("dynamic", "") == "true")


def described(endpoint: Endpoint) -> list[Described]:
    """Every documented answer, the result first."""
    out = []
    answer = endpoint.result
    if answer is not None:
        own = MediaType(type=answer.media_type, schema=answer.schema, examples=answer.examples)
        content = (own, *answer.other_content) if answer.media_type else ()
        out.append(Described(answer.status, content, answer.headers, answer.streaming, True))
    out += [Described(r.status, r.content, r.headers) for r in endpoint.responses]
    return out or [Described("200", (), {}, is_result=True)]


def chosen(endpoint: Endpoint, wish: Wanted) -> Described:
    """The answer that a request gets.

    Raises:
        Problem: 400, it prefers one that is not documented.
    """
    known = described(endpoint)
    if not wish.code:
        return next(
            (a for a in known if a.code < 400 or a.is_result), Described("200", (), {})
        )  # errors alone are told
    for status in (wish.code, f"{wish.code[:1]}XX", "default"):
        for answer in known:
            if answer.status.upper() == status.upper():
                return Described(wish.code, answer.content, answer.headers, answer.streaming, answer.is_result)
    names = ", ".join(answer.status for answer in known)
    raise Problem(400, f"No answer with the status {wish.code} is documented; these are: {names}.")


def media_of(answer: Described, accept: str) -> MediaType | None:
    """The media type that a request accepts; None for an answer without content.

    Raises:
        Problem: 406, it accepts none of the documented ones.
    """
    if not answer.content:
        return None
    ranges = _ranges(accept)
    if not ranges:
        return answer.content[0]
    best: tuple[float, int, MediaType] | None = None
    for number, media in enumerate(answer.content):
        essence = media.type.partition(";")[0].strip().lower()
        quality = max((q for pattern, q in ranges if _covers(pattern, essence)), default=0.0)
        if quality > 0 and (best is None or (quality, -number) > best[:2]):
            best = (quality, -number, media)
    if best is None:
        names = " or ".join(media.type for media in answer.content)
        raise Problem(406, f"The answer is {names}, which the request does not accept.")
    return best[2]


def body_of(
    endpoint: Endpoint,
    answer: Described,
    media: MediaType,
    api: Api,
    wish: Wanted,
    chance: random.Random | None,
    notes: list[str] | None = None,
) -> bytes | Json:
    """The body of an answer: bytes, or a JSON value.

    Args:
        endpoint: What was called.
        answer: Which answer.
        media: In which media type.
        api: Whose components apply.
        wish: An example by name.
        chance: For values made up; None = examples.
        notes: Is told what is guessed, since no value was found that fits its schema.

    Raises:
        Problem: 400, there is no example of that name.
    """
    if wish.example:
        named = next((e for e in media.examples if e.name == wish.example), None)
        if named is None:
            names = ", ".join(e.name for e in media.examples if e.name) or "none has a name"
            raise Problem(400, f"There is no example {wish.example!r} of this answer: {names}.")
        return named.value if is_json(media.type) else _bytes(named.value)
    essence = media.type.partition(";")[0].strip().lower()
    essence = "application/json" if "*" in essence else essence  # as which it is sent
    if answer.is_result and endpoint.result is not None and endpoint.result.is_file:
        return _file(essence)
    if not is_json(essence) and is_written(essence):
        return written_text(media, api).encode()
    if not is_json(essence) and (is_binary(resolve(media.schema, api.schemas)) or not media.schema):
        return _file(essence)
    try:
        if chance is not None:
            value = made(media.schema, api.schemas, chance)
        elif (
            answer.is_result
            and endpoint.result is not None
            and (answer.streaming or media.type == endpoint.result.media_type)
        ):
            value = result(endpoint, api)
        else:
            value = media.examples[0].value if media.examples else received(media.schema, api)
    except NoExampleError:
        value = _guess(media.schema, api, notes)
    if answer.status == "default" and isinstance(value, dict) and value.get("status") == 0:
        value["status"] = answer.code
    return value if is_json(essence) or not essence else _bytes(value)


def _guess(schema: Schema, api: Api, notes: list[str] | None) -> Json:
    """A value of the right type where none is known that fits."""
    guessed: list[str] = []
    value = guess(schema, api, guessed)
    if notes is not None:
        told = ", ".join(ascii(name) for name in guessed if name)
        notes.append(f"no value was found that fits {told or 'the schema of this answer'}; a guess stands there")
    return value


def headers_of(answer: Described, api: Api) -> dict[str, str]:
    """The documented headers that a client can count on, with example values."""
    out = {}
    for name, header in answer.headers.items():
        if not isinstance(header, dict) or not header.get("required"):
            continue
        value = header.get("example")
        if value is None:
            try:
                value = received(header.get("schema", {}), api)
            except NoExampleError:
                continue
        text = value if isinstance(value, str) else str(value).lower() if isinstance(value, bool) else str(value)
        if text.isprintable() and text.isascii():
            out[name] = text
    return out


def _file(essence: str) -> bytes:
    file = sample_file("", essence).file
    return base64.b64decode(file.content) if file.is_base64 else file.content.encode()


def _bytes(value: Json) -> bytes:
    return (value if isinstance(value, str) else json_text(value)).encode()


def _ranges(accept: str) -> Sequence[tuple[str, float]]:
    out = []
    for piece in accept.split(","):
        pattern, *parameters = (part.strip().lower() for part in piece.split(";"))
        if not pattern:
            continue
        quality = 1.0
        for parameter in parameters:
            if parameter.startswith("q="):
                try:
                    quality = float(parameter[2:])
                except ValueError:
                    quality = 0.0
        out.append((pattern, quality))
    return out


def _covers(pattern: str, essence: str) -> bool:
    kind, _, rest = pattern.partition("/")
    own, _, mine = essence.partition("/")
    return (
        pattern in ("*/*", "*", essence)
        or (rest == "*" and kind == own)
        or (mine == "*" and kind == own)
        or essence == "*/*"
    )
