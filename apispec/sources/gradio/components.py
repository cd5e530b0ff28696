"""Gradio's components as JSON Schema: what `api_info` says, put right, with the bounds and choices it leaves out.

`api_info` of Gradio 5.33 and 6.31 holds keywords that are no JSON Schema (`{"type": {}}`), choices of another type than
it states, no bounds, and a copy of FileData for each component. Labels, defaults and examples of components, too.
"""

from __future__ import annotations

import math
import mimetypes
from collections.abc import Mapping
from typing import Any

from apispec.introspection import to_json, value_text
from apispec.model import REF_PREFIX, Default, Json, Schema
from apispec.schemas import FILE_DATA, FILE_DATA_NAME, FILE_META, is_file, types
from apispec.sources.gradio.size import is_short

_DATA_KEYWORDS = ("enum", "const", "default", "examples")
_MAPS = ("properties", "patternProperties", "$defs")
_JSON_TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,), "integer": (int,), "number": (int, float), "boolean": (bool,), "null": (type(None),),
    "array": (list,), "object": (dict,),
}  # fmt: skip
_MEDIA_TYPES = {
    "Image": "image/png", "ImageEditor": "image/png", "Gallery": "image/png", "AnnotatedImage": "image/png",
    "ImageSlider": "image/png", "Audio": "audio/wav", "Video": "video/mp4", "Model3D": "model/obj",
}  # fmt: skip
_KINDS = {"image": "image/png", "audio": "audio/wav", "video": "video/mp4", "text": "text/plain"}
"""What `file_types` may hold besides suffixes."""
_TELLING = frozenset({"DateTime", "ColorPicker"})
"""Components of plain text whose own example says more than one made of their schema."""


def kind(component: Any) -> str:
    """The name of the component's class; of Gradio's own where it is a subclass."""
    names = [cls.__name__ for cls in type(component).__mro__ if cls.__module__.startswith("gradio.components.")]
    return next((n for n in names if n not in ("Component", "FormComponent")), type(component).__name__)


def is_component(block: Any) -> bool:
    """Whether a block has a value of its own that travels, unlike layout and session state."""
    return not getattr(block, "skip_api", True)


def is_state(block: Any) -> bool:
    """Whether a block is what the server keeps for a session."""
    return kind(block) == "State"


def is_encoded(block: Any) -> bool:
    """Whether its result is a stream of sound or film, which Gradio has ffmpeg encode piece by piece."""
    return kind(block) in ("Audio", "Video") and getattr(block, "streaming", False) is True


def holds_files(block: Any) -> bool:
    """Whether its value may hold several files, which a function may pass on as they are."""
    several = getattr(block, "file_count", "single") != "single"
    return several or kind(block) in ("Gallery", "MultimodalTextbox", "ImageSlider")


def has_no_choices(component: Any) -> bool:
    """Whether nothing can be chosen before the app gives it choices, so that only null is taken."""
    free = getattr(component, "allow_custom_value", False) is True or getattr(component, "multiselect", False) is True
    return kind(component) in ("Dropdown", "Radio") and getattr(component, "choices", None) == [] and not free


def label(component: Any) -> str:
    """The label, where it is a text."""
    text = getattr(component, "label", None)
    return text if isinstance(text, str) else ""


def info(component: Any) -> str:
    """The words below the label, where they are a text."""
    text = getattr(component, "info", None)
    return text if isinstance(text, str) else ""


def media_type(component: Any) -> str:
    """Of the files that it takes; empty where nothing says it."""
    found = _MEDIA_TYPES.get(kind(component))
    if found is not None:
        return found
    wanted = getattr(component, "file_types", None)
    for text in wanted if isinstance(wanted, (list, tuple)) else ():
        found = _KINDS.get(str(text)) or mimetypes.guess_type(f"x.{str(text).lstrip('.')}")[0]
        if found:
            return found
    return ""


