"""What becomes an endpoint, how it is declared and called, and what is said about the API."""

from __future__ import annotations

import functools
import typing as t
from pathlib import Path

import pytest

import apispec
from apispec import App, Error, File, Session
from apispec.errors import EndpointError
from apispec.introspection import Options, describe
from apispec.model import Contact, Example, GradioCall, HttpCall, License, Server, ServerVariable, Tag, Visibility
from tests.introspection.live.support import module_of, one


def names(source: t.Any) -> list[str]:
    return [e.name for e in describe(source).api.endpoints]


def test_own_public_functions_of_a_module(tmp_path: Path) -> None:
    module = module_of(
        tmp_path,
        "plain_functions",
        '''
        """What it is for.

        More about it."""
        import functools
        from functools import partial
        from os.path import join
        from math import sqrt

        __version__ = "3.1"

        def zebra(x: int) -> int: ...
        async def apple(x: int) -> int: ...
        def _hidden(): ...
        class Thing:
            def method(self): ...
            def __call__(self): ...
        @functools.lru_cache
        def cached(x: int) -> int: ...
        @functools.singledispatch
        def dispatched(x): ...
        half = partial(zebra, 2)
        alias = zebra
        thing = Thing()
        bound = Thing().method
        square = lambda x: x * x
        number = 3
        ''',
    )
    found = describe(module)
    assert [e.name for e in found.api.endpoints] == [
        "zebra", "apple", "cached", "dispatched", "half", "alias", "thing", "bound", "square",
    ]  # fmt: skip
    assert (found.api.title, found.api.version) == ("Plain functions", "3.1")
    assert found.api.description == "What it is for.\n\nMore about it."
    assert str(found.api.endpoints[0].location) == "plain_functions.py:11"
    assert found.api.endpoints[0].call == HttpCall(method="POST", path="/zebra")


def test_all_decides(tmp_path: Path) -> None:
    module_of(tmp_path, "inner_part", "def one(): ...\ndef two(): ...\n")
    module = module_of(
        tmp_path,
        "exporting",
        """
        from math import sqrt
        def public(): ...
        def internal(): ...
        def _private(): ...
        class Thing: ...
        __all__ = ["sqrt", "public", "_private", "Thing", "missing", 3]
        """,
    )
    assert names(module) == ["sqrt", "public", "_private"]


def test_the_file_is_relative_to_where_the_package_is(tmp_path: Path) -> None:
    module = module_of(tmp_path, "shop.orders.api", "def buy(): ...\n")
    found = describe(module).api
    assert (found.endpoints[0].location.file, found.title) == ("shop/orders/api.py", "API")
    assert str(tmp_path) not in repr(describe(module))


@pytest.mark.parametrize(
    ("docstring", "title", "description"),
    [
        ("Inventory service.\n\nWhere parts are.", "Inventory service", "Where parts are."),
        ("Inventory service", "Inventory service", "Inventory service"),
        ("Where parts are, and\nwhere they were.\n\nMore.", "API", "Where parts are, and\nwhere they were.\n\nMore."),
        ("Parts of `shop`.\n\nMore.", "API", "Parts of `shop`.\n\nMore."),
        ("# Parts\n\nMore.", "API", "# Parts\n\nMore."),
        ("P" * 61, "API", "P" * 61),
        ("", "API", ""),
    ],
)
def test_a_docstring_names_a_module_that_is_called_by_its_role(
    tmp_path: Path, docstring: str, title: str, description: str
) -> None:
    found = describe(module_of(tmp_path, "shop.app", f"__doc__ = {docstring!r}\n\ndef buy(): ...\n")).api
    assert (found.title, found.description) == (title, description)
    named = describe(module_of(tmp_path, "shop.till", f"__doc__ = {docstring!r}\n\ndef buy(): ...\n")).api
    assert (named.title, named.description) == ("Till", docstring)


