"""Examples for a whole endpoint: the arguments of one call, its result, and the sample files it sends."""

from __future__ import annotations

import mimetypes
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from apispec.examples.keywords import written_examples
from apispec.examples.making import NoExampleError
from apispec.examples.media import ARCHIVE, FILM, GIF, JPEG, PACKED, PAGE, SILENCE, TONE, WEBP
from apispec.examples.sides import Hidden, sided
from apispec.examples.values import example, is_valid
from apispec.literals import LocalFile
from apispec.model import Api, Endpoint, Json, MediaType, Parameter, RequestBody, Schema
from apispec.requests import (
    FORM_TYPE,
    FilePart,
    argument_names,
    body_name,
    is_binary,
    is_json,
    is_written,
    is_xml,
    written,
)
from apispec.schemas import alternatives, is_file, resolve

_PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="  # 1 × 1 PNG
_SAMPLES: dict[str, tuple[str, str, bool]] = {
    "text/plain": ("sample.txt", "Hello, world!", False),
    "text/csv": ("sample.csv", "name,value\nexample,1", False),
    "text/html": ("sample.html", "<p>Hello</p>", False),
    "text/markdown": ("sample.md", "# Hello", False),
    "application/json": ("sample.json", '{"hello": "world"}', False),
    "application/octet-stream": ("sample.bin", "Hello, world!", False),
    "application/xml": ("sample.xml", "<example/>", False),
    "text/xml": ("sample.xml", "<example/>", False),
    "image/svg+xml": ("sample.svg", '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>', False),
    "application/jsonl": ("sample.jsonl", '{"hello": "world"}\n', False),
    "application/x-ndjson": ("sample.ndjson", '{"hello": "world"}\n', False),
    "application/yaml": ("sample.yaml", "hello: world\n", False),
    "image/png": ("sample.png", _PIXEL, True),
    "image/jpeg": ("sample.jpg", JPEG, True),
    "image/gif": ("sample.gif", GIF, True),
    "image/webp": ("sample.webp", WEBP, True),
    "audio/wav": ("sample.wav", TONE, True),
    "audio/mpeg": ("sample.mp3", SILENCE, True),
    "application/pdf": ("sample.pdf", PAGE, True),
    "application/zip": ("sample.zip", ARCHIVE, True),
    "application/x-zip-compressed": ("sample.zip", ARCHIVE, True),
    "application/gzip": ("sample.gz", PACKED, True),
    "video/mp4": ("sample.mp4", FILM, True),
    "model/obj": ("sample.obj", "v 0 0 0\nv 1 0 0\nv 0 1 0\nf 1 2 3\n", False),
}
_TELLING = ("example", "examples", "default", "enum", "const", "format", "pattern")
"""What makes a text of its schema's own better than any sample."""
_MOST_FILES = 20
_ANY = {"image": "image/png", "audio": "audio/wav", "video": "video/mp4"}


def arguments(endpoint: Endpoint, api: Api, guessed: list[str] | None = None) -> dict[str, Json]:
    """Arguments for one call: the first given example, else every required parameter and the optional ones that teach.

    An optional parameter teaches where its author gave it an example; where nothing else is sent, the first two do.

    Args:
        endpoint: What is called.
        api: Whose components apply.
        guessed: Is told, by name, for what no value was found that fits: a guess stands there, or nothing.

    Returns:
        Values by `call.argument_names`; `FilePart`s for files; a document's request body by `call.body_name`.
    """
    parameters = argument_names(endpoint)
    notes = [] if guessed is None else guessed
    given = next((e.value for e in endpoint.examples if _fits(e.value, parameters, api)), None)
    found: dict[str, Json] = {}
    if given is not None:
        for name, parameter in parameters.items():
            if parameter.location == "file" and (parameter.required or name in given):
                found[name] = _files(parameter)
            elif name in given:
                found[name] = given[name]
            elif _cannot_be_left_out(parameter, api):
                _add(found, name, parameter, api, notes)
    else:
        for name, parameter in parameters.items():
            teaches = _has_example(parameter, api) and not parameter.kind.startswith("var-")
            if parameter.required or teaches or _cannot_be_left_out(parameter, api):
                _add(found, name, parameter, api, notes)
        if not found and endpoint.request_body is None:
            optional = [n for n, p in parameters.items() if not p.kind.startswith("var-") and not p.deprecated]
            for name in optional[:2]:
                _add(found, name, parameters[name], api, notes)
    if endpoint.request_body is not None:
        name = body_name(endpoint)
        own: list[str] = []
        body = given[name] if given and name in given else _body(endpoint.request_body, api, own)
        notes += [part or name for part in own]
        if body is not None or (endpoint.request_body.required and name not in notes):
            found[name] = body
    if endpoint.protocol == "gradio":
        return {name: _with_files(value, parameters[name]) for name, value in found.items()}
    return found


