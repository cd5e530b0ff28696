"""Which arguments an example call has, its sample files and request bodies, and examples of results."""

from __future__ import annotations

import base64
import io
import zipfile
from typing import Any

import pytest

from apispec import examples as example
from apispec.model import Api, Default, Endpoint, Example, HttpCall, MediaType, Parameter, RequestBody, Result
from apispec.requests.http_request import FilePart

INTEGER = {"type": "integer"}
STRING = {"type": "string"}
API = Api(
    title="t", schemas={"Point": {"type": "object", "required": ["x"], "properties": {"x": INTEGER, "y": INTEGER}}}
)
POINT = {"$ref": "#/components/schemas/Point"}


def arguments(*parameters: Parameter, **more: Any) -> dict[str, Any]:
    return example.arguments(Endpoint(name="e", parameters=parameters, **more), API)


def body(type: str, schema: Any, *examples: Any, **more: Any) -> Any:
    media = MediaType(type=type, schema=schema, examples=tuple(Example(value=v) for v in examples), **more)
    return arguments(request_body=RequestBody(content=(media,), required=True)).get("body")


def optional(name: str, schema: Any = INTEGER, **more: Any) -> Parameter:
    return Parameter(name=name, schema=schema, required=False, **more)


def test_required_ones_always_optional_ones_where_they_teach() -> None:
    taught = optional("c", examples=(Example(value=7),))
    assert arguments(Parameter(name="a", schema=INTEGER), optional("b"), taught) == {"a": 1, "c": 7}


def test_the_first_two_optional_ones_where_nothing_else_is_sent() -> None:
    parameters = (
        optional("old", deprecated=True),
        optional("a", default=Default(value=5)),
        optional("b"),
        optional("c"),
    )
    assert arguments(*parameters) == {"a": 5, "b": 1}
    assert arguments() == {}


def test_variable_ones_are_left_out_unless_required() -> None:
    rest = optional("args", {"type": "array", "items": INTEGER}, kind="var-positional", examples=(Example(value=[1]),))
    more = optional("kwargs", {"type": "object"}, kind="var-keyword")
    assert arguments(rest, more) == {}
    assert arguments(Parameter(name="a", schema=INTEGER), rest, more) == {"a": 1}


def test_a_given_example_of_the_endpoint_comes_first_if_it_fits() -> None:
    parameters = (Parameter(name="a", schema=INTEGER), optional("b"))
    wrong = (Example(value={"a": "x"}), Example(value={"b": 1}), Example(value=[1]))
    assert arguments(*parameters, examples=(*wrong, Example(value={"a": 3, "b": 4, "unknown": 5}))) == {"a": 3, "b": 4}
    assert arguments(*parameters, examples=wrong) == {"a": 1}
    assert arguments(optional("a"), optional("b"), examples=(Example(value={}),)) == {}


def test_examples_and_defaults_of_a_parameter_that_do_not_fit_are_passed_over() -> None:
    given = Parameter(name="a", schema=INTEGER, examples=(Example(value="x"), Example(value=9)))
    assert arguments(given) == {"a": 9}
    assert arguments(optional("a", default=Default(value="x"))) == {"a": 1}
    assert arguments(optional("a", default=Default(text="inf"))) == {"a": 1}
    assert arguments(optional("a", {"type": ["integer", "null"]}, default=Default())) == {"a": 1}
    assert arguments(Parameter(name="a", schema={"type": "integer"}, default=Default(value=5))) == {"a": 5}, "required"


def test_what_has_no_value_at_all_is_left_out() -> None:
    assert arguments(Parameter(name="a", schema=False), optional("b", False)) == {}


def test_models_are_shown_with_what_they_need() -> None:
    assert arguments(Parameter(name="p", schema=POINT)) == {"p": {"x": 1}}


