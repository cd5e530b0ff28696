"""Pages as text: what each of them says, page for page and piece by piece."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

import jinja2
import jinja2.meta
import pytest

from apispec.errors import TemplateError
from apispec.model import (
    Api,
    Contact,
    Default,
    Endpoint,
    Example,
    GradioCall,
    HttpCall,
    MediaType,
    Parameter,
    RequestBody,
    Response,
    Result,
    ResultField,
    Server,
    Tag,
    Tooling,
)
from apispec.rendering import pages
from apispec.rendering.pages import Pages, PagesOptions, context
from apispec.templating import templates_dir
from tests.pages.samples import SCHEMAS, kitty, many, nasty

OPTIONS = PagesOptions(target="examples/app.py", downloads=(("openapi.json", "OpenAPI 3.1"), ("mcp.json", "MCP tools")))
DATA = re.compile(r"\n<div id=\"api-data\" hidden data-json='[^']*'></div>\n")
"""What `test_data` is about."""
KINDS = {"index": "overview", "reference/index": "endpoints", "mcp/index": "mcp", "schemas/index": "schemas"}


def page(api: Api, path: str = "reference/index.md", **options: Any) -> str:
    made = Pages(api, PagesOptions(**options)).render()[path]
    assert isinstance(made, str)
    return made


def words(html: str) -> str:
    """What a reader sees, on one line."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def one(endpoint: Endpoint, **more: Any) -> str:
    return page(Api(title="T", endpoints=(endpoint,), **{"schemas": SCHEMAS, **more}))


@pytest.mark.parametrize("name", KINDS)
def test_golden_pages(golden: Callable[[str, str], None], name: str) -> None:
    made = Pages(kitty(), OPTIONS)
    golden(f"pages/{name.replace('/', '-')}.md", DATA.sub("", str(made.render()[f"{name}.md"])))
    golden(f"copies/{name.replace('/', '-')}.md", str(made.copies()[f"{name}.md"]))


def test_functions_do_what_the_class_does() -> None:
    made = Pages(kitty(), OPTIONS)
    assert pages.render(kitty(), OPTIONS) == made.render()
    assert pages.copies(kitty(), OPTIONS) == made.copies()
    assert pages.navigation(kitty(), OPTIONS) == made.navigation()
    assert made.copies().keys() == {path for path in made.render() if path.endswith(".md")}


def test_preload_makes_no_difference() -> None:
    pages.preload()
    assert pages.render(kitty()) == pages.render(kitty())


def test_navigation_of_a_small_api() -> None:
    assert pages.navigation(kitty()) == [
        ("Overview", "index.md"),
        ("Reference", "reference/index.md"),
        ("MCP", "mcp/index.md"),
        ("Schemas", "schemas/index.md"),
    ]


def test_navigation_of_a_large_api_has_a_page_per_endpoint_below_its_tag() -> None:
    made = Pages(many(200, tags=2), PagesOptions())
    items = dict(dict(made.navigation())["Reference"][1:])  # type: ignore[arg-type]
    assert list(items) == ["Tag 0", "Tag 1"]
    assert items["Tag 1"][:2] == [
        ("Tag 1", "tags/Tag-1/index.md"),
        ("list_expenses_100", "reference/list_expenses_100/index.md"),
    ]
    assert len(items["Tag 0"]) == len(items["Tag 1"]) == 101
    texts = made.render()
    names = re.findall(
        r'data-endpoint="([^"]+)"', "".join(str(texts[page.path]) for page in made.layout.endpoint_pages)
    )
    assert names == [e.name for e in many(200, tags=2).endpoints]


def test_many_endpoints_without_tags_are_grouped_by_path() -> None:
    paths = [
        f"/v1/{group}{rest}"
        for group in ("accounts", "charges", "refunds")
        for rest in ("", *("/{id}/" + c for c in "abcdefghij"))
    ]
    endpoints = tuple(Endpoint(name=f"e{n}", call=HttpCall(path=path)) for n, path in enumerate(["/v1", *paths]))
    made = Pages(Api(title="Big", endpoints=endpoints))
    assert [title for title, _ in dict(made.navigation())["Reference"][1:]] == ["v1", "accounts", "charges", "refunds"]
    assert made.layout.endpoint("index.md", "e1") == "reference/e1/"
    few = Pages(Api(title="Small", endpoints=endpoints[:20]))
    assert dict(few.navigation())["Reference"] == "reference/index.md"