def test_an_app_decides(tmp_path: Path) -> None:
    module = module_of(
        tmp_path,
        "with_app",
        """
        from apispec import App
        app = App()
        @app.endpoint
        def listed(): ...
        def not_listed(): ...
        """,
    )
    assert names(module) == ["listed"]
    assert names(module.app) == ["listed"]


def test_several_apps(tmp_path: Path) -> None:
    source = "from apispec import App\n{} = App()\nother = App()\n@other.endpoint\ndef f(): ...\n"
    assert names(module_of(tmp_path, "two_apps", source.format("app"))) == ["f"], "an empty one is not meant"
    assert names(module_of(tmp_path, "no_app", source.format("first"))) == ["f"]
    both = source.format("first") + "@first.endpoint\ndef g(): ...\n"
    with pytest.raises(EndpointError, match=r"holds several Apps: first, other"):
        describe(module_of(tmp_path, "both", both))
    assert names(module_of(tmp_path, "one_is_app", both.replace("first", "app"))) == ["g"]


def test_callables_and_what_is_none() -> None:
    def f(): ...

    def g(): ...

    assert names(f) == ["f"]
    assert names([f, g]) == ["f", "g"]
    with pytest.raises(EndpointError, match="neither an App nor a module"):
        describe(3)


def test_decorator_with_and_without_arguments() -> None:
    app = App()

    @app.endpoint
    def plain() -> int:
        return 3

    @app.endpoint(
        name="named",
        summary="Short.",
        description="Long.",
        tags=["a", "b"],
        deprecated="Use plain.",
        annotations={"readOnlyHint": True},
    )
    def function() -> int: ...

    assert plain() == 3
    found = describe(app).api
    named = found.endpoint("named")
    assert named is not None
    assert (named.summary, named.description, named.tags, named.deprecated, named.deprecation) == (
        "Short.", "Long.", ("a", "b"), True, "Use plain.",
    )  # fmt: skip
    assert named.annotations == {"readOnlyHint": True}
    assert list(app.functions) == ["plain", "named"]


@pytest.mark.parametrize(
    ("options", "name", "visibility"),
    [
        ({}, "f", "public"),
        ({"api_name": "/predict"}, "predict", "public"),
        ({"show_api": False}, "f", "undocumented"),
        ({"api_name": False}, "f", "private"),
        ({"name": False}, "f", "private"),
        ({"visibility": "undocumented"}, "f", "undocumented"),
        ({"visibility": "private"}, "f", "private"),
    ],
)
def test_visibility(options: dict[str, t.Any], name: str, visibility: str) -> None:
    app = App()

    @app.endpoint(**options)
    def f(): ...

    assert app.functions[name].visibility == visibility
    endpoints = describe(app).api.endpoints
    assert [e.visibility for e in endpoints] == ([] if visibility == "private" else [Visibility(visibility)])


def test_two_endpoints_of_one_name_name_both_places() -> None:
    app = App()

    @app.endpoint
    def f(): ...

    with pytest.raises(
        EndpointError, match=r"test_endpoints.py:\d+: two endpoints are named 'f'; .*test_endpoints.py:\d+"
    ):
        app.add(lambda: 1, name="f")


def test_what_has_no_source_or_is_declared_twice_is_placed_where_it_is_declared() -> None:
    app = App()
    assert app.add(len) is len
    line = app.functions["len"].line
    assert Path(app.functions["len"].file) == Path(__file__) and line
    with pytest.raises(EndpointError, match=rf"test_endpoints.py:{line + 4}: .*at .*test_endpoints.py:{line}\n"):
        app.add(len)

    def f(): ...

    app.add(f)
    with pytest.raises(EndpointError, match=rf"test_endpoints.py:{line + 10}: .*at .*test_endpoints.py:{line + 8}\n"):
        app.add(f)
    [finding] = [f for f in describe(app).findings if f.subject == "endpoint len, parameter obj"]
    assert (finding.location.file.rpartition("/")[2], finding.location.line) == ("test_endpoints.py", line)


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("from math import sqrt\ndef _hidden(): ...", "has no public functions of its own"),
        ("from apispec import App\napp = App()\ndef f(): ...", "the App has no endpoints"),
        (
            "from apispec import App\napp = App()\n@app.endpoint(api_name=False)\ndef f(): ...",
            "every endpoint is private",
        ),
    ],
)
def test_an_api_without_endpoints_is_a_finding(tmp_path: Path, source: str, message: str) -> None:
    [finding] = describe(module_of(tmp_path, "nothing_here", source)).findings
    assert finding.rule == "no-endpoints" and message in finding.message and finding.hint
    assert str(finding.location) == "nothing_here.py:1"