def test_files() -> None:
    one = Parameter(name="photo", location="file", schema={"contentMediaType": "image/png"})
    many = Parameter(
        name="notes",
        location="file",
        schema={"type": "array", "items": {"contentMediaType": "text/csv"}},
        multiple=True,
    )
    maybe = Parameter(name="extra", location="file", required=False)
    made = arguments(one, many, maybe)
    assert list(made) == ["photo", "notes"]
    assert made["photo"].file.filename == "sample.png"
    assert made["photo"].data.startswith(b"\x89PNG\r\n")
    assert [(p.name, p.file.filename) for p in made["notes"]] == [("notes", "sample.csv")]
    assert list(
        arguments(one, maybe, Parameter(name="n", schema=INTEGER), examples=(Example(value={"n": 2, "extra": "x"}),))
    ) == ["photo", "extra", "n"]
    assert isinstance(arguments(maybe)["extra"], FilePart)


@pytest.mark.parametrize(
    ("media_type", "filename", "sent_as"),
    [
        ("", "sample.txt", "text/plain"), ("text/plain; charset=utf-8", "sample.txt", "text/plain"), ("image/*", "sample.png", "image/png"), ("IMAGE/PNG", "sample.png", "image/png"),
        ("image/jpeg", "sample.jpg", "image/jpeg"), ("image/avif", "sample.png", "image/png"), ("audio/*", "sample.wav", "audio/wav"), ("*/*", "sample.txt", "text/plain"), ("text/*", "sample.txt", "text/plain"), ("application/zip", "sample.zip", "application/zip"),
        ("application/octet-stream", "sample.bin", "application/octet-stream"), ("image/svg+xml", "sample.svg", "image/svg+xml"), ("application/json", "sample.json", "application/json"),
    ],
)  # fmt: skip
def test_sample_files(media_type: str, filename: str, sent_as: str) -> None:
    file = example.sample_file("f", media_type).file
    assert (file.filename, file.media_type) == (filename, sent_as)


def test_binary_samples_are_what_they_say() -> None:
    sound = base64.b64decode(example.sample_file("f", "audio/wav").file.content)
    assert (sound[:4], sound[8:16]) == (b"RIFF", b"WAVEfmt ")
    assert int.from_bytes(sound[4:8], "little") == len(sound) - 8
    picture = example.sample_file("f", "image/png").data
    assert picture[-8:-4] == b"IEND"
    begins = {
        "image/jpeg": b"\xff\xd8\xff",
        "image/gif": b"GIF8",
        "audio/mpeg": b"\xff\xfb",
        "application/gzip": b"\x1f\x8b",
    }
    for media_type, first in {**begins, "application/pdf": b"%PDF-1.4\n"}.items():
        assert example.sample_file("f", media_type).data.startswith(first)
    assert example.sample_file("f", "image/webp").data[8:12] == b"WEBP"
    page = example.sample_file("f", "application/pdf").data
    assert page[int(page.split()[-2]) :].startswith(b"xref\n")
    with zipfile.ZipFile(io.BytesIO(example.sample_file("f", "application/zip").data)) as archive:
        assert archive.testzip() is None and archive.read("sample.txt") == b"Hello, world!"


def test_json_bodies() -> None:
    assert body("application/json", POINT) == {"x": 1}
    assert body("application/json", POINT, {"y": 1}, {"x": 5}) == {"x": 5}
    assert body("*/*", POINT) == {"x": 1}
    assert body("application/json", {"type": "object", "properties": {"a": INTEGER, "b": INTEGER, "c": INTEGER}}) == {
        "a": 1,
        "b": 1,
    }
    assert body(
        "application/json",
        {"type": "object", "properties": dict.fromkeys("abc", INTEGER), "dependentRequired": {"a": ["c"]}},
    ) == {"a": 1, "b": 1, "c": 1}
    assert body("application/json", {"type": "object"}) == {}
    assert body("application/json", False) is None