def test_many_schemas_have_pages_of_their_own() -> None:
    schemas: dict[str, Any] = {
        f"S{n:03}": {"type": "object", "properties": {"next": {"$ref": f"#/components/schemas/S{(n + 70) % 130:03}"}}}
        for n in range(130)
    }
    made = Pages(Api(title="T", schemas=schemas))
    assert dict(made.navigation())["Schemas"][:2] == [
        ("Schemas", "schemas/index.md"),
        ("S000", "schemas/S000/index.md"),
    ]
    assert '<a href="../S070/">S070</a>' in str(made.render()["schemas/S000/index.md"])


def test_an_api_without_endpoints_has_an_overview_only() -> None:
    made = Pages(Api(title="Empty"))
    assert [path for path in made.render() if path.endswith(".md")] == ["index.md"]
    assert made.navigation() == [("Overview", "index.md")]


def test_undocumented_endpoints_are_nowhere() -> None:
    made = Pages(kitty(), OPTIONS)
    assert not any(
        "hidden" in str(text) for path, text in {**made.render(), **made.copies()}.items() if path.endswith(".md")
    )


def test_no_mcp_page_on_request() -> None:
    made = Pages(kitty(), PagesOptions(mcp=False))
    assert "mcp/index.md" not in made.render()
    assert "MCP" not in dict(made.navigation())


def test_languages_and_base_url_are_the_users_choice() -> None:
    html = page(kitty(), languages=("curl", "klingon", "python"), base_url="https://api.example")
    assert re.findall(r"<label[^>]*>(\w+)</label>", html)[:2] == ["cURL", "Python"]
    assert "https://api.example/expenses" in html
    assert "127.0.0.1" not in html


def test_the_mcp_page_says_what_is_listed_in_place_of_many_tools() -> None:
    tooling = Tooling(dynamic=True, pin=("add_expense",))
    api = dataclasses.replace(kitty(), tooling=tooling)
    said = words(page(api, "mcp/index.md", downloads=OPTIONS.downloads))
    assert "lists search_tools , describe_tool and call_tool in their place" in said
    assert "calls any of them. Beside them it lists add_expense ." in said and "as a client sees" not in said
    assert "in their place" not in page(kitty(), "mcp/index.md")


def test_no_click_adds_what_must_be_adapted_first() -> None:
    links = re.compile(r"Add to ([\w ]+)<")
    path = page(kitty(), "mcp/index.md", target="app.py", mcp_url="http://127.0.0.1:1/mcp")
    stdio = path[path.index('data-transport="stdio"') :]
    assert "/path/to/app.py" in stdio and not links.findall(stdio)
    assert "Claude Desktop" not in links.findall(path) and "Cursor" in links.findall(path)
    found = page(kitty(), "mcp/index.md", target="pkg.module:app", bundle="kitty.mcpb")
    assert {"Claude Desktop", "Cursor", "Goose"} <= set(links.findall(found[found.index('data-transport="stdio"') :]))
    assert "The button installs a bundle. With the file: Restart Claude Desktop." in found


def test_mcp_url_and_target() -> None:
    html = page(kitty(), "mcp/index.md", mcp_url="https://x.example/m", target="pkg.module:app")
    assert "https://x.example/m" in html
    assert "apispec mcp pkg.module:app" in words(html)
    assert "/path/to/kitty.py:app" in page(kitty(), "mcp/index.md", target="src\\kitty.py:app")
    assert "/path/to/openapi.yaml" in page(kitty(), "mcp/index.md", target="docs/openapi.yaml")
    other = words(page(kitty(), "mcp/index.md", target="app.py", python="/home/me/app/.venv/bin/python"))
    assert "apispec mcp /path/to/app.py --python /path/to/.venv/bin/python" in other
    assert "stdio" not in words(page(kitty(), "mcp/index.md"))
    other = page(
        dataclasses.replace(kitty(), source="gradio"), "mcp/index.md", target="app.py"
    )  # /mcp there is none of ours
    assert "apispec mcp /path/to/app.py" in words(other) and "8000/mcp" not in other


