"""Web apps of this environment that have no document of their own, by their routes and hints (`frameworks`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from apispec.errors import TargetError
from apispec.model import Introspection
from apispec.sources.frameworks import harvest
from apispec.sources.outside import finished

if TYPE_CHECKING:
    from apispec.introspection import Context


def describe(app: Any, context: Context) -> Introspection:
    """The Api of an app.

    Args:
        app: An instance of one of `harvest.KINDS`.
        context: Where it was found.

    Raises:
        TargetError: It fails to be described.
    """
    try:
        library, document = harvest.describe(app, getattr(context.module, "__name__", ""))
    except Exception as error:
        first = str(error).strip().partition("\n")[0]
        raise TargetError(
            f"the {type(app).__name__} app can't be described: {type(error).__name__}: {first}"
        ) from error
    file = getattr(context.module, "__file__", None)
    return finished(library, document, context.shorten(file) if file else library, file or "", context.shorten)