def result(endpoint: Endpoint, api: Api) -> Json:
    """An example of the endpoint's result (of one event of a stream); None where it has none.

    Raises:
        NoExampleError: No value fits the result's schema.
    """
    answer = endpoint.result
    if answer is None:
        return None
    for given in endpoint.examples:
        if given.has_result and is_valid(answer.schema, given.result, api.schemas):
            return given.result
    for named in answer.examples:
        if _is_fit(answer.schema, named.value, api, "writeOnly"):
            return named.value
    return received(answer.schema, api)


def received(schema: Schema, api: Api) -> Json:
    """An example of what comes back.

    Raises:
        NoExampleError: No value fits the schema.
    """
    known = sided(api.schemas, "writeOnly")
    return example(known.seen(schema), known)


def guess(schema: Schema, api: Api, guessed: list[str]) -> Json:
    """Something like what comes back, with guesses wherever no value was found that fits.

    Args:
        schema: Of what comes back.
        api: Whose components apply.
        guessed: Is told what is guessed: names of properties, empty where it is the whole.
    """
    known = sided(api.schemas, "writeOnly")
    return example(known.seen(schema), known, full=False, guess=True, guessed=guessed)


def text(media: MediaType, api: Api, *, full: bool = True, guessed: list[str] | None = None) -> str:
    """An example of a body that is a text whatever its schema says (`body_text`); empty where nothing is known of it.

    Args:
        media: The media type.
        api: Whose components apply.
        full: Whether optional properties are filled in too.
        guessed: Is told for what no value was found that fits, where not everything is filled in.
    """
    for given in media.examples:
        if isinstance(given.value, str):
            return given.value
        if isinstance(given.value, list) or _is_fit(_one(media), given.value, api, "writeOnly" if full else "readOnly"):
            return written(given.value, media, api.schemas)
    schema = _one(media)
    value = (
        _or_none(schema, api, full=True, hidden="writeOnly")
        if full
        else _teaching(schema, api, [] if guessed is None else guessed)
    )
    if isinstance(value, str) and not _is_named(schema, api):
        return value if value.lstrip().startswith("<") and is_xml(media.type) else ""
    return "" if value is None else written(value, media, api.schemas)


def _one(media: MediaType) -> Schema:
    """The schema of the body, or of one of its documents."""
    return media.schema if media.item_schema is None else media.item_schema


def _is_named(schema: Schema, api: Api) -> bool:
    """Whether a schema says what the element of its values is called."""
    schema = resolve(schema, api.schemas)
    return isinstance(schema, dict) and isinstance(schema.get("xml"), dict) and "name" in schema["xml"]


def sample_file(name: str, media_type: str = "") -> FilePart:
    """A small file of a media type for the multipart field `name`; plain text where the type is unknown."""
    essence = media_type.partition(";")[0].strip().lower() or "text/plain"
    if essence not in _SAMPLES and (essence.endswith("/*") or essence.partition("/")[0] in _ANY):
        essence = _ANY.get(essence.partition("/")[0], "text/plain")
    filename, content, is_base64 = _SAMPLES.get(essence, _SAMPLES["application/octet-stream"])
    if essence not in _SAMPLES and (suffix := mimetypes.guess_extension(essence)):
        filename = f"sample{suffix}"
    return FilePart(name, LocalFile(filename, content, essence, is_base64))


def _fits(given: Any, parameters: Mapping[str, Parameter], api: Api) -> bool:
    """Whether a given example is an object that holds every required argument, each fitting its schema."""
    if not isinstance(given, dict):
        return False
    for name, parameter in parameters.items():
        if parameter.location == "file":
            continue
        if name not in given:
            if parameter.required:
                return False
        elif not is_valid(parameter.schema, given[name], api.schemas):
            return False
    return True


def _has_example(parameter: Parameter, api: Api) -> bool:
    """Whether its author gave an example of a parameter, beside its schema or in it."""
    return bool(parameter.examples) or any(True for _ in written_examples(parameter.schema, api.schemas))