class Components:
    """Collects what schemas share.

    Args:
        schemas: Components of the Api by name; what is lifted out of `$defs` is added.
    """

    def __init__(self, schemas: dict[str, Schema]) -> None:
        self.schemas = schemas

    def input(self, component: Any, info: Mapping[str, Any]) -> Schema:
        """The schema of a component's value as an argument; `info` is its entry in the app's configuration."""
        said = self._lifted(info.get("api_info_as_input", info.get("api_info")), kind(component))
        return _bounded(component, said) if isinstance(said, dict) else said

    def output(self, component: Any, info: Mapping[str, Any]) -> Schema:
        """The schema of its value as a result."""
        said = self._lifted(info.get("api_info_as_output", info.get("api_info")), kind(component))
        free = getattr(component, "allow_custom_value", False) is True
        return _open_choices(said) if isinstance(said, dict) and free else said

    def file(self) -> dict[str, Any]:
        """A reference to FileData."""
        return self.shared(FILE_DATA_NAME, FILE_DATA)

    def shared(self, name: str, schema: Schema) -> dict[str, Any]:
        """A reference to a schema that becomes a component."""
        return {"$ref": REF_PREFIX + self._named(name, schema)}

    def _lifted(self, schema: Any, title: str) -> Schema:
        """A schema put right, its definitions made components; `title` is one that says nothing."""
        if not isinstance(schema, dict):
            return {}
        definitions = schema.get("$defs")
        names: dict[str, str] = {}
        for name, definition in definitions.items() if isinstance(definitions, dict) else ():
            if _is_file_schema(definition):
                names[name] = self.file()["$ref"]
        pending = {n: d for n, d in (definitions or {}).items() if n not in names and n in _used(schema)}
        names.update({name: REF_PREFIX + name for name in pending})
        for name, definition in pending.items():
            names[name] = REF_PREFIX + self._named(name, _right(definition, names, self, name))
        whole: Schema = _right({k: v for k, v in schema.items() if k != "$defs"}, names, self, title)
        return whole

    def _named(self, name: str, schema: Schema) -> str:
        """The name under which a component is kept, another one where it is taken by something else."""
        chosen, number = name, 2
        while self.schemas.get(chosen, schema) != schema:
            chosen, number = f"{name}_{number}", number + 1
        self.schemas[chosen] = schema
        return chosen


def _used(schema: Any) -> set[str]:
    """Names of definitions that are referred to, outside of FileData."""
    found: set[str] = set()
    stack = [schema]
    while stack:
        part = stack.pop()
        if isinstance(part, dict) and not _is_file_schema(part):
            target = part.get("$ref")
            if isinstance(target, str):
                found.add(target.rpartition("/")[2])
            stack.extend(part.values())
        elif isinstance(part, list):
            stack.extend(part)
    return found


def _is_file_schema(schema: Any) -> bool:
    properties = schema.get("properties") if isinstance(schema, dict) else None
    return isinstance(properties, dict) and {"path", "meta"} <= set(properties)


def _right(schema: Any, names: Mapping[str, str], components: Components, title: str = "") -> Any:
    """A schema without what is no JSON Schema."""
    if isinstance(schema, list):
        return [_right(part, names, components) for part in schema]
    if not isinstance(schema, dict):
        return schema
    if _is_file_schema(schema):
        return components.file()
    target = schema.get("$ref")
    if isinstance(target, str):
        return {"$ref": names.get(target.rpartition("/")[2], target)}
    out: dict[str, Any] = {}
    for key, value in schema.items():
        if key in _MAPS and isinstance(value, dict):
            out[key] = {name: _right(part, names, components, name) for name, part in value.items()}
        elif key in _DATA_KEYWORDS:
            out[key] = value
        elif key == "type" and not isinstance(value, (str, list)):
            continue
        elif key == "additional_description":
            if value and not schema.get("description"):
                out["description"] = str(value)
        elif key == "title" and isinstance(value, str) and letters(value) == letters(title):
            continue
        else:
            out[key] = _right(value, names, components)
    return _choices(out)


def _choices(schema: dict[str, Any]) -> dict[str, Any]:
    """Choices that JSON can hold, without a type that they are not of."""
    if "enum" not in schema:
        return schema
    values = schema["enum"]
    found = [to_json(value) for value in values] if isinstance(values, (list, tuple)) else []
    kept = [value for exact, value in found if exact]
    unique = [value for index, value in enumerate(kept) if value not in kept[:index]]
    out = {k: v for k, v in schema.items() if k != "enum"}
    if not unique or len(kept) != len(found):
        return out
    if not all(any(_is_of(value, name) for name in types(schema)) for value in unique):
        out.pop("type", None)
    return {**out, "enum": unique}


