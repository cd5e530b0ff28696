"""Endpoint and arguments → request: what the echo server of tests/snippets cannot see, or only at a price."""

from __future__ import annotations

from typing import Any

import pytest

from apispec.literals import Env, EnvText, LocalFile
from apispec.model import (
    Api,
    Endpoint,
    GradioCall,
    HttpCall,
    MediaType,
    Parameter,
    RequestBody,
    Result,
    Server,
    ServerVariable,
)
from apispec.requests.call import argument_names, body_name, request
from apispec.requests.credentials import env_name, variables_of
from apispec.requests.http_request import FilePart, Request, is_json
from apispec.requests.servers import base_url, server_url

API = Api(title="t")


def of(endpoint: Endpoint, arguments: dict[str, Any], api: Api = API, base: str | None = "http://h") -> Request:
    return request(endpoint, arguments, api, base)


def http(path: str, *parameters: Parameter, method: str = "GET", **more: Any) -> Endpoint:
    return Endpoint(name="e", call=HttpCall(method=method, path=path), parameters=parameters, **more)


def body(media: MediaType, value: Any, api: Api = API) -> Request:
    return of(http("/x", method="POST", request_body=RequestBody(content=(media,))), {"body": value}, api)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://api.example.com/v1/", "https://api.example.com/v1"),
        ("https://api.example.com", "https://api.example.com"),
        ("/v2", "http://127.0.0.1:8000/v2"),
        ("v2/", "http://127.0.0.1:8000/v2"),
        ("/", "http://127.0.0.1:8000"),
        ("", "http://127.0.0.1:8000"),
        ("//cdn.example.com/v1", "http://cdn.example.com/v1"),
        ("http://[::1]:8000/", "http://[::1]:8000"),
    ],
)
def test_base_urls(url: str, expected: str) -> None:
    assert base_url(Api(title="t", servers=(Server(url=url), Server(url="http://other")))) == expected


def test_base_url_without_servers_and_of_an_endpoint() -> None:
    assert base_url(API) == "http://127.0.0.1:8000"
    api = Api(title="t", servers=(Server(url="http://api"),))
    assert base_url(api, http("/x", servers=(Server(url="http://own"),))) == "http://own"
    assert base_url(api, http("/x")) == "http://api"


def test_server_variables() -> None:
    server = Server(
        url="https://{region}.example.com:{port}/{unknown}",
        variables={"region": ServerVariable(default="eu"), "port": ServerVariable(default="8443")},
    )
    assert server_url(server) == "https://eu.example.com:8443/unknown"


def test_the_base_url_given_wins_and_may_end_with_a_slash() -> None:
    assert of(http("/x"), {}, base="http://h/v1/").url == "http://h/v1/x"
    assert of(http("x"), {}, base=None).url == "http://127.0.0.1:8000/x"


@pytest.mark.parametrize(
    ("path", "url", "query"),
    [
        ("/a/{id}", "http://h/a/%7Bb%7D", ()),
        ("/a/{id}/{other}", "http://h/a/%7Bb%7D/other", ()),
        ("/a?x=1&y", "http://h/a", (("x", "1"), ("y", ""))),
        ("/a?x={id}#top", "http://h/a", (("x", "%7Bb%7D"),)),
        ("/#Action=Do", "http://h/", ()),
        ("/a b/é/%20", "http://h/a%20b/%C3%A9/%20", ()),
    ],
)
def test_paths(path: str, url: str, query: Any) -> None:
    made = of(http(path, Parameter(name="id", location="path")), {"id": "{b}"})
    assert (made.url, made.query) == (url, query)


def test_a_value_never_becomes_part_of_the_template() -> None:
    made = of(
        http("/{a}/{b}", Parameter(name="a", location="path"), Parameter(name="b", location="path")),
        {"a": "{b}", "b": "../x?y#z"},
    )
    assert made.full_url == "http://h/%7Bb%7D/..%2Fx%3Fy%23z"