def _add(found: dict[str, Json], name: str, parameter: Parameter, api: Api, guessed: list[str]) -> None:
    if parameter.location == "file":
        found[name] = _files(parameter)
        return
    for value in (*(given.value for given in parameter.examples), *written_examples(parameter.schema, api.schemas)):
        if is_valid(parameter.schema, value, api.schemas):
            found[name] = value
            return
    default = parameter.default
    if default is not None and default.is_json and default.value is not None:
        if is_valid(parameter.schema, default.value, api.schemas):
            found[name] = default.value
            return
    try:
        value = example(parameter.schema, api.schemas, name=parameter.name, full=False)
        leaves_no_trace = value == {} and parameter.location in ("query", "header", "cookie")
        found[name] = _some(parameter.schema, api) or value if leaves_no_trace else value
    except NoExampleError:
        if parameter.required:
            own: list[str] = []
            made = example(parameter.schema, api.schemas, name=parameter.name, full=False, guess=True, guessed=own)
            guessed += [part or name for part in own]
            if made is not None:
                found[name] = made


def _cannot_be_left_out(parameter: Parameter, api: Api) -> bool:
    """Whether a default gets lost on the way: Gradio's clients send every default, and JSON can't hold this one."""
    default = parameter.default
    return api.source == "gradio" and default is not None and not default.is_json


def _with_files(value: Json, parameter: Parameter) -> Json:
    """A value of a Gradio parameter, with a sample wherever a file is."""
    if is_file(value):
        return sample_file(parameter.name, parameter.media_type)
    if isinstance(value, dict):
        return {name: _with_files(inner, parameter) for name, inner in value.items()}
    return [_with_files(inner, parameter) for inner in value] if isinstance(value, list) else value


def _files(parameter: Parameter) -> FilePart | list[FilePart]:
    media_type = parameter.media_type
    if not media_type and isinstance(parameter.schema, dict):
        items = parameter.schema.get("items") if parameter.multiple else None
        inner = items if isinstance(items, dict) else parameter.schema
        media_type = str(inner.get("contentMediaType") or "")
    part = sample_file(parameter.name, media_type)
    return several(part, parameter.schema) if parameter.multiple else part


def several(part: FilePart, schema: Schema) -> list[FilePart]:
    """As many files as a list of them must have, each of a name of its own."""
    least = schema.get("minItems") if isinstance(schema, dict) else None
    wanted = min(max(least if isinstance(least, int) else 1, 1), _MOST_FILES)
    stem, dot, suffix = part.file.filename.rpartition(".")
    names = [part.file.filename, *(f"{stem}{number}{dot}{suffix}" for number in range(2, wanted + 1))]
    return [replace(part, file=replace(part.file, filename=name)) for name in names]


def _body(body: RequestBody, api: Api, guessed: list[str]) -> Json:
    media = body.content[0] if body.content else MediaType()
    essence = media.type.partition(";")[0].strip().lower()
    schema = resolve(media.schema, api.schemas)
    file = next((one for one in alternatives(media.schema, api.schemas) if is_binary(one)), None)
    schema = schema if file is None else file
    if is_written(essence) and not is_binary(schema):
        return text(media, api, full=False, guessed=guessed) or sample_file("", essence).file.content
    given = next((e.value for e in media.examples if _is_fit(media.schema, e.value, api, "readOnly")), None)
    if media.type.startswith("multipart/"):
        return _multipart(media, given, api, guessed)
    if given is not None:
        return given
    if is_json(essence) or essence == FORM_TYPE or ("*" in essence and not is_binary(schema)):
        return _teaching(media.schema, api, guessed)
    if (as_sent := next((e.value for e in media.examples if isinstance(e.value, str)), None)) is not None:
        return as_sent
    if essence.startswith("text/"):
        sample = sample_file("", essence).file.content
        told = isinstance(schema, dict) and any(schema.get(key) is not None for key in _TELLING)
        fits = is_binary(schema) or (not told and is_valid(media.schema, sample, api.schemas))
        return sample if fits else _or_none(media.schema, api)
    made = None if is_binary(schema) else _teaching(media.schema, api, guessed)
    return made if isinstance(made, (dict, list)) and made else sample_file("body", essence)


def _teaching(schema: Schema, api: Api, guessed: list[str]) -> Json:
    """What is required, and what its author gave an example of; where that is nothing, the first two properties, since
    an empty object teaches nothing.
    """
    value = _made(schema, api, guessed)
    some = _some(schema, api) if value == {} else None
    return value if some is None else some