def _is_of(value: Json, name: str) -> bool:
    if isinstance(value, bool):
        return name == "boolean"
    return isinstance(value, _JSON_TYPES.get(name, ()))


def _bounded(component: Any, schema: dict[str, Any]) -> dict[str, Any]:
    """A schema with the component's own limits."""
    out = dict(schema)
    name = kind(component)
    if name in ("Number", "Slider"):
        for keyword in ("minimum", "maximum"):
            bound = getattr(component, keyword, None)
            if isinstance(bound, (int, float)) and not isinstance(bound, bool) and math.isfinite(bound):
                out[keyword] = bound
        if name == "Slider":
            out.pop("description", None)  # says no more than the bounds
    elif name == "Textbox":
        longest = getattr(component, "max_length", None)
        if isinstance(longest, int) and longest > 0:
            out["maxLength"] = longest
    if getattr(component, "allow_custom_value", False) is True:
        out = _open_choices(out)
    most = getattr(component, "max_choices", None)
    if types(out) == ("array",) and isinstance(most, int) and most > 0:
        out["maxItems"] = most
    return out


def _open_choices(schema: dict[str, Any]) -> dict[str, Any]:
    """Choices as examples, where others may be given."""
    out = {("examples" if key == "enum" else key): value for key, value in schema.items()}
    if isinstance(out.get("items"), dict):
        out["items"] = _open_choices(out["items"])
    return out


def steps(component: Any) -> str:
    """Of a slider, in words, where they were given; the server takes numbers between them, too."""
    arguments = getattr(component, "_constructor_args", None) or [{}]
    step = arguments[0].get("step") if kind(component) == "Slider" and isinstance(arguments[0], dict) else None
    return f"In steps of {step}." if isinstance(step, (int, float)) and not isinstance(step, bool) else ""


def default(component: Any, info: Mapping[str, Any], null_default: bool) -> Default | None:
    """What the server takes where the argument is left out; None where it must be given.

    Args:
        component: The input.
        info: Its entry in the app's configuration.
        null_default: Whether the function's own default is None, which counts for components without a value.
    """
    value = info.get("props", {}).get("value")
    if getattr(component, "load_event_to_attach", None) is not None or callable(value):
        return Default(text="computed by the app")
    if value is None:
        return Default() if null_default else None
    if has_file(value):
        return Default(text="a file of the app")
    exact, made = to_json(value)
    return Default(value=made) if exact else Default(text=value_text(value))


def example(component: Any, schema: Schema) -> tuple[bool, Json]:
    """Whether the component's own example teaches more than its schema, and that example, files marked as such."""
    if isinstance(schema, dict) and kind(component) not in _TELLING:
        if types(schema) in (("string",), ("number",), ("integer",), ("boolean",)) or "enum" in schema:
            return False, None
    try:
        own = component.default_value if kind(component) == "BrowserState" else None
        exact, value = to_json(component.example_inputs() if own is None else own)
    except Exception:  # a component of somebody else
        return False, None
    value = _local(value)
    if kind(component) == "ImageEditor" and isinstance(value, dict):
        value = {**value, "composite": value.get("background")}  # as its page sends it
    return exact and value is not None and is_short(value), value


def _local(value: Json) -> Json:
    """An example whose files are only marked as files: Gradio's own point to the internet."""
    if is_file(value):
        return {"path": "sample", "meta": FILE_META}
    if isinstance(value, dict):
        return {name: _local(inner) for name, inner in value.items()}
    return [_local(inner) for inner in value] if isinstance(value, list) else value


def has_file(value: Any) -> bool:
    """Whether a value is or holds what Gradio takes for a file."""
    if isinstance(value, dict):
        return is_file(value) or "path" in value or any(has_file(inner) for inner in value.values())
    return isinstance(value, list) and any(has_file(inner) for inner in value)


def sentences(*texts: str) -> str:
    """Texts that are not empty, each ended before the next begins."""
    given = [text.strip() for text in texts if text.strip()]
    ended = [text if text.endswith((".", "!", "?", ":")) else f"{text}." for text in given[:-1]]
    return " ".join([*ended, *given[-1:]])


def letters(text: str) -> str:
    """What counts where two names are compared: `Top p` and `top_p` are the same."""
    return "".join(c for c in text.lower() if c.isalnum())
