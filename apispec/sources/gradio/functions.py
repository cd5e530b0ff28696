"""What Gradio knows of a listener (its BlockFunction): who sees it, how its inputs are named, what no call can bring.

Both generations are read; how one becomes an endpoint is the work of `endpoints`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from apispec.introspection import MISSING, Signature
from apispec.model import Visibility
from apispec.sources.gradio import components as parts


def visibility(fn: Any) -> Visibility:
    """Of Gradio 6 (`api_visibility`) and of Gradio 5 (`show_api`, `api_name=False`)."""
    if not isinstance(fn.api_name, str):
        return Visibility.PRIVATE
    said = getattr(fn, "api_visibility", None)
    if said is not None:
        return Visibility(said)
    return Visibility.PUBLIC if getattr(fn, "show_api", True) else Visibility.UNDOCUMENTED


def function_of(fn: Any) -> Any:
    """The Python function that says what goes in: of a part of a page, the one that `gr.render` decorates."""
    drawn = getattr(fn, "renderable", None)
    return fn.fn if drawn is None else drawn.fn


def reached(fns: Iterable[Any]) -> list[list[Any]]:
    """The listeners that have a name and are not private, those of one name together, in the order of the app."""
    by_name: dict[str, list[Any]] = {}
    for fn in fns:
        if fn.fn is not None and visibility(fn) is not Visibility.PRIVATE:
            by_name.setdefault(fn.api_name, []).append(fn)
    return list(by_name.values())


def are_alike(fns: Sequence[Any]) -> bool:
    """Whether listeners of one name take the same arguments, so that clients may ask about any of them."""
    taken = [(input_names(fn), [parts.kind(block) for block in fn.inputs]) for fn in fns]
    return all(one == taken[0] for one in taken)


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
    names = configured or [
        p[0] for p in get_function_params(function_of(fn) if hasattr(fn, "api_visibility") else fn.fn)
    ]
    names = [name if name not in reserved else None for name in names]
    names += [None] * (len(fn.inputs) - len(names))
    return [name or f"param_{index}" for index, name in enumerate(names[: len(fn.inputs)])]


def typed_names(fn: Any) -> frozenset[str]:
    """Names of the parameters that a call brings to a function added with `gr.api`: not its request, nor a login."""
    from gradio.utils import get_function_params

    return frozenset(found[0] for found in get_function_params(fn.fn))


def unfillable(fn: Any, signature: Signature) -> str:
    """What a function needs that only its page or a login brings, in words; empty where it needs none."""
    if getattr(fn.fn, "__module__", "") == "gradio.components.login_button":
        return "a login (LoginButton)"
    if getattr(fn, "renderable", None) is not None:
        return "the page that it draws a part of (gr.render)"
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
