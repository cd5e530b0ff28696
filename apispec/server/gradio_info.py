"""What Gradio's clients ask before they call: `/config` and `/info`, made from the model.

The smallest contract that the Python and JavaScript clients (2.7) need, plus what their `view_api()` shows.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from apispec.examples import example
from apispec.model import Api, Endpoint, Parameter, Schema, Visibility
from apispec.rendering import PREFIX, outputs
from apispec.schemas import Schemas, ref_name, resolve, types, variants, walk
from apispec.snippets import literal

PROTOCOL = "sse_v2.1"
"""With this one the Python client looks at `meta` before it takes an object for a file."""

VERSION = "6.0.0"
"""The Gradio whose wire protocol this is; the clients compare it."""

_COMPONENT = 0
_NAMES = {"integer": "int", "number": "float", "string": "str", "boolean": "bool", "null": "None"}


def config(api: Api, endpoints: Sequence[Endpoint], root: str) -> dict[str, Any]:
    """The answer of `/config`; an endpoint's place in the list is its `fn_index`."""
    return {
        "version": VERSION,
        "api_prefix": PREFIX,
        "app_id": 0,
        "title": api.title,
        "mode": "blocks",
        "space_id": None,
        "is_space": False,
        "protocol": PROTOCOL,
        "enable_queue": True,
        "connect_heartbeat": False,
        "root": root,
        "components": [{"id": _COMPONENT, "type": "api", "props": {}, "skip_api": False}],
        "dependencies": [
            {
                "id": index,
                "targets": [],
                "inputs": [_COMPONENT] * len(endpoint.parameters),
                "outputs": [_COMPONENT] * output_count(endpoint, api.schemas),
                "backend_fn": True,
                "queue": True,
                "api_name": endpoint.name,
                "api_visibility": endpoint.visibility.value,
                "types": {"generator": endpoint.result is not None and endpoint.result.streaming, "cancel": False},
                "cancels": [],
            }
            for index, endpoint in enumerate(endpoints)
        ],
    }


def info(api: Api, endpoints: Sequence[Endpoint]) -> dict[str, Any]:
    """The answer of `/info`."""
    return {
        "named_endpoints": {"/" + endpoint.name: _endpoint(endpoint, api.schemas) for endpoint in endpoints},
        "unnamed_endpoints": {},
    }


def output_count(endpoint: Endpoint, schemas: Schemas) -> int:
    """How many outputs the clients see."""
    return len(outputs(endpoint.result, schemas) or (1,))


def _endpoint(endpoint: Endpoint, schemas: Schemas) -> dict[str, Any]:
    result = endpoint.result
    parts = outputs(result, schemas) or (result.schema if result is not None else {"type": "null"},)
    is_file = result is not None and result.is_file
    returns = [
        {
            "label": f"output {i + 1}" if len(parts) > 1 else "result",
            "type": _alone(part, schemas),
            "python_type": {
                "type": "filepath" if is_file else python_type(part, schemas),
                "description": result.description if result is not None else "",
            },
            "component": "File" if is_file else "Api",
        }
        for i, part in enumerate(parts)
    ]
    return {
        "parameters": [_parameter(p, schemas) for p in endpoint.parameters],
        "returns": returns,
        "description": "\n\n".join(text for text in (endpoint.summary, endpoint.description) if text),
        "api_visibility": endpoint.visibility.value,
    }


def _parameter(parameter: Parameter, schemas: Schemas) -> dict[str, Any]:
    is_file = parameter.location == "file"
    default = parameter.default
    kind = "filepath" if is_file else python_type(parameter.schema, schemas)
    return {
        "label": parameter.name,
        "parameter_name": parameter.name,
        "parameter_has_default": not parameter.required,
        "parameter_default": default.value if default is not None and default.is_json else None,
        "type": {} if is_file else _alone(parameter.schema, schemas),
        "python_type": {
            "type": f"list[{kind}]" if parameter.multiple and is_file else kind,
            "description": parameter.description,
        },
        "component": "File" if is_file else "Api",
        "example_input": None if is_file else example(parameter.schema, schemas),
    }


def python_type(schema: Schema, schemas: Schemas, depth: int = 3) -> str:
    """A schema as the Python type of its JSON value: `list[int]`, `str | None`, `Literal['a', 'b']`."""
    name = ref_name(schema)
    schema = resolve(schema, schemas)
    if not isinstance(schema, dict) or depth == 0:
        return "Any"
    values = schema.get("enum") or ([schema["const"]] if "const" in schema else [])
    if values:
        return f"Literal[{', '.join(literal('python', v) for v in values)}]"
    if variants(schema):
        return " | ".join(dict.fromkeys(python_type(v, schemas, depth) for v in variants(schema)))
    found = []
    for kind in types(schema):
        if kind == "array":
            found.append(f"list[{python_type(schema.get('items', True), schemas, depth - 1)}]")
        elif kind == "object":
            extra = schema.get("additionalProperties", True)
            inner = "Any" if name or schema.get("properties") else python_type(extra, schemas, depth - 1)
            found.append(f"dict[str, {inner}]")
        else:
            found.append(_NAMES.get(kind, "Any"))
    return " | ".join(found) or "Any"


def _alone(schema: Schema, schemas: Schemas) -> Schema:
    """The schema where it can stand outside of the document, else an open one."""
    schema = resolve(schema, schemas)
    return {} if any(ref_name(part) for part in walk(schema)) or isinstance(schema, bool) else schema


def is_listed(endpoint: Endpoint) -> bool:
    """Whether `/info` shows an endpoint to everyone."""
    return endpoint.visibility is Visibility.PUBLIC
