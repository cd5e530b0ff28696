"""The options that an endpoint can be declared with, and what each of them may be. What they mean is told by `App`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

_STATUS = re.compile(r"[1-5](?:\d\d|XX)|default")
_BOOLEAN_ANNOTATIONS = ("readOnlyHint", "destructiveHint", "idempotentHint", "openWorldHint")


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_flag(value: Any) -> bool:
    return isinstance(value, bool)


def _is_text_or_flag(value: Any) -> bool:
    return isinstance(value, (str, bool))


def _are_texts(value: Any) -> bool:
    return isinstance(value, str) or (_is_list(value) and all(isinstance(item, str) for item in value))


def _is_list(value: Any) -> bool:
    return isinstance(value, (Sequence, set, frozenset)) and not isinstance(value, (str, bytes))


def _are_annotations(value: Any) -> bool:
    return (
        isinstance(value, Mapping)
        and all(isinstance(name, str) for name in value)
        and all(isinstance(value.get(name, True), bool) for name in _BOOLEAN_ANNOTATIONS)
        and isinstance(value.get("title", ""), str)
    )


def _are_raises(value: Any) -> bool:
    return isinstance(value, Mapping) and all(
        isinstance(cls, type) and issubclass(cls, BaseException) and isinstance(status, int) and 400 <= status <= 599
        for cls, status in value.items()
    )


def _are_responses(value: Any) -> bool:
    return isinstance(value, Mapping) and all(_STATUS.fullmatch(str(status)) for status in value)


_NAMES = (_is_text_or_flag, "a text, or False")
OPTIONS: dict[str, tuple[Callable[[Any], bool], str]] = {
    "name": _NAMES,
    "api_name": _NAMES,
    "visibility": (_is_text, "public, undocumented or private"),
    "show_api": (_is_flag, "True or False"),
    "summary": (_is_text, "a text"),
    "description": (_is_text, "a text"),
    "tags": (_are_texts, "a text, or several"),
    "deprecated": (_is_text_or_flag, "True or False, or a text that says what to use instead"),
    "method": (_is_text, "a text such as GET"),
    "path": (_is_text, "a path template such as /items/{item_id}"),
    "examples": (_is_list, "a list of calls, each a mapping of arguments or a list of them"),
    "stream": (_is_flag, "True or False"),
    "annotations": (_are_annotations, "a mapping of MCP tool annotations, whose hints are True or False"),
    "raises": (_are_raises, "a mapping of exception classes to statuses from 400 to 599"),
    "responses": (_are_responses, "a mapping of HTTP statuses (100 to 599, 4XX, default) to descriptions"),
}
"""Option → whether a value is one for it, and what it should be. None always stands for an option that is left out."""


def problem(options: Mapping[str, Any]) -> tuple[str, str] | None:
    """What is wrong with the options of a declaration, and a hint; None where nothing is."""
    for name, value in options.items():
        if name not in OPTIONS:
            import difflib  # which every import of apispec would pay for

            near = difflib.get_close_matches(name, OPTIONS, n=1)
            hint = f"did you mean {near[0]}=?" if near else "options: " + ", ".join(sorted(OPTIONS))
            return f"an endpoint has no option {name!r}", hint
        holds, what = OPTIONS[name]
        if value is not None and not holds(value):
            return f"{name}= must be {what}, not {_shown(value)}", ""
    return None


def _shown(value: Any) -> str:
    try:
        return f"{value!r:.80}"
    except Exception:
        return f"a value of type {type(value).__name__}"
