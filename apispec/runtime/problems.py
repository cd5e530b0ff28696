"""Problems: the answers that say what is wrong, in the form of RFC 9457 (`application/problem+json`).

Everything that ends a call early is a `Problem`; the protocols write it in their own way. No protocol is known here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus

from apispec.model import Json

MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True, slots=True)
class InvalidField:
    """One thing that is wrong in the arguments."""

    pointer: str
    """JSON Pointer (RFC 6901) into the object of arguments: `/c/0`; empty for the whole."""
    message: str
    received: str
    """JSON type of the value that came: null, boolean, integer, number, string, array, object, file, or `nothing`."""

    def to_json(self) -> dict[str, str]:
        """As it is in the answer."""
        return {"pointer": self.pointer, "message": self.message, "received": self.received}


class Problem(Exception):  # noqa: N818 - RFC 9457's word
    """An answer other than the result.

    Args:
        status: HTTP status.
        detail: What is wrong here and what to do, for a person.
        title: What is wrong in general; the status's own phrase where empty.
        errors: What is wrong field by field.
        headers: For the answer: `Allow`, `Retry-After`.
        members: More members of the problem object.
    """

    def __init__(
        self,
        status: int,
        detail: str = "",
        *,
        title: str = "",
        errors: Sequence[InvalidField] = (),
        headers: Mapping[str, str] | None = None,
        members: Mapping[str, Json] | None = None,
    ) -> None:
        super().__init__(detail or title)
        self.status = status
        self.title = title or phrase(status)
        self.detail = detail
        self.errors = tuple(errors)
        self.headers = dict(headers or {})
        self.members = dict(members or {})

    @property
    def text(self) -> str:
        """Title, detail and fields as one line, for protocols that carry only text."""
        text = self.detail or self.title
        fields = "; ".join(f"{e.pointer.lstrip('/') or 'arguments'}: {e.message}" for e in self.errors)
        return f"{text} {fields}".strip() if fields else text

    def to_json(self) -> dict[str, Json]:
        """The problem object."""
        problem: dict[str, Json] = {"type": "about:blank", "title": self.title, "status": self.status}
        if self.detail:
            problem["detail"] = self.detail
        if self.errors:
            problem["errors"] = [error.to_json() for error in self.errors]
        return {**self.members, **problem}


def phrase(status: int) -> str:
    """The standard phrase of a status code, `Error` for an unknown one."""
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Error"


def invalid(errors: Sequence[InvalidField]) -> Problem:
    """The arguments do not fit: 422 with one entry per field, the first of what is wrong with it."""
    first: dict[str, InvalidField] = {}
    for error in errors:
        first.setdefault(error.pointer, error)
    detail = "The arguments do not fit the documented parameters."
    return Problem(422, detail, title="Invalid arguments", errors=list(first.values()))


def busy(detail: str) -> Problem:
    """The server is at a limit that everyone shares: 503."""
    return Problem(503, detail, title="Server busy", headers={"Retry-After": "1"})


def too_many(detail: str) -> Problem:
    """This caller is at a limit of its own: 429."""
    return Problem(429, detail, headers={"Retry-After": "1"})