def _some(schema: Schema, api: Api) -> Json:
    """An object with the first two of its properties, or with all where it takes no less; None where none is known."""
    whole = _or_none(schema, api, full=True)
    if not isinstance(whole, dict):
        return None
    some = dict(list(whole.items())[:2])
    return some if _is_fit(schema, some, api, "readOnly") else whole


def _made(schema: Schema, api: Api, guessed: list[str], name: str = "") -> Json:
    """An example of what is sent, with a guess wherever no value was found that fits: better than no request at all."""
    known = sided(api.schemas, "readOnly")
    try:
        return example(known.seen(schema), known, name=name, full=False)
    except NoExampleError:
        return example(known.seen(schema), known, name=name, full=False, guess=True, guessed=guessed)


def _multipart(media: MediaType, given: Json, api: Api, guessed: list[str]) -> Json:
    wholes = alternatives(media.schema, api.schemas)
    schema = next((one for one in wholes if isinstance(one.get("properties"), dict) and one["properties"]), None)
    if schema is None:
        return given if given is not None else _made(media.schema, api, guessed)
    known = given if isinstance(given, dict) else {}
    required = schema.get("required", ())
    properties = schema["properties"]
    names = [n for n in properties if n in required or n in known or _is_taught(properties[n], api)]
    found: dict[str, Json] = {}
    for name in names or list(properties):
        inner = properties[name]
        encoding = media.encoding.get(name, {})
        media_type = str(encoding.get("contentType", "")).partition(",")[0]
        file, files = _file_schema(inner, api), _files_schema(inner, api)
        if file is not None:
            found[name] = sample_file(name, media_type or _media_type(file))
        elif files is not None:
            items = _file_schema(files["items"], api)
            found[name] = [*several(sample_file(name, media_type or _media_type(items or {})), files)]
        else:
            found[name] = known[name] if name in known else _field(name, inner, media_type, api, guessed)
    return found


def _field(name: str, schema: Schema, media_type: str, api: Api, guessed: list[str]) -> Json:
    """A field of a form that is no file."""
    value = _made(schema, api, guessed, name) or _teaching(schema, api, guessed)
    if not is_written(media_type):
        return value
    target = resolve(schema, api.schemas)
    items = resolve(target.get("items", {}), api.schemas) if isinstance(target, dict) else {}
    if isinstance(value, list):
        return [_part(one, media_type, items, api) for one in value]
    return _part(value, media_type, schema, api)


def _file_schema(schema: Schema, api: Api) -> dict[str, Any] | None:
    """What a schema says of a file, where it is one, or may be one."""
    return next((one for one in alternatives(schema, api.schemas) if is_binary(one)), None)


def _files_schema(schema: Schema, api: Api) -> dict[str, Any] | None:
    """What a schema says of a list of files, where it is one, or may be one."""
    lists = (one for one in alternatives(schema, api.schemas) if "items" in one)
    return next((one for one in lists if _file_schema(one["items"], api) is not None), None)


def _is_taught(schema: Schema, api: Api) -> bool:
    """Whether the author gave an example of a property that requests have."""
    target = resolve(schema, api.schemas)
    hidden = isinstance(target, dict) and (target.get("readOnly") or target.get("deprecated"))
    return not hidden and any(True for _ in written_examples(schema, api.schemas))


def _part(value: Json, media_type: str, schema: Schema, api: Api) -> str:
    """A part of a multipart body that is a text."""
    media = MediaType(type=media_type, schema=schema)
    return value if isinstance(value, str) else written(value, media, api.schemas)


def _media_type(schema: Schema) -> str:
    return str(schema.get("contentMediaType") or "") if isinstance(schema, dict) else ""


def _is_fit(schema: Schema, value: Json, api: Api, hidden: Hidden) -> bool:
    """Whether a value fits a schema, or would if it asked for nothing that does not travel this way."""
    if is_valid(schema, value, api.schemas):
        return True
    known = sided(api.schemas, hidden)
    return known.differs(schema) and is_valid(known.seen(schema), value, known)


def _or_none(schema: Schema, api: Api, *, name: str = "", full: bool = False, hidden: Hidden = "readOnly") -> Json:
    """An example of what is sent; of what comes back where `hidden` is what does not."""
    known = sided(api.schemas, hidden)
    try:
        return example(known.seen(schema), known, name=name, full=full)
    except NoExampleError:
        return None
