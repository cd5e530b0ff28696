"""Documents of standards around OpenAPI, which are often named in the place of the document that they are about."""

from __future__ import annotations

from typing import Any

_KIN = {
    "arazzo": "This is Arazzo, workflows of an API: apispec prove TARGET --workflows FILE runs them.",
    "overlay": "This is an OpenAPI Overlay: --overlay FILE applies it to the document that TARGET names.",
    "asyncapi": "This is AsyncAPI, which describes messages; apispec reads OpenAPI.",
}


def kin(data: Any) -> str:
    """What to do with a document that is no OpenAPI, but of a standard around it; empty where it is something else."""
    return next((words for key, words in _KIN.items() if isinstance(data, dict) and key in data), "")