@pytest.mark.parametrize(
    ("function", "options", "message"),
    [
        (3, {}, "not a int"),
        (lambda: 1, {}, "no name of its own"),
        (len, {"name": "a/b"}, "can't be an endpoint's name"),
        (len, {"name": ""}, "can't be an endpoint's name"),
        (len, {"name": "a\nb"}, "can't be an endpoint's name"),
        (len, {"name": "{x}"}, "can't be an endpoint's name"),
        (len, {"method": "TELEPORT"}, "no HTTP method"),
        (len, {"path": "items"}, "not a path template"),
        (len, {"path": "/a?b"}, "not a path template"),
        (len, {"visibility": "secret"}, "visibility is"),
        (len, {"colour": "red"}, "no option 'colour'\n  hint: options: annotations, api_name"),
        (len, {"visibilty": "public"}, "no option 'visibilty'\n  hint: did you mean visibility="),
        (len, {"summary": 4}, "summary= must be a text, not 4"),
        (len, {"tags": ["a", 3]}, r"tags= must be a text, or several, not \['a', 3\]"),
        (len, {"show_api": "no"}, "show_api= must be True or False, not 'no'"),
        (len, {"examples": {"obj": "x"}}, "examples= must be a list of calls"),
        (len, {"annotations": {"readOnlyHint": "yes"}}, "annotations= must be a mapping of MCP tool annotations"),
        (len, {"raises": {KeyError: 200}}, "raises= must be a mapping of exception classes"),
        (len, {"responses": {"99": "Hi"}}, "responses= must be a mapping of HTTP statuses"),
        (staticmethod(len), {}, "not a staticmethod"),
    ],
)
def test_declarations_that_make_no_sense(function: t.Any, options: dict[str, t.Any], message: str) -> None:
    with pytest.raises(EndpointError, match=message):
        App().add(function, **options)


def test_names_of_what_has_none_of_its_own() -> None:
    class Sum:
        def __call__(self): ...

    app = App()
    app.add(functools.partial(functools.partial(max, 1), 2))
    app.add(Sum())
    app.add(Sum().__call__, name="größe & co")
    assert list(app.functions) == ["max", "Sum", "größe & co"]
    assert describe(app).api.endpoints[2].call == HttpCall(path="/gr%C3%B6%C3%9Fe%20&%20co")


def test_path_query_and_body() -> None:
    def f(item: int, q: str | None = None, many: list[int] | None = None, where: dict[str, int] | None = None): ...

    def where(method: str) -> dict[str, tuple[str, bool, str]]:
        endpoint = one(f, method=method, path="/items/{item}").endpoint
        assert endpoint.call == HttpCall(method=method.upper(), path="/items/{item}")
        return {p.name: (p.location, p.required, p.media_type) for p in endpoint.parameters}

    for method in ("get", "DELETE", "HEAD"):
        assert where(method) == {
            "item": ("path", True, ""),
            "q": ("query", False, ""),
            "many": ("query", False, ""),
            "where": ("query", False, "application/json"),
        }
    assert where("put") == {
        "item": ("path", True, ""),
        "q": ("body", False, ""),
        "many": ("body", False, ""),
        "where": ("body", False, ""),
    }


@pytest.mark.parametrize("path", ["/x/{nope}", "/x/{a}/{a}", "/x/{a", "/x/{args}"])
def test_a_path_that_names_no_parameter_is_reported(path: str) -> None:
    def f(a: int, *args: int): ...

    described = one(f, path=path)
    assert described.rules == ["invalid-path", "missing-result-hint"] or "invalid-path" in described.rules
    assert described.endpoint.call == HttpCall(path="/f")


