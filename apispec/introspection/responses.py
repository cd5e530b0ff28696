"""The answers of an endpoint besides its result: what it raises, and what its declaration says."""

from __future__ import annotations

import builtins
import re
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any

from apispec.declaring import Error, Registered, asking
from apispec.introspection.docstrings import DocRaise
from apispec.model import MediaType, Response, Schema

_STATUS = re.compile(r"(?:HTTP\s*)?\(?([45]\d\d)\)?\b\s*[:,.–—-]*\s*", re.IGNORECASE)
_CONTROL = ("StopIteration", "StopAsyncIteration", "GeneratorExit", "KeyboardInterrupt", "SystemExit")


def status_of(raised: DocRaise, raises: Mapping[type[BaseException], int], namespace: Mapping[str, Any]) -> int | None:
    """The HTTP status of a documented exception, None where it is not an answer of the endpoint's own.

    Args:
        raised: From the docstring.
        raises: The declaration's exceptions.
        namespace: Where the exception's name is looked up: the function's module.
    """
    cls = _find(raised.type, namespace)
    if isinstance(cls, type):
        for known, status in raises.items():
            if issubclass(cls, known):
                return status
        if issubclass(cls, Error):
            stated = _STATUS.match(raised.description)
            own = any("status" in base.__dict__ for base in cls.__mro__[: cls.__mro__.index(Error)])
            return int(stated[1]) if stated and not own else cls.status
    for known, status in raises.items():
        if known.__name__ == raised.type.rpartition(".")[2]:
            return status
    stated = _STATUS.match(raised.description)
    return int(stated[1]) if stated else None


def responses(
    registered: Registered,
    documented: Iterable[DocRaise],
    raised: Mapping[int, str],
    namespace: Mapping[str, Any],
    schemas: Mapping[str, Schema],
) -> tuple[Response, ...]:
    """Every documented answer besides the result, by status.

    An exception without a status of its own is answered with 500, so that is where it is documented.

    Args:
        registered: The declaration.
        documented: `Raises:` of the docstring.
        raised: Title by status of the Errors that its source raises.
        namespace: Of the function's module.
        schemas: The schemas of models in the declaration's `responses`, by status.
    """
    texts: dict[str, list[str]] = {}
    for said in documented:
        name = said.type.rpartition(".")[2]
        if name in _CONTROL:
            continue
        status = status_of(said, registered.raises, namespace)
        text = _STATUS.sub("", said.description, count=1) if _STATUS.match(said.description) else said.description
        if status is None:
            text = f"`{name}`: {text}" if text and name else text or f"`{name}`"
        texts.setdefault(str(status or 500), []).append(text or _title(_find(said.type, namespace)))
    for status, title in raised.items():
        texts.setdefault(str(status), [title])
    for cls, status in registered.raises.items():
        if str(status) not in texts:
            texts[str(status)] = [_title(cls)]
    found = {code: Response(status=code, description=_joined(lines, code)) for code, lines in texts.items()}
    for code, declared in registered.responses.items():
        text = declared if isinstance(declared, str) else ""
        if isinstance(declared, Mapping):
            text = str(declared.get("description") or "")
        content = (MediaType(type="application/json", schema=schemas[code]),) if code in schemas else ()
        before = found[code].description if code in found else ""
        found[code] = Response(status=code, description=text or before or _phrase(code), content=content)
    return tuple(found[code] for code in sorted(found))


def _find(name: str, namespace: Mapping[str, Any]) -> Any:
    first, *rest = name.split(".")
    found = namespace.get(first, getattr(builtins, first, None) if first else None)
    for part in rest:
        found = asking.attribute(found, part)
    return found


def _title(cls: Any) -> str:
    title = getattr(cls, "title", "")
    if isinstance(title, str) and title and isinstance(cls, type) and issubclass(cls, Error):
        return title
    text = cls.__dict__.get("__doc__") if isinstance(cls, type) else None
    return text.strip().split("\n")[0] if isinstance(text, str) and text.strip() else ""


def _joined(texts: list[str], status: str) -> str:
    unique = [text for text in dict.fromkeys(texts) if text]
    if len(unique) > 1:
        return "\n".join(f"- {text}" for text in unique)
    return unique[0] if unique else _phrase(status)


def _phrase(status: str) -> str:
    try:
        return HTTPStatus(int(status)).phrase
    except ValueError:
        return "Error"