def test_parameters_described_by_content() -> None:
    json = {"media_type": "application/json"}
    made = of(
        http(
            "/{p}",
            Parameter(name="p", location="path", **json),
            Parameter(name="q", location="query", **json),
            Parameter(name="H", location="header", **json),
            Parameter(name="c", location="cookie", **json),
            Parameter(name="t", location="query", media_type="text/plain"),
        ),
        {"p": {"a": 1}, "q": ["é"], "H": {"b": None}, "c": "x", "t": "y z"},
    )
    assert made.url == "http://h/%7B%22a%22%3A%201%7D"
    assert made.query == (("q", "%5B%22%C3%A9%22%5D"), ("t", "y%20z"))
    assert made.headers == {"H": '{"b": null}'}
    assert made.cookies == (("c", "%22x%22"),)


def test_null_is_not_sent_for_what_is_optional() -> None:
    def both(location: Any) -> tuple[Parameter, Parameter]:
        return Parameter(name="Opt", location=location, required=False), Parameter(name="Req", location=location)

    nulls = {"Opt": None, "Req": None}
    assert of(http("/", *both("query")), nulls).query == (("Req", "null"),)
    assert of(http("/", *both("header")), nulls).headers == {"Req": "null"}
    assert of(http("/", *both("cookie")), nulls).cookies == (("Req", "null"),)
    assert of(http("/", *both("form"), method="POST"), nulls).form == (("Req", "null"),)
    assert of(http("/", *both("body"), method="POST"), nulls).json == nulls


def test_what_is_not_given_is_not_sent() -> None:
    made = of(
        http("/x", Parameter(name="a", location="query"), Parameter(name="f", location="file"), method="POST"), {}
    )
    assert (made.query, made.media_type, made.body_kind) == ((), "", "none")
    assert of(http("/x", Parameter(name="a"), method="POST"), {}).json == {}


def test_one_name_in_two_places() -> None:
    endpoint = http(
        "/{id}",
        Parameter(name="id", location="path"),
        Parameter(name="id", location="query"),
        Parameter(name="body", location="header"),
        request_body=RequestBody(content=(MediaType(),)),
        method="PUT",
    )
    assert list(argument_names(endpoint)) == ["id", "query.id", "body"]
    assert body_name(endpoint) == "requestBody"
    made = of(endpoint, {"id": 1, "query.id": 2, "body": "h", "requestBody": {"b": 3}})
    assert (made.full_url, made.headers["body"], made.json) == ("http://h/1?id=2", "h", {"b": 3})


def test_headers_that_openapi_says_to_ignore() -> None:
    parameters = tuple(Parameter(name=n, location="header") for n in ("Accept", "content-type", "Authorization", "X"))
    arguments = {p.name: "v" for p in parameters}
    assert of(http("/", *parameters), arguments).headers == {"Authorization": "v", "X": "v"}
    api = Api(title="t", security_schemes={"t": {"type": "http", "scheme": "bearer"}}, security=({"t": []},))
    assert of(http("/", *parameters), arguments, api).headers == {
        "X": "v",
        "Authorization": EnvText(("Bearer ", Env("T"))),
    }


def test_accept_is_sent_where_there_is_a_choice() -> None:
    assert of(http("/"), {}).headers == {}
    assert of(http("/", result=Result()), {}).headers == {}
    assert of(http("/", result=Result(streaming=True, media_type="text/event-stream")), {}).headers == {
        "Accept": "text/event-stream"
    }
    assert of(http("/", result=Result(media_type="text/csv", other_content=(MediaType(),))), {}).headers == {
        "Accept": "text/csv"
    }