def test_two_endpoints_of_one_path() -> None:
    app = App()
    app.add(lambda a: 1, name="x", method="GET", path="/i/{a}")
    app.add(lambda b: 1, name="y", method="GET", path="/i/{b}")
    with pytest.raises(EndpointError, match=r"x and y are both GET /i/\{b\}"):
        describe(app)


def test_files_travel_in_a_form() -> None:
    def f(doc: File, pages: list[File], title: str, options: dict[str, int], spare: File | None = None) -> File: ...

    endpoint = one(f).endpoint
    assert isinstance(endpoint.call, HttpCall) and endpoint.call.media_type == "multipart/form-data"
    assert {p.name: (p.location, p.required, p.multiple, p.media_type) for p in endpoint.parameters} == {
        "doc": ("file", True, False, ""),
        "pages": ("file", True, True, ""),
        "title": ("form", True, False, ""),
        "options": ("form", True, False, "application/json"),
        "spare": ("file", False, False, ""),
    }
    assert endpoint.result is not None and endpoint.result.is_file
    assert endpoint.result.media_type == "*/*"


def test_the_gradio_protocol() -> None:
    def f(a: int, doc: File, session: Session) -> int: ...

    endpoint = one(f, "gradio").endpoint
    assert endpoint.call == GradioCall(api_name="f", revision="v2", state=True)
    assert [(p.name, p.location) for p in endpoint.parameters] == [("a", "body"), ("doc", "file")]


class NotFound(Error):
    """No such thing."""

    status = 404
    title = "Not found"


class Conflict(Exception):
    """It changed meanwhile."""


def test_documented_errors() -> None:
    def f() -> int:
        """Do it.

        Raises:
            NotFound: There is no such pet.
            Conflict: Someone was faster.
            KeyError: A key is missing.
            Error: 429 when called too often.
        """

    endpoint = one(
        f, raises={Conflict: 409}, responses={503: "Closed on Sundays.", 404: {"model": dict[str, str]}}
    ).endpoint
    assert {r.status: r.description for r in endpoint.responses} == {
        "404": "There is no such pet.",
        "409": "Someone was faster.",
        "429": "when called too often.",
        "500": "`KeyError`: A key is missing.",
        "503": "Closed on Sundays.",
    }
    assert endpoint.responses[0].content[0].schema == {"type": "object", "additionalProperties": {"type": "string"}}


def raising(x: int) -> int:
    """Do it.

    Raises:
        NotFound: As documented.
    """
    if x == 1:
        raise NotFound("no such thing")
    if x == 2:
        raise Error(409, "Taken", f"by {x}")
    if x == 3:
        raise apispec.Error(title="Gone", status=410)
    if x == 4:
        raise Error(x, "computed")
    raise ValueError("nothing")


@functools.wraps(raising)
def around(x: int) -> int:
    return raising(x)


@pytest.mark.parametrize("function", [raising, around])
def test_errors_that_the_source_raises(function: t.Any) -> None:
    assert {r.status: r.description for r in one(function).endpoint.responses} == {
        "404": "As documented.",
        "409": "Taken",
        "410": "Gone",
    }


def test_errors_that_are_raised_under_decorators(tmp_path: Path) -> None:
    module = module_of(
        tmp_path,
        "decorated_errors",
        """
        from apispec import App, Error
        app = App()
        class Busy(Error):
            "Come back later."
            status = 503
        @app.endpoint(
            tags="x",
        )
        async def f(x: int) -> int:
            raise Busy
        @app.endpoint
        def g(x: int) -> int:
            raise Error(418)
        """,
    )
    responses = [[(r.status, r.description) for r in e.responses] for e in describe(module).api.endpoints]
    assert responses == [[("503", "Service Unavailable")], [("418", "I'm a Teapot")]]