def test_links_without_directory_urls() -> None:
    html = page(kitty(), directory_urls=False)
    assert 'href="../schemas/index.html#Category"' in html
    assert 'href="reference/index.html#add_expense"' in page(kitty(), "index.md", directory_urls=False)


def test_parameters_say_all_there_is() -> None:
    html = one(
        Endpoint(
            name="f",
            call=HttpCall(method="GET", path="/f/{a}"),
            parameters=(
                Parameter(name="a", location="path", schema={"type": "integer", "minimum": 1.0, "multipleOf": 5}),
                Parameter(name="b", location="query", schema={"type": "array", "items": {"type": "string", "maxLength": 1}, "maxItems": 3, "uniqueItems": True}, required=False, deprecated=True),
                Parameter(name="c", schema={"type": "string", "pattern": "^x"}, required=False, default=Default(value=""), examples=(Example(value="xy"), Example(value="xz"))),
                Parameter(name="d", schema={"enum": list(range(12))}, required=False, default=Default(value=None)),
                Parameter(name="e", location="file", multiple=True),
                Parameter(name="g", schema={"type": "integer", "minimum": 2, "exclusiveMaximum": 9.5, "minLength": 1, "readOnly": True}),
            ),
        )
    )  # fmt: skip
    parts = {
        name: words(text) for name, text in re.findall(r'<li class="api-field" id="f\.(\w)"(.*?)</li>', html, re.DOTALL)
    }
    assert parts["a"].endswith("a integer required at least 1 a multiple of 5")
    many = one(Endpoint(name="f", parameters=(Parameter(name="a", schema={"enum": list(range(200))}),)))
    assert "<summary>200 values</summary>" in many and "<code>199</code>" in many
    assert parts["b"].endswith(
        "b array of string optional deprecated at most 3 items no item twice each at most 1 character"
    )
    assert parts["c"].endswith('c string default "" matches ^x Examples: "xy" , "xz"')
    assert parts["d"].endswith("default null 0 1 2 3 4 5 6 7 8 9 10 11")
    assert parts["e"].endswith("e files required")
    assert parts["g"].endswith("g integer required at least 2 less than 9.5 at least 1 character read-only")


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"$ref": "#/components/schemas/Place"}, ["Place: name city country"]),
        ({"type": "array", "items": {"$ref": "#/components/schemas/Place"}}, ["Place: name city country"]),
        ({"type": "object", "additionalProperties": {"$ref": "#/components/schemas/Place"}}, ["Place: name city country"]),
        ({"anyOf": [{"$ref": "#/components/schemas/Place"}, {"type": "null"}]}, ["Place: name city country"]),
        ({"oneOf": [{"$ref": "#/components/schemas/Place"}, {"type": "object", "properties": {"x": {}}}]}, ["Place: name city country", "1 field: x"]),
        ({"allOf": [{"properties": {"x": {}}}, {"$ref": "#/components/schemas/Place"}]}, ["4 fields: x name city country"]),
        ({"type": "array", "prefixItems": [{"type": "object", "properties": {"x": {}}}, True]}, ["1 field: x"]),
        ({"type": "array", "prefixItems": [{"title": "x"}, {"title": "y"}]}, ["2 fields: [0] x [1] y"]),
        ({"anyOf": [{"$ref": "#/components/schemas/Place"}, {"$ref": "#/components/schemas/Place", "title": "Other"}]}, ["Place: name city country"]),
        ({"type": "object", "properties": {"x": {}}, "additionalProperties": {"type": "integer"}}, ["2 fields: x any other key"]),
        ({"type": "string"}, []),
        (True, []),
        ({"$ref": "#/components/schemas/Gone"}, []),
    ],
)  # fmt: skip
def test_nested_fields_unfold(schema: Any, expected: list[str]) -> None:
    html = one(Endpoint(name="f", parameters=(Parameter(name="p", schema=schema),)))
    found = re.findall(
        r'<summary>(?:Fields of <span class="api-type">)?([^<]+)(?:</span>)?</summary>\n(.*?)</details>',
        html,
        re.DOTALL,
    )
    names = [f"{label}: {' '.join(re.findall(r'api-name.?>([^<]+)<', text))}" for label, text in found]
    assert names == expected


