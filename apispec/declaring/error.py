"""`Error`: an endpoint's own answer to a call that it can't fulfil."""

from __future__ import annotations

__all__ = ["Error"]


class Error(Exception):
    """An endpoint's own answer to a call it can't fulfil: raised, it becomes an `application/problem+json` answer.

    A subclass may set `status` and `title` once, so that `raise NotFound("no such pet")` is enough; a docstring
    `Raises:` section that names the class documents that status.

    Args:
        status: The HTTP status, 400 to 599.
        title: What kind of problem it is, the same each time (RFC 9457 `title`).
        detail: What went wrong this time.
    """

    status: int = 400
    title: str = ""

    def __init__(self, status: int | str | None = None, title: str | None = None, detail: str = "") -> None:
        if isinstance(status, str):  # NotFound("no such pet")
            if title is not None:
                raise TypeError("Error(status, title, detail): the status is a number")
            detail = status
        elif status is not None:
            if not 400 <= status <= 599:
                raise ValueError(f"an Error has a status from 400 to 599, not {status}")
            self.status = status
        if title is not None:
            self.title = title
        self.detail = detail
        super().__init__(detail or self.title or str(self.status))
