"""The page's script makes the same requests as Python: same snippets for every shape, and what it sends is what is meant."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from apispec.literals import LocalFile
from apispec.model import (
    Api,
    Default,
    Endpoint,
    GradioCall,
    HttpCall,
    MediaType,
    Parameter,
    RequestBody,
    Result,
    SecurityRequirement,
)
from apispec.requests.call import argument_names, body_name
from apispec.requests.http_request import FilePart
from apispec.snippets import snippets
from tests.snippets.cases import ENVIRONMENT, GRADIO, HTTP, KEYS, Case
from tests.snippets.echo import decoded, running
from tests.snippets.page import Task, in_node
from tests.snippets.test_execution import same
from tests.snippets.test_parity import TEXT, VALUE

pytestmark = pytest.mark.node

Call = tuple[Api, Endpoint, dict[str, Any]]


def assert_same(calls: list[Call], tmp_path: Path) -> None:
    base = "https://host.example/base/"
    answers = in_node([Task(api, [(endpoint, given)], base) for api, endpoint, given in calls], tmp_path)
    for (api, endpoint, arguments), answer in zip(calls, answers, strict=True):
        expected = snippets(api, endpoint, arguments=arguments, base_url=base)
        assert answer["snippets"] == [[[s.language.id, s.text] for s in expected]], (endpoint, arguments)


def test_every_case(tmp_path: Path) -> None:
    assert_same([(case.api, case.endpoint, case.arguments) for case in (*HTTP, *GRADIO)], tmp_path)


def test_every_case_without_arguments(tmp_path: Path) -> None:
    assert_same([(case.api, case.endpoint, {}) for case in (*HTTP, *GRADIO)], tmp_path)


@pytest.mark.parametrize("number", [-0.0, 0.0, 2**53 - 1, 2**53, -(2**53), 1e300, 9007199254740993.0])
def test_numbers_that_javascript_holds_and_others(number: float, tmp_path: Path) -> None:
    endpoint = Endpoint(name="call", parameters=(Parameter(name="n"),))
    assert_same([(Api(title="t", endpoints=(endpoint,)), endpoint, {"n": [{"deep": number}]})], tmp_path)


# ── Endpoints and arguments of every kind ──

FILES = st.builds(
    LocalFile, st.sampled_from(["a.txt", "b b.png"]), TEXT, st.sampled_from(["text/plain", "image/png"]), st.booleans()
)
STYLES = {
    "path": ["", "simple", "label", "matrix"],
    "query": ["", "form", "spaceDelimited", "pipeDelimited", "deepObject", "querystring"],
    "header": ["", "simple"],
    "cookie": ["", "form", "cookie"],
}
SECURITY: list[tuple[SecurityRequirement, ...]] = [
    (),
    ({"query-key": [], "token": []},),
    ({"login": [], "cookieKey": []},),
]
NAMES = st.sampled_from(["a", "b b", "c&=", "é", "constructor", "X-D", "accept"])


@st.composite
def parameters(draw: st.DrawFn, places: list[str]) -> Parameter:
    location: Any = draw(st.sampled_from(places))
    styled = location in STYLES
    return Parameter(
        name=draw(NAMES),
        location=location,
        required=draw(st.booleans()),
        style=draw(st.sampled_from(STYLES[location])) if styled else "",
        explode=draw(st.sampled_from([None, True, False])) if styled else None,
        allow_reserved=location == "query" and draw(st.booleans()),
        media_type=draw(st.sampled_from(["", "", "application/json", "text/plain"])) if styled else "",
        multiple=location in ("form", "file") and draw(st.booleans()),
    )


@st.composite
def http_calls(draw: st.DrawFn) -> Call:
    inner = draw(st.sampled_from([["body"], ["form"], ["form", "file"], []]))
    found = draw(st.lists(parameters([*STYLES, *inner, *inner]), max_size=5))
    own = {"body": "application/json", "form": "application/x-www-form-urlencoded"}
    media_type = "multipart/form-data" if "file" in inner else own.get(inner[0] if inner else "body", "")
    path = "/x y" + "".join(f"/{{{p.name}}}" for p in found if p.location == "path") + "?fixed=1&bare#gone"
    body = None if inner else draw(st.none() | bodies())
    result = draw(st.sampled_from([None, Result(), Result(is_file=True, media_type="image/png")]))
    endpoint = Endpoint(
        name="call",
        parameters=tuple(found),
        call=HttpCall(method=draw(st.sampled_from(["POST", "GET", "PUT"])), path=path, media_type=media_type),
        request_body=body,
        result=result,
        security=draw(st.sampled_from(SECURITY)),
    )
    arguments = {}
    for name, parameter in argument_names(endpoint).items():
        if parameter.location == "file":
            files = draw(st.lists(st.builds(FilePart, st.just(parameter.name), FILES), min_size=1, max_size=2))
            value: Any = files if parameter.multiple else files[0]
        else:
            value = draw(VALUE)
        if draw(st.integers(0, 4)):
            arguments[name] = value
    if body is not None and draw(st.integers(0, 4)):
        arguments[body_name(endpoint)] = draw(_body_value(body.content[0]))
    return Api(title="t", security_schemes=KEYS, endpoints=(endpoint,)), endpoint, arguments


MULTIPART, FORM = "multipart/form-data", "application/x-www-form-urlencoded"
ENCODINGS: list[dict[str, Any]] = [
    {},
    {"a": {"style": "deepObject", "explode": True}, "é": {"explode": False}},
    {"a": {"contentType": "application/json"}, "list": {"contentType": "text/plain, application/json"}},
]


@st.composite
def bodies(draw: st.DrawFn) -> RequestBody:
    media_type = draw(
        st.sampled_from(["application/json", "application/x+json", MULTIPART, FORM, "text/plain", "*/*", "image/*"])
    )
    schema = draw(st.sampled_from([{}, {"properties": {"list": {"type": ["array", "null"]}, "a": {"type": "array"}}}]))
    return RequestBody(content=(MediaType(type=media_type, schema=schema, encoding=draw(st.sampled_from(ENCODINGS))),))


def _body_value(media: MediaType) -> st.SearchStrategy[Any]:
    part = st.builds(FilePart, st.just("list"), FILES)
    fields = st.dictionaries(st.sampled_from(["list", "a", "é", "x y"]), VALUE, max_size=4)
    if media.type == FORM:
        return fields
    if media.type == MULTIPART:
        files = {"one": part, "list": st.lists(part, min_size=1, max_size=2) if media.schema else part}
        return st.builds(lambda texts, given: {**texts, **given}, fields, st.fixed_dictionaries({}, optional=files))
    return VALUE if "json" in media.type else VALUE | part


@st.composite
def gradio_calls(draw: st.DrawFn) -> Call:
    names = draw(st.lists(st.sampled_from(["a", "class", "x y", "n"]), unique=True, max_size=4))
    defaults = st.one_of(st.none(), st.builds(Default, value=VALUE), st.just(Default(text="inf")))
    holds_file = {name: draw(st.booleans()) for name in names}
    endpoint = Endpoint(
        name="call",
        parameters=tuple(
            Parameter(name=n, location="file" if holds_file[n] else "body", default=draw(defaults)) for n in names
        ),
        result=Result(streaming=draw(st.booleans())),
        call=GradioCall(
            api_name="do it",
            prefix=draw(st.sampled_from(["/gradio_api", ""])),
            revision=draw(st.sampled_from(["v1", "v2"])),
            state=draw(st.booleans()),
            heartbeat=draw(st.booleans()),
            silent_inputs=draw(st.sampled_from([(), (0,), (1, 2)])),
        ),
    )
    files = FILES | st.lists(FILES | st.none(), max_size=2) | st.builds(FilePart, st.just("a"), FILES)
    arguments = {n: draw(files | VALUE if holds_file[n] else VALUE) for n in names if draw(st.integers(0, 4))}
    return Api(title="t", endpoints=(endpoint,)), endpoint, arguments


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # node takes too long to shrink a page of calls
)
@given(calls=st.lists(st.one_of(http_calls(), gradio_calls()), min_size=3, max_size=10))
def test_calls_of_every_kind(calls: list[Call], tmp_path: Path) -> None:
    assert_same(calls, tmp_path)


# ── What is sent ──

NOT_IN_A_BROWSER = {"cookies", "key-that-is-a-parameter-too", "cookies-twice", "key-in-cookie"}
"""Cookies are the browser's own business."""