def test_fields_that_a_caller_gives_are_marked_at_every_depth() -> None:
    inner = {"type": "object", "properties": {"x": {}, "y": {}}, "required": ["x"]}
    outer = {"type": "object", "properties": {"inner": inner, "more": inner}, "required": ["inner"]}
    content = (MediaType(schema=outer),)
    html = one(
        Endpoint(name="e", request_body=RequestBody(content=content, required=True), result=Result(schema=outer))
    )
    given, _, gotten = html.partition(">Result<")
    assert words(given).count("required") == 4  # the body, inner, and x of each
    assert words(given).count("optional") == 3  # more, and y of each
    assert "required" not in words(gotten)


def test_recursion_ends_in_a_link() -> None:
    html = one(Endpoint(name="f", parameters=(Parameter(name="p", schema={"$ref": "#/components/schemas/Expense"}),)))
    assert html.count(">corrects<") == 1
    assert '<a href="../schemas/#Expense">Expense</a> | null' in html


def test_deep_and_wide_objects_are_cut_with_links() -> None:
    deep: dict[str, Any] = {
        f"D{n}": {
            "type": "object",
            "properties": {f"f{i}": {"$ref": f"#/components/schemas/D{n + 1}"} for i in range(4)},
        }
        for n in range(9)
    }
    deep["D9"] = {"type": "object", "properties": {"end": {"type": "string"}}}
    html = one(
        Endpoint(name="f", parameters=(Parameter(name="p", schema={"$ref": "#/components/schemas/D0"}),)), schemas=deep
    )
    assert html.count('class="api-field"') < 150
    assert '<a href="../schemas/#D3">D3</a>' in html
    assert ">D4<" not in html


def test_answers_and_errors() -> None:
    html = one(
        Endpoint(
            name="f",
            result=Result(schema={"type": "integer", "maximum": 9}, status="201", headers={"X-Left": {"schema": {"type": "integer"}, "description": "How many."}}),
            responses=(
                Response(status="404", description="No *such* thing."),
                Response(status="5XX", content=(MediaType(type="text/plain", schema={"type": "string"}),)),
                Response(status="default", content=(MediaType(schema={"type": "integer"}, examples=(Example(value=42),)),)),
                Response(status="302"),
            ),
        ),
        source="openapi",
    )  # fmt: skip
    parts = [
        words(text)
        for text in re.findall(
            r'<li class="api-field api-response"[^>]*>(.*?)(?=<li class="api-field api-resp|</div>\n</div>\n<!--)',
            html,
            re.DOTALL,
        )
    ]
    assert parts[0] == "201 integer at most 9 Headers X-Left integer How many. Other answers"
    assert parts[1] == "302 Found Errors"
    assert parts[2] == "404 No such thing."
    assert parts[3] == "5XX string text/plain Server error"
    assert parts[4] == "default integer Any other"
    assert re.findall(r'<div class="tabbed-block" data-status="(\w+)">', html) == ["201", "default"]
    assert "42" in html[html.index('<div class="tabbed-block" data-status="default"') :]