def test_examples() -> None:
    def f(a: int, b: str = "x") -> int:
        """Do it.

        Examples:
            >>> f(1, b="y")
            3
            >>> f(a=2)
            >>> f("wrong")
            >>> f(unknown)
        """

    described = one(f, examples=[{"a": 5}, [6, "z"], Example(name="n", value={"a": 7}), {"a": "no"}, {"zzz": 1}])
    assert [e.value for e in described.endpoint.examples] == [
        {"a": 5},
        {"a": 6, "b": "z"},
        {"a": 7},
        {"a": 1, "b": "y"},
        {"a": 2},
    ]
    assert described.endpoint.examples[3].result == 3 and described.endpoint.examples[3].has_result
    assert described.rules.count("invalid-example") == 2


def test_what_is_said_about_the_api() -> None:
    app = App(
        "Pets",
        version="2",
        summary="All pets.",
        description="**Pets.**",
        servers=[
            "https://a.example",
            {"url": "https://{r}.example", "variables": {"r": {"default": "eu", "enum": ["eu", "us"]}}},
        ],
        tags=["plain", {"name": "rich", "description": "Rich."}],
        contact={"name": "Ann", "email": "ann@example.com"},
        license={"name": "MIT", "identifier": "MIT"},
        terms_of_service="https://a.example/terms",
        security_schemes={"key": {"type": "apiKey", "in": "header", "name": "X-Key"}},
        security=["key", {"oauth": ["read"]}],
        external_docs={"url": "https://docs.example"},
    )
    api = app.describe().api
    assert (api.title, api.version, api.summary, api.description) == ("Pets", "2", "All pets.", "**Pets.**")
    assert api.servers == (
        Server(url="https://a.example"),
        Server(url="https://{r}.example", variables={"r": ServerVariable(default="eu", enum=("eu", "us"))}),
    )
    assert api.tags == (Tag(name="plain"), Tag(name="rich", description="Rich."))
    assert (api.contact, api.license) == (
        Contact(name="Ann", email="ann@example.com"),
        License(name="MIT", identifier="MIT"),
    )
    assert api.security == ({"key": []}, {"oauth": ["read"]})
    over = describe(app, Options(title="Other", version="9")).api
    assert (over.title, over.version, over.summary) == ("Other", "9", "All pets.")


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"tags": [{"heading": "no name"}]}, "the App's tags.heading: there is no such key\n  hint: one of name, desc"),
        ({"contact": {"mail": "x"}}, "the App's contact.mail: there is no such key\n  hint: one of name, url, email"),
        (
            {"servers": ["example.com"]},
            "the App's servers: this is not a server's URL: 'example.com'\n  hint: write it",
        ),
        ({"servers": [3]}, "the App's servers: "),
        ({"license": {"url": "https://example.com"}}, "the App's license.name: Field required"),
        ({"security": [{"key": "read"}]}, "the App's security.key: "),
        ({"title": 3}, "the App's title is not a text: 3"),
        ({"version": 1.0}, "the App's version is not a text: 1.0\n  hint: write it in quotes"),
    ],
)
def test_a_description_that_is_wrong(said: dict[str, t.Any], message: str) -> None:
    with pytest.raises(EndpointError) as error:
        describe(App(**said))
    assert str(error.value).startswith(message)


def test_one_of_several_needs_no_list() -> None:
    api = describe(App(servers="https://a.example", tags="pets", security="key", license="MIT")).api
    assert (api.servers, api.tags) == ((Server(url="https://a.example"),), (Tag(name="pets"),))
    assert (api.security, api.license) == (({"key": []},), License(name="MIT"))
    documented = describe(App(tags=[{"name": "x", "externalDocs": {"url": "https://a.example"}}])).api
    assert documented.tags == (Tag(name="x", external_docs={"url": "https://a.example"}),)


def test_the_app_is_imported_cheaply() -> None:
    import subprocess
    import sys

    code = "import sys; from apispec import App, Error, File, Session; print('pydantic' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "False\n"