def test_what_is_sent_is_what_is_meant(tmp_path: Path) -> None:
    with running() as server:
        tasks = [
            Task(case.api, [(case.endpoint, case.arguments)], server.base(case.answer, case.name), send=ENVIRONMENT)
            for case in HTTP
        ]
        answers = in_node(tasks, tmp_path)
    for case, answer in zip(HTTP, answers, strict=True):
        arrival = server.arrivals[case.name]
        assert bool(answer["unsent"][0]) == (case.name in NOT_IN_A_BROWSER), (case.name, answer["unsent"])
        if case.name in NOT_IN_A_BROWSER:
            continue
        _assert_arrived(case, arrival)


def _assert_arrived(case: Case, arrival: Any) -> None:
    assert arrival.method == case.method, case.name
    assert case.path == (arrival.path if case.name == "path-styles" else decoded(arrival.path)), case.name
    assert arrival.query == case.query, case.name
    for name, value in case.headers.items():
        assert arrival.headers.get(name) == value, (case.name, name)
    assert same(arrival.body, case.body), (case.name, arrival.body)
    assert case.raw_body in (None, arrival.raw_body), case.name


def test_credentials_that_are_not_typed_are_left_out(tmp_path: Path) -> None:
    cases = [case for case in HTTP if case.name in ("key-in-header", "two-keys", "basic")]
    with running() as server:
        tasks = [Task(c.api, [(c.endpoint, c.arguments)], server.base(c.answer, c.name), send={}) for c in cases]
        in_node(tasks, tmp_path)
    for case in cases:
        arrival = server.arrivals[case.name]
        assert not re.search("authorization|x-api-key", " ".join(arrival.headers)) and not arrival.query