def test_functions_answer_problems() -> None:
    html = one(
        Endpoint(
            name="f",
            parameters=(Parameter(name="a/b", schema={"type": "integer"}),),
            responses=(Response(status="404", description="Gone."),),
        )
    )
    assert '"status": 404' in unescape(re.sub("<[^>]+>", "", html))
    assert '"detail": "Gone."' in unescape(re.sub("<[^>]+>", "", html))
    assert '"pointer": "/a~1b"' in unescape(re.sub("<[^>]+>", "", html))
    assert 'data-status="422"' not in one(Endpoint(name="f"))
    assert '"pointer": "/a"' in unescape(
        re.sub("<[^>]+>", "", one(Endpoint(name="f", parameters=(Parameter(name="a", required=False),))))
    )


def test_streams_files_and_queues_are_explained() -> None:
    html = page(kitty())
    notes = {
        name: re.findall(r'data-note="(\w+)"', text)
        for name, text in re.findall(r'data-endpoint="(\w+)"(.*?)<aside', html, re.DOTALL)
    }
    assert notes == {
        "list_expenses": [], "add_expense": [], "monthly_totals": ["stream"], "import_expenses": ["upload"],
        "export_expenses": ["download"], "balance_of": [],
    }  # fmt: skip
    queue = one(
        Endpoint(name="f", call=GradioCall(api_name="f", prefix="/gradio_api"), result=Result()), source="gradio"
    )
    assert 'data-note="queue"' in queue
    assert (
        'data-protocol="gradio" data-method="POST" data-path="/gradio_api/call/f" data-media-type="application/json"'
        in queue
    )
    for value, shown in {
        "now": "data: now", 1: "data: 1", "event: a\ndata: 1\n\n": "event: a\ndata: 1", None: "data: null",
    }.items():  # fmt: skip
        events = Result(streaming=True, media_type="text/event-stream", examples=(Example(value=value),))
        html = one(Endpoint(name="f", result=events), source="openapi")
        assert 'data-note="events"' in html
        assert f"<code>{shown}\n" in re.sub("</?span[^>]*>", "", html)
    whole = Result(
        streaming=True, media_type="text/event-stream", examples=(Example(value={"event": "a", "data": "1"}),)
    )
    assert "event: a\ndata: 1\n" in one(Endpoint(name="f", result=whole), source="openapi")
    lines = one(Endpoint(name="f", result=Result(streaming=True, media_type="application/x-ndjson")), source="openapi")
    assert 'data-note="lines"' in lines


def test_other_answers_are_no_errors() -> None:
    responses = tuple(Response(status=status) for status in ("201", "303", "404", "default"))
    html = words(one(Endpoint(name="f", result=Result(), responses=responses), source="openapi"))
    assert "Other answers 201 303 See Other Errors 404 Not Found default" in html
    assert "Errors" not in words(one(Endpoint(name="f", responses=responses[:1]), source="openapi"))


def test_documents_show_summaries_bodies_and_security() -> None:
    api = Api(
        title="T",
        source="openapi",
        document={"openapi": "3.1.0"},
        security=({"key": []},),
        security_schemes={
            "key": {"type": "apiKey", "in": "header", "name": "X-Key", "description": "Ask *us*."},
            "login": {"type": "oauth2", "flows": {"implicit": {"authorizationUrl": "https://a.example/"}, "password": {"tokenUrl": "javascript:x"}}},
            "open": {"type": "openIdConnect", "openIdConnectUrl": "https://o.example/"},
        },
        contact=Contact(name="Us", email="us@x.example"),
        terms_of_service="https://t.example",
        external_docs={"url": "https://d.example"},
        endpoints=(
            Endpoint(name="op-1", summary="Make a thing", request_body=RequestBody(content=(MediaType(type="text/csv", schema={"type": "string", "maxLength": 9}),), required=True, description="Rows."), external_docs={"url": "https://e.example", "description": "More"}),
            Endpoint(name="op-2", security=()),
            Endpoint(name="op-3", security=({}, {"key": [], "login": []})),
            Endpoint(name="op-4", callable=False, overloads=("f(x: int) -> int",)),
        ),
    )  # fmt: skip
    html = page(api)
    assert "POST</span> Make a thing {#op-1 .api-heading}" in html
    assert "Request body text/csv string required Rows. at most 9 characters" in words(html)
    badges = [
        re.findall(r'badge-security" href="../#authentication">([^<]+)<', text)
        for text in html.split('<div class="api-endpoint"')[1:]
    ]
    assert badges == [["needs key"], [], ["optional: key + login"], ["needs key"]]
    assert '<a href="https://e.example" rel="nofollow noopener">More</a>' in html
    assert "not callable" in html
    assert "call.op-4" not in html
    overview = page(api, "index.md")
    assert "key API key in the header X-Key Ask us ." in words(overview)
    assert (
        '<a href="https://a.example/" rel="nofollow noopener">authorize</a> <a href="#" rel="nofollow noopener">token</a>'
        in overview
    )
    for href in ("mailto:us@x.example", "https://t.example", "https://d.example", "https://o.example/"):
        assert f'href="{href}"' in overview