def test_text_and_binary_bodies() -> None:
    assert body("text/plain", STRING) == "Hello, world!"
    assert body("text/csv", {"type": "string", "format": "binary"}) == "name,value\nexample,1"
    assert body("text/plain", {"type": "string", "enum": ["a"]}) == "a"
    assert body("application/xml", {}) == "<example/>"
    assert body("image/png", {}).file.media_type == "image/png"
    assert body("*/*", {"type": "string", "format": "binary"}).file.filename == "sample.txt"


def test_form_and_multipart_bodies() -> None:
    schema = {"type": "object", "required": ["file", "title", "many"], "properties": {
        "file": {"type": "string", "format": "binary"}, "title": STRING, "many": {"type": "array", "items": {"type": "string", "contentMediaType": "image/png"}},
        "extra": STRING, "text": {"type": "string", "contentMediaType": "application/json"},
    }}  # fmt: skip
    made = body(
        "multipart/form-data",
        schema,
        {"title": "given", "extra": "e", "file": "<bytes>", "many": []},
        encoding={"file": {"contentType": "text/csv, text/plain"}},
    )
    assert list(made) == ["file", "title", "many", "extra"]
    assert made["file"].file.filename == "sample.csv"
    assert (made["title"], made["extra"]) == ("given", "e")
    assert [p.file.media_type for p in made["many"]] == ["image/png"]
    assert list(body("multipart/form-data", {"properties": {"a": INTEGER, "b": STRING}})) == ["a", "b"]
    assert body("multipart/form-data", {}, {"a": 1}) == {"a": 1}
    assert body(
        "application/x-www-form-urlencoded",
        {"type": "object", "required": ["a"], "properties": {"a": STRING, "b": STRING}},
    ) == {"a": "a"}


def test_an_example_of_the_endpoint_may_hold_the_body() -> None:
    endpoint = Endpoint(
        name="e", call=HttpCall(), parameters=(Parameter(name="body", location="query", schema=INTEGER),), request_body=RequestBody(content=(MediaType(schema=POINT),)),
        examples=(Example(value={"body": 2, "requestBody": {"x": 9}}),),
    )  # fmt: skip
    assert example.arguments(endpoint, API) == {"body": 2, "requestBody": {"x": 9}}
    assert arguments(request_body=RequestBody(content=(MediaType(schema=False),))) == {}
    assert arguments(request_body=RequestBody(content=())) == {"body": "text"}


def test_results() -> None:
    def result(answer: Result | None, *examples: Example) -> Any:
        return example.result(Endpoint(name="e", result=answer, examples=examples), API)

    assert result(None) is None
    assert result(Result(schema=POINT)) == {"x": 1, "y": 1}
    assert result(Result(schema=INTEGER, examples=(Example(value="x"), Example(value=4)))) == 4
    given = Example(value={}, result=6, has_result=True)
    assert result(Result(schema=INTEGER, examples=(Example(value=4),)), Example(value={}), given) == 6
    assert result(Result(schema=STRING), given) == "text"
    with pytest.raises(example.NoExampleError):
        result(Result(schema=False))


def test_files_and_lists_wrapped_in_null_unions_and_references_are_still_sent_as_such() -> None:
    file = {"type": "string", "format": "binary"}
    files = {"type": "array", "items": {"anyOf": [file, {"type": "null"}]}, "minItems": 2}

    def or_null(schema: Any) -> Any:
        return {"anyOf": [schema, {"type": "null"}]}

    properties = {"f": or_null(file), "g": or_null(files), "t": or_null({"type": "array", "items": STRING})}
    for whole in (
        {"type": "object", "properties": properties},
        or_null({"type": "object", "properties": properties}),
        {"allOf": [{"type": "object", "properties": properties}]},
    ):
        sent = body("multipart/form-data", whole)
        assert isinstance(sent["f"], FilePart)
        assert [part.file.filename for part in sent["g"]] == ["sample.txt", "sample2.txt"]
        assert sent["t"] == ["t"]


