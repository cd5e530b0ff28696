"""What Gradio knows of a listener (its BlockFunction): who sees it, how its inputs are named, what no call can bring.

Both generations are read; how one becomes an endpoint is the work of `gradio`.
"""

from __future__ import annotations

from typing import Any

from apispec.introspection import MISSING, Signature
from apispec.model import Visibility
from apispec.sources import gradio_components as parts


def visibility(fn: Any) -> Visibility:
    """Of Gradio 6 (`api_visibility`) and of Gradio 5 (`show_api`, `api_name=False`)."""
    if not isinstance(fn.api_name, str):
        return Visibility.PRIVATE
    said = getattr(fn, "api_visibility", None)
    if said is not None:
        return Visibility(said)
    return Visibility.PUBLIC if getattr(fn, "show_api", True) else Visibility.UNDOCUMENTED


def hiding(fn: Any) -> str:
    """How a listener is hidden, in the words of its generation."""
    return 'api_visibility="private"' if hasattr(fn, "api_visibility") else "api_name=False"


def is_lambda(fn: Any) -> bool:
    """Whether a listener's name comes from a lambda."""
    return getattr(fn.fn, "__name__", "") == "<lambda>" and fn.api_name.rstrip("_0123456789") == "lambda"


def input_names(fn: Any) -> list[str]:
    """The parameter names of an endpoint's inputs, as Gradio gives them."""
    from gradio.utils import get_function_params

    reserved = ("api_name", "fn_index", "result_callbacks")
    configured = list(getattr(fn, "input_parameter_names", None) or [])
    names = configured or [p[0] for p in get_function_params(fn.fn)]
    names = [name if name not in reserved else None for name in names]
    names += [None] * (len(fn.inputs) - len(names))
    return [name or f"param_{index}" for index, name in enumerate(names[: len(fn.inputs)])]


def unfillable(fn: Any, signature: Signature) -> str:
    """What a function needs that only its page or a login brings, in words; empty where it needs none."""
    if getattr(fn.fn, "__module__", "") == "gradio.components.login_button":
        return "a login (LoginButton)"
    for parameter in signature.parameters:
        hint = parameter.hint
        if parameter.kind == "keyword" and parameter.default is MISSING:
            return f"{parameter.name} by its name"
        if not isinstance(hint, type):
            continue
        names = {(cls.__module__.partition(".")[0], cls.__name__) for cls in hint.__mro__}
        if ("gradio", "EventData") in names:  # with or without a default: Gradio makes it of what came
            return f"the event ({hint.__name__})"
        if ("gradio", "OAuthProfile") in names or ("gradio", "OAuthToken") in names:
            return f"a login ({hint.__name__})"
    if getattr(fn, "connection", "") == "stream":
        return "what its page records (a stream event)"
    silent = [b for b in fn.inputs if not parts.is_component(b) and not parts.is_state(b)]
    return f"the value of a {parts.kind(silent[0])}" if silent else ""


def is_main(app: Any, fn: Any) -> bool:
    """Whether a listener runs the one function that an Interface or a ChatInterface is made of."""
    lineage = {(cls.__module__, cls.__name__) for cls in type(app).__mro__}
    single = lineage & {("gradio.interface", "Interface"), ("gradio.chat_interface", "ChatInterface")}
    return bool(single) and visibility(fn) is Visibility.PUBLIC