def test_the_first_call_needs_little() -> None:
    def name(*endpoints: Endpoint) -> str:
        html = page(Api(title="T", endpoints=endpoints), "index.md")
        return words(re.findall(r'<p class="api-card-title">(.*?)</p>', html)[0])

    hard = Endpoint(name="hard", parameters=(Parameter(name="a", schema={"type": "string"}),), result=Result())
    assert name(hard, Endpoint(name="easy", result=Result())) == "Try easy"
    assert name(Endpoint(name="old", deprecated=True, result=Result()), hard) == "Try hard"
    assert (
        name(Endpoint(name="upload", parameters=(Parameter(name="f", location="file"),), result=Result()), hard)
        == "Try hard"
    )
    assert name(Endpoint(name="shown", examples=(Example(value={}),), result=Result()), hard) == "Try shown"
    body = Endpoint(name="body", request_body=RequestBody(content=(MediaType(),)), result=Result())
    locked = Endpoint(name="locked", security=({"key": []},), result=Result())
    assert name(locked, body, hard) == "Try hard"
    told = Endpoint(name="told", parameters=hard.parameters * 2, result=Result(schema={"type": "object"}))
    assert name(hard, told) == "Try told"


@pytest.mark.parametrize(
    ("summary", "description", "lead", "body"),
    [
        ("", "One line.\n\nMore.", "One line.", "More."),
        ("S", "One line.\n\nMore.", "S", "One line. More."),
        ("Same.", "Same.\n\nMore.", "Same.", "More."),
        ("", "# Heading\n\nMore.", "", "Heading More."),
        ("", "x" * 200, "", "x" * 200),
    ],
)
def test_the_overview_says_nothing_twice(summary: str, description: str, lead: str, body: str) -> None:
    html = page(Api(title="T", version="7", summary=summary, description=description), "index.md")
    assert words(re.findall(r'<p class="api-summary">(.*?)</p>', html)[0]) == f"{lead} version 7".strip()
    assert words(re.findall(r'<div class="api-words">(.*?)</div>\n<dl', html, re.DOTALL)[0]) == body


def test_the_list_of_endpoints_says_where_those_are_whose_names_say_what_for() -> None:
    made = Endpoint(name="op", summary="List pets", call=HttpCall(method="GET", path="/pets"))
    html = page(Api(title="T", source="openapi", document={"openapi": "3.1.0"}, endpoints=(made,)), "index.md")
    assert "GET List pets /pets" in words(html)


def test_the_list_of_endpoints_says_what_each_is_for() -> None:
    endpoints = (
        Endpoint(name="a", summary="In *short*.", description="At length."),
        Endpoint(name="b", description="<p>Gives <b>all</b> of v1.5 & more. Then some.</p>\n\nAnd more."),
        Endpoint(name="c"),
    )
    html = page(Api(title="T", endpoints=endpoints), "index.md")
    spans = re.findall(r"</code></a> <span>(.*?)</span>", html)
    assert spans == ["In *short*.", "Gives all of v1.5 &amp; more.", ""]


def test_servers() -> None:
    api = Api(title="T", servers=(Server(url="https://a.example", description="Live"), Server(url="https://b.example")))
    assert "Base URL https://a.example Live https://b.example" in words(page(api, "index.md"))
    assert "Base URL https://c.example Auth" in words(page(api, "index.md", base_url="https://c.example"))