def test_an_example_inside_a_parameters_schema_teaches() -> None:
    for schema in ({"type": "string", "examples": ["red"]}, {"type": "string", "example": "red"}):
        parameters = (optional("a"), optional("b"), optional("color", schema, default=Default(value="blue")))
        assert arguments(*parameters) == {"color": "red"}


def test_a_body_is_never_null_because_of_one_value() -> None:
    schema = {
        "type": "object",
        "properties": {"n": {"type": "integer", "minimum": 5, "maximum": 3}, "s": STRING},
        "required": ["n", "s"],
    }
    assert body("application/json", schema)["s"] == "s"


def test_what_is_guessed_is_told() -> None:
    never = {"type": "string", "pattern": "(?=a)b"}
    inner = {"type": "object", "required": ["m", "n"], "properties": {"m": never, "n": INTEGER}}
    for content, told, sent in (
        (inner, ["q", "m"], {"m": "m", "n": 1}),
        (False, ["q", "body"], None),
        ({"type": "integer", "minimum": 5, "maximum": 3}, ["q", "body"], ...),
        (INTEGER, ["q"], 1),
    ):
        media = MediaType(type="application/json", schema=content)
        made = Endpoint(
            name="a",
            call=HttpCall(path="/"),
            parameters=(Parameter(name="q", location="query", schema=never, required=True),),
            request_body=RequestBody(content=(media,), required=True),
        )
        guessed: list[str] = []
        given = example.arguments(made, Api(title="A", endpoints=(made,)), guessed)
        assert guessed == told
        assert isinstance(given["q"], str)
        assert sent is ... or given.get("body") == sent
        assert given.get("body", "left out") is not None


@pytest.mark.parametrize(
    ("schema", "sent"),
    [
        (False, {}),
        ({"not": {}, "type": "null"}, {"no": "no"}),
        ({"type": "null"}, {"no": None}),
        ({"type": ["string", "null"], "const": None}, {"no": None}),
        ({"type": "object", "required": ["x", "y"], "properties": {"x": False, "y": {"const": 1}}}, {"no": {"y": 1}}),
        ({"enum": []}, {"no": "no"}),
        ({"type": "string", "enum": [1]}, {"no": 1}),
        ({"allOf": [{"type": "string"}, {"type": "integer"}]}, {"no": "no"}),
        ({"type": "integer", "minimum": 5, "maximum": 3}, {"no": 1}),
    ],
)
@pytest.mark.parametrize("media_type", ["application/json", "application/xml"])
def test_a_null_that_is_refused_is_never_sent(schema: Any, sent: Any, media_type: str) -> None:
    whole = {"type": "object", "required": ["no"], "properties": {"no": schema}, "additionalProperties": False}
    body = RequestBody(content=(MediaType(type=media_type, schema=whole),), required=True)
    guessed: list[str] = []
    found = example.arguments(Endpoint(name="e", request_body=body), API, guessed)["body"]
    if media_type == "application/json":
        assert found == sent
    is_null = schema in ({"type": "null"}, {"type": ["string", "null"], "const": None})
    assert bool(guessed) is not is_null, "what cannot be made is told"


SPREAD: dict[str, Any] = {"type": "object", "properties": {n: {"type": "integer"} for n in "abc"}}


@pytest.mark.parametrize("location", ["query", "header", "cookie"])
def test_a_required_object_that_would_leave_no_trace_has_two_of_its_properties(location: Any) -> None:
    assert arguments(Parameter(name="where", location=location, schema=SPREAD)) == {"where": {"a": 1, "b": 1}}


@pytest.mark.parametrize("schema", [{"type": "object", "format": "file"}, {"type": "object"}, {}, {"type": "array"}])
def test_what_is_no_text_is_a_file_whatever_its_schema_is_called(schema: Any) -> None:
    made = body("image/gif", schema)
    assert isinstance(made, FilePart) and made.data.startswith(b"GIF8")