@pytest.mark.parametrize(
    ("media_type", "value", "kind", "sent_as"),
    [
        ("application/json", {"a": 1}, "json", "application/json"),
        ("application/json; charset=utf-8", [1], "json", "application/json; charset=utf-8"),
        ("application/vnd.api+json", None, "json", "application/vnd.api+json"),
        ("*/*", {"a": 1}, "json", "application/json"),
        ("text/*", "x", "text", "text/plain"),
        ("application/xml", "<a/>", "text", "application/xml"),
        ("image/*", FilePart("b", LocalFile("s.png", "", "image/png", True)), "file", "image/png"),
        ("application/x-www-form-urlencoded", {"a": 1}, "form", "application/x-www-form-urlencoded"),
        ("multipart/form-data", {"a": 1}, "multipart", "multipart/form-data"),
        ("application/x-ndjson", '{"a": 1}\n', "text", "application/x-ndjson"),
    ],
)
def test_kinds_of_bodies(media_type: str, value: Any, kind: str, sent_as: str) -> None:
    made = body(MediaType(type=media_type), value)
    assert (made.body_kind, made.media_type) == (kind, sent_as)


def test_forms_follow_their_encoding_objects() -> None:
    encoding = {
        "deep": {"style": "deepObject"},
        "short": {"style": "form", "explode": False},
        "spread": {"explode": True},
    }
    value = {
        "deep": {"a": {"b": 1}},
        "short": [1, 2],
        "spread": {"R": 1},
        "plain": {"c": 1},
        "list": [1, "x"],
        "other": [1, "x"],
    }
    schemas = {
        "Form": {"properties": {"list": {"$ref": "#/components/schemas/List"}}},
        "List": {"type": ["array", "null"]},
    }
    media = MediaType(
        type="application/x-www-form-urlencoded", schema={"$ref": "#/components/schemas/Form"}, encoding=encoding
    )
    assert body(media, value, Api(title="t", schemas=schemas)).form == (
        ("deep[a][b]", "1"), ("short", "1,2"), ("R", "1"), ("plain", '{"c": 1}'), ("list", "1"), ("list", "x"), ("other", '[1, "x"]'),
    )  # fmt: skip


def test_multipart_parts() -> None:
    file = FilePart("f", LocalFile("a.txt", "hé", "text/plain"))
    encoding = {"meta": {"contentType": "application/json, text/plain"}, "note": {"contentType": "text/plain"}}
    made = body(
        MediaType(type="multipart/form-data", schema={"properties": {"files": {"type": "array"}}}, encoding=encoding),
        {"files": [file, file], "meta": {"a": 1}, "note": "n"},
    )
    assert made.form == (("note", "n"),)
    assert made.files == (file, file, FilePart("meta", LocalFile("", '{"a": 1}', "application/json")))
    assert file.data == "hé".encode()
    assert FilePart("f", LocalFile("b", "AAE=", "x/y", True)).data == b"\0\1"


def test_credentials() -> None:
    schemes = {
        "api-key": {"type": "apiKey", "in": "header", "name": "X-Key"}, "petStore": {"type": "apiKey", "in": "query", "name": "k"}, "c": {"type": "apiKey", "in": "cookie", "name": "sid"},
        "basic": {"type": "http", "scheme": "Basic"}, "jwt": {"type": "http", "scheme": "bearer"}, "sso": {"type": "openIdConnect"}, "mtls": {"type": "mutualTLS"},
    }  # fmt: skip
    api = Api(title="t", security_schemes=schemes, security=({"jwt": []},))

    def needs(*names: str) -> Request:
        return of(http("/", security=({name: [] for name in names},)), {}, api)

    assert needs("api-key").headers == {"X-Key": EnvText((Env("API_KEY"),))}
    assert needs("petStore").secret_query == {"k": EnvText((Env("PET_STORE"),))}
    assert needs("petStore").full_url == EnvText(("http://h/?k=", Env("PET_STORE")))
    assert needs("c").cookies == (("sid", EnvText((Env("C"),))),)
    assert needs("basic").basic == (Env("BASIC_USER"), Env("BASIC_PASSWORD"))
    assert needs("sso").headers == {"Authorization": EnvText(("Bearer ", Env("SSO")))}
    assert needs("api-key", "jwt").headers.keys() == {"X-Key", "Authorization"}
    assert needs("mtls").headers == needs("unknown").headers == {}
    either = http("/", security=({"mtls": []}, {"jwt": [], "mtls": []}, {"jwt": []}, {"api-key": []}))
    assert of(either, {}, api).headers == {"Authorization": EnvText(("Bearer ", Env("JWT")))}
    assert of(http("/"), {}, api).headers == {"Authorization": EnvText(("Bearer ", Env("JWT")))}
    assert of(http("/", security=()), {}, api).headers == {}