def test_answers_without_examples_have_no_samples() -> None:
    html = one(Endpoint(name="f", parameters=(Parameter(name="p", schema=False),), result=Result(schema=False)))
    assert 'data-endpoint="f"' in html
    samples = html.partition('class="api-card api-answers"')[2].partition("</aside>")[0]
    assert "422" in samples and "api-status-success" not in samples


def test_anchors_stay_apart() -> None:
    names = ["a b", "a-b", "A-b", "connect", "tag-x", "__search"]
    api = Api(
        title="T",
        tags=(Tag(name="x"),),
        endpoints=tuple(
            Endpoint(name=n, tags=("x",), parameters=(Parameter(name="p"), Parameter(name="p", location="query")))
            for n in names
        ),
    )
    ids = re.findall(r'\{#(\S+)|\sid="([^"]+)"', page(api))
    flat = ["".join(pair) for pair in ids]
    assert len({i.lower() for i in flat}) == len(flat)
    assert flat[:1] == ["tag-x"]
    assert {"A-b.p-body", "A-b.p-query"} <= set(flat)


def test_pages_of_nasty_text_are_markdown_that_nothing_reads_into() -> None:
    for path, text in Pages(nasty(), OPTIONS).render().items():
        if path.endswith(".md"):
            front, body = DATA.sub("", str(text)).split("\n---\n", 1)
            assert "<" not in front
            assert not re.search(r"[`~]|\{\{|\{%|\{:|--8<--", body, re.MULTILINE), path
            assert set(re.findall(r"\{[^}]*\}", body)) <= set(re.findall(r"\{#[\w-]+(?: \.api-\w+)?\}", body)), path
            assert len(re.findall("<!-- block -->", body)) == len(re.findall("<!-- /block -->", body))


@pytest.mark.parametrize("template", [f"{folder}/{kind}" for folder in ("pages", "copies") for kind in KINDS.values()])
def test_templates_use_what_their_context_has(template: str) -> None:
    """Each name that a template looks up is a field of the context that its first line names."""
    source = (templates_dir() / f"{template}.md.jinja").read_text(encoding="utf-8")
    name = re.match(
        r"\{# .*Context: the fields of (\w+) \(apispec/rendering/pages/context.py\)\. #\}", source, re.DOTALL
    )
    assert name is not None
    fields = {field.name for field in dataclasses.fields(getattr(context, name.group(1)))}
    environment = jinja2.Environment()
    environment.filters.update(dict.fromkeys(("front", "fenced", "quoted", "line"), str))
    tree = environment.parse(source)
    own = {node.target for node in tree.find_all(jinja2.nodes.Import)} | {
        n.name for n in tree.find_all(jinja2.nodes.Macro)
    }
    own |= {n.target.name for n in tree.find_all(jinja2.nodes.AssignBlock)} | {"_", "_n"}
    asked = jinja2.meta.find_undeclared_variables(tree) - own
    assert asked <= fields
    kind = template.split("/")[1]
    assert {type(make()) for k, make in Pages(kitty(), OPTIONS)._contents.values() if k == kind} == {
        getattr(context, name.group(1))
    }


def test_every_field_of_the_contexts_is_described_or_plain() -> None:
    """A newcomer finds what a field means: in its name, or in the string below it."""
    source = Path(str(context.__file__)).read_text(encoding="utf-8")
    for view in re.findall(r"^class (\w+)", source, re.MULTILINE):
        assert getattr(context, view).__doc__.strip(), view


def test_every_template_begins_with_a_comment_that_names_its_context() -> None:
    for folder in ("pages", "copies"):
        for path in (templates_dir() / folder).rglob("*.jinja"):
            if path.parent.name != "notes":
                assert re.match(r"\{# .*?Context.*?#\}", path.read_text(encoding="utf-8"), re.DOTALL), path


def test_users_templates_replace_parts(tmp_path: Path) -> None:
    folder = tmp_path / "pages" / "notes"
    folder.mkdir(parents=True)
    (folder / "stream.html.jinja").write_text("<p>Our streams are special.</p>", encoding="utf-8")
    (tmp_path / "pages" / "overview.md.jinja").write_text(
        '{% extends "apispec/pages/overview.md.jinja" %}{% block access %}<p>{{ api_title }}, ask {{ "<us>" }}.</p>{% endblock %}',
        encoding="utf-8",
    )
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "apispec.css").write_text("/* ours */", encoding="utf-8")
    made = Pages(kitty(), PagesOptions(template_dirs=(str(tmp_path),))).render()
    assert "Our streams are special." in str(made["reference/index.md"])
    assert "<p>Kitty, ask &lt;us&gt;.</p>" in str(made["index.md"])
    assert "Base URL" not in str(made["index.md"])
    assert str(made["assets/apispec.css"]).startswith("/* ours */\n")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{% if %}", "pages/overview.md.jinja:1: TemplateSyntaxError"),
        ("{{ nothing }}", "UndefinedError: 'nothing' is undefined"),
    ],
)
def test_wrong_templates_are_explained(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "overview.md.jinja").write_text(text, encoding="utf-8")
    with pytest.raises(TemplateError, match=re.escape(message)):
        Pages(kitty(), PagesOptions(template_dirs=(str(tmp_path),))).render()


def test_documents_keep_their_other_media_types_samples_and_outputs() -> None:
    html = one(
        Endpoint(
            name="f",
            request_body=RequestBody(content=(MediaType(schema={"type": "object"}), MediaType(type="application/xml"))),
            result=Result(schema={}, other_content=(MediaType(type="text/csv"),), fields=(ResultField(name="label", schema={"type": "string"}),)),
            responses=(Response(status="404", content=(MediaType(), MediaType(type="text/plain"))),),
            code_samples=({"lang": "Ruby", "source": "puts 1"}, {"lang": "Python", "source": "theirs"}, {"lang": "Go"}),
        ),
        source="openapi",
    )  # fmt: skip
    assert re.findall(r"Also as ([^<]+)<", html) == ["application/xml", "text/csv", "text/plain"]
    assert re.findall(r'<label for="call[^>]*>([^<]+)</label>', html) == [
        "Ruby", "Python (author&#39;s)", "Python", "JavaScript", "cURL",
    ]  # fmt: skip
    assert "theirs" in html
    assert '<code class="api-name">label</code> <span class="api-type">string</span>' in html


def test_values_with_names_and_words_of_their_own() -> None:
    lists = {"enum": [1, 2], "x-enum-varnames": ["ONE", "TWO"], "x-enum-descriptions": ["The <first>."]}
    mapped = {"enum": ["a", "b"], "x-enumDescriptions": {"b": "Second."}}
    made = Pages(Api(title="T", endpoints=(Endpoint(name="f", parameters=(Parameter(name="p", schema=lists), Parameter(name="q", schema=mapped))),)))  # fmt: skip
    html, copy = str(made.render()["reference/index.md"]), str(made.copies()["reference/index.md"])
    assert "1 ONE The <first>. 2 TWO" in words(html) and '"b" Second.' in words(html)
    assert "`1` ONE: The <first>.; `2` TWO." in copy and '`"b"`: Second.' in copy


def test_links_of_other_viewers_are_led_here_where_they_are_known() -> None:
    text = "See [one](#operation/get_it), [two](#tag/a-b/operation/get_it), [three](#tag/a-b), [four](#operation/gone)."
    tag, call = Tag(name="a b"), HttpCall(method="GET", path="/it", operation_id="get_it")
    made = Pages(Api(title="T", description=text, tags=(tag,), endpoints=(Endpoint(name="get-it", tags=("a b",), call=call),)))  # fmt: skip
    for found in (str(made.render()["index.md"]), str(made.copies()["index.md"])):
        assert found.count("reference/#get_it") >= 2 and "reference/#tag-a-b" in found
        assert found.count("#operation/") == 1, "nobody knows where that is"