def test_gradio_endpoints_are_refused() -> None:
    with pytest.raises(TypeError, match="not an http endpoint"):
        of(Endpoint(name="e", call=GradioCall(api_name="e")), {})


@pytest.mark.parametrize(
    ("name", "expected"),
    [("api-key", "API_KEY"), ("petstoreAuth", "PETSTORE_AUTH"), ("X-API-Key", "X_API_KEY"), ("2fa", "API_2FA"), ("é", "API_KEY"), ("", "API_KEY"), ("OAuth2", "OAUTH2"), ("APIKeyHeader", "API_KEY_HEADER"), ("OAuth2PasswordBearer", "OAUTH2_PASSWORD_BEARER"), ("path", "API_PATH")],
)  # fmt: skip
def test_environment_names(name: str, expected: str) -> None:
    assert Env(env_name(name)).name == expected


def test_each_scheme_has_variables_of_its_own() -> None:
    key, basic = {"type": "apiKey", "in": "query", "name": "k"}, {"type": "http", "scheme": "basic"}
    schemes = {"a-b": key, "a_b": key, "é": key, "ü": key, "login_user": key, "login": basic, "LOGIN": basic}
    api = Api(title="t", security_schemes=schemes)
    assert variables_of(api) == {
        "a-b": ("A_B",),
        "a_b": ("A_B_2",),
        "é": ("API_KEY",),
        "ü": ("API_KEY_2",),
        "login_user": ("LOGIN_USER",),
        "login": ("LOGIN_2_USER", "LOGIN_2_PASSWORD"),
        "LOGIN": ("LOGIN_3_USER", "LOGIN_3_PASSWORD"),
    }
    both = http("/", security=({"a-b": [], "login": []},))
    made = of(both, {}, api)
    assert made.basic == (Env("LOGIN_2_USER"), Env("LOGIN_2_PASSWORD"))


@pytest.mark.parametrize(
    ("media_type", "answer"),
    [("application/json", True), ("Application/JSON; charset=utf-8", True), ("application/problem+json", True), ("application/x-ndjson", False), ("text/json2", False), ("", False)],
)  # fmt: skip
def test_json_media_types(media_type: str, answer: bool) -> None:
    assert is_json(media_type) is answer


@pytest.mark.parametrize(
    ("server", "own", "given", "expected"),
    [
        ("", "", None, "http://127.0.0.1:8000"),
        ("/v1", "", None, "http://127.0.0.1:8000/v1"),
        ("//h.test/v1/", "", None, "http://h.test/v1"),
        ("https://h.test/v1", "/files", None, "https://h.test/files"),
        ("https://h.test/v1/", "files", None, "https://h.test/v1/files"),
        ("/v1", "../files", None, "http://127.0.0.1:8000/files"),
        ("/v1", "https://files.test", None, "https://files.test"),
        ("/v1", "", "http://t.test/x/", "http://t.test/x"),
        ("https://h.test/v1", "/files", "http://t.test/x", "http://t.test/files"),
        ("https://h.test/v1", "https://files.test", "http://t.test/x", "http://t.test/x"),
        ("http://[", "http://[", None, "http://["),
    ],
)
def test_relative_servers(server: str, own: str, given: str | None, expected: str) -> None:
    endpoint = Endpoint(name="a", servers=(Server(url=own),) if own else ())
    api = Api(title="t", servers=(Server(url=server),) if server else (), endpoints=(endpoint,))
    assert base_url(api, endpoint, given) == expected
