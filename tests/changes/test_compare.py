"""Comparisons that the examples of the kinds don't reach: what the server calls, Swagger, security, other files."""

from __future__ import annotations

import copy
from datetime import date
from typing import Any

import pytest

from apispec.changes import changelog_comment, changelog_page, compare
from apispec.changes.bump import Bump, is_enough, needed, suggested
from apispec.changes.run import diff
from apispec.documents import from_data, load
from apispec.errors import DocumentError
from apispec.rules.examples import document

TODAY = date(2026, 1, 1)


def found(before: Any, after: Any) -> set[str]:
    before, after = (document(side) if isinstance(side, str) else side for side in (before, after))
    return {change.kind for change in compare(before, after, today=TODAY)}


WEBHOOK = """
webhooks:
  new_pet:
    post:
      parameters: [{{name: X-Id, in: header, {} schema: {{type: string}}}}]
      requestBody: {{ {} content: {{application/json: {{schema: {}}}}}}}
      responses: {{"200": {{description: OK, content: {{application/json: {{schema: {}}}}}}}}}
"""


def webhook(header: str = "", body: str = "", sent: str = "{type: object}", answer: str = "{type: object}") -> str:
    return WEBHOOK.format(header, body, sent, answer)


@pytest.mark.parametrize(
    ("before", "after", "kinds", "back"),
    [
        (
            webhook(sent="{enum: [a]}"),
            webhook(sent="{enum: [a, b]}"),
            {"response-enum-widened"},
            {"response-enum-narrowed"},
        ),
        (
            webhook(answer="{enum: [a]}"),
            webhook(answer="{enum: [a, b]}"),
            {"request-enum-widened"},
            {"request-enum-narrowed"},
        ),
        (webhook("required: true,"), webhook(), {"response-required-widened"}, {"response-required-narrowed"}),
        (webhook(body="required: true,"), webhook(), {"response-required-widened"}, {"response-required-narrowed"}),
        (
            webhook(),
            webhook().replace("X-Id", "X-Other"),
            {"response-property-widened", "response-property-narrowed"},
            None,
        ),
        (
            webhook(),
            webhook().replace("requestBody: {  content: {application/json: {schema: {type: object}}}}", "summary: S"),
            {"response-property-widened"},
            {"response-property-narrowed"},
        ),
    ],
)
def test_what_the_server_sends_is_read_like_a_response(
    before: str, after: str, kinds: set[str], back: set[str] | None
) -> None:
    assert found(before, after) == kinds
    assert found(after, before) == (kinds if back is None else back)


def test_callbacks_are_compared_inside() -> None:
    before = 'post: {callbacks: {done: {"{$request.body#/url}": {post: {requestBody: {content: {application/json: {schema: {enum: [a]}}}}, responses: {}}}}}}'
    after = before.replace("[a]", "[a, b]")
    [change] = compare(document(before), document(after), today=TODAY)
    assert (change.kind, change.subjects) == ("response-enum-widened", ("POST /example",))
    assert change.where == "callback done, request body"


SWAGGER: dict[str, Any] = {
    "swagger": "2.0",
    "info": {"title": "T", "version": "1.0.0"},
    "host": "example.com",
    "basePath": "/v1",
    "schemes": ["https"],
    "consumes": ["application/json"],
    "produces": ["application/json"],
    "securityDefinitions": {"key": {"type": "apiKey", "in": "header", "name": "X-Key"}},
    "paths": {
        "/a/{id}": {
            "parameters": [{"name": "id", "in": "path", "required": True, "type": "string"}],
            "post": {
                "parameters": [
                    {"name": "q", "in": "query", "type": "string"},
                    {"name": "body", "in": "body", "schema": {"$ref": "#/definitions/P"}},
                ],
                "responses": {
                    "200": {
                        "description": "OK",
                        "schema": {"$ref": "#/definitions/P"},
                        "headers": {"X-A": {"type": "string"}},
                    }
                },
            },
            "put": {
                "parameters": [
                    {"name": "f", "in": "formData", "type": "string", "required": True},
                    {"name": "g", "in": "formData", "type": "file"},
                ],
                "responses": {"200": {"description": "OK"}},
            },
        }
    },
    "definitions": {"P": {"type": "object", "properties": {"n": {"type": "integer", "enum": [1, 2]}}}},
}


@pytest.mark.parametrize(
    ("edit", "kinds"),
    [
        (lambda d: None, set()),
        (lambda d: d["definitions"]["P"]["properties"]["n"].update(enum=[1]), {"request-enum-narrowed", "response-enum-narrowed"}),
        (lambda d: d["paths"]["/a/{id}"]["post"]["parameters"][0].update(type="integer"), {"request-type-narrowed", "request-type-widened"}),
        (lambda d: d["paths"]["/a/{id}"]["put"]["parameters"].pop(), {"request-property-widened", "request-media-type-added"}),
        (lambda d: d["paths"]["/a/{id}"]["put"]["parameters"][1].update(required=True), {"request-required-narrowed"}),
        (lambda d: d["paths"]["/a/{id}"]["put"]["parameters"].clear(), {"required-body-removed"}),
        (lambda d: d.update(consumes=["application/xml"]), {"request-media-type-removed", "request-media-type-added"}),
        (lambda d: d.update(produces=["application/json", "text/csv"]), {"response-media-type-added"}),
        (lambda d: d["paths"]["/a/{id}"]["post"]["responses"]["200"]["headers"]["X-A"].update(type="integer"), {"response-type-narrowed", "response-type-widened"}),
        (lambda d: d.update(host="other.com"), {"server-removed", "server-added"}),
        (lambda d: d.update(security=[{"key": []}]), {"security-tightened"}),
    ],
)  # fmt: skip
def test_swagger_documents_are_compared(edit: Any, kinds: set[str]) -> None:
    changed = copy.deepcopy(SWAGGER)
    edit(changed)
    assert found(SWAGGER, changed) == kinds


def test_a_renamed_security_scheme_is_no_change_but_fewer_ways_are() -> None:
    schemes = (
        "components: {securitySchemes: {%s: {type: http, scheme: bearer}, key: {type: apiKey, in: header, name: K}}}"
    )
    one, two = ("get: {security: [{%s: []}, {key: []}]}\n" % name + schemes % name for name in ("a", "b"))  # noqa: UP031
    assert found(one, two) == set()
    assert found(one, one.replace(", {key: []}]", "]")) == {"security-tightened"}
    assert found(one, one.replace("[{a: []}, {key: []}]", "[{a: [], key: []}]")) == {"security-tightened"}
    oauth = "get: {security: [{o: [r]}]}\ncomponents: {securitySchemes: {o: {type: oauth2, flows: {clientCredentials: {tokenUrl: 'https://e.com', scopes: {r: R, w: W}}}}}}"
    assert found(oauth, oauth.replace("[r]", "[r, w]")) == {"security-tightened"}
    assert found(oauth, oauth.replace("https://e.com", "https://f.com")) == {"security-scheme-changed"}


def test_servers_of_operations_and_paths_that_trade_places() -> None:
    servers = "get: {servers: [{url: 'https://a.com'}]}"
    assert found(servers, servers.replace("a.com", "b.com")) == {"server-removed", "server-added"}
    both = "/a/{x}: {get: {operationId: one}}\n/b/{x}: {get: {operationId: two}}"
    assert found(both, both.replace("/a/{x}", "/c/{x}")) == {"path-removed", "path-added"}
    assert found("/a: {get: {deprecated: true}}", "/b: {get: {}}") == {"deprecated-operation-removed", "path-added"}
    assert found("/a: {get: {}}", "/a: {x-nothing: 1}") == {"operation-removed"}
    assert found("/a: {x-nothing: 1}", "/a: {get: {}}") == {"operation-added"}


def test_a_parameter_that_looks_renamed_is_named() -> None:
    old, new = ("get: {parameters: [{name: %s, in: query, schema: {type: integer}}]}" % name for name in ("a", "b"))  # noqa: UP031
    [gone] = [change for change in compare(document(old), document(new)) if change.kind == "parameter-removed"]
    assert "Perhaps it was renamed: 'b' is new and has the same schema." in gone.message


def test_sunset_dates_that_have_not_come_keep_a_removal_breaking() -> None:
    before = '/a: {get: {}, post: {deprecated: true, x-sunset: "2027-01-01"}}'
    assert found(before, "/a: {get: {}}") == {"operation-removed"}


def test_items_and_variants_below() -> None:
    old = "{type: array, prefixItems: [{type: integer}], items: {type: string}}"
    new = "{type: array, prefixItems: [{type: integer}, {type: integer}], items: {type: string}}"
    wrap = "post: {requestBody: {content: {application/json: {schema: %s}}}}"
    changes = compare(document(wrap % old), document(wrap % new), today=TODAY)
    assert {(change.kind, change.where) for change in changes} == {
        ("request-type-narrowed", "request body, `[1]`"), ("request-type-widened", "request body, `[1]`"),
    }  # fmt: skip
    variants = "{oneOf: [{type: object, properties: {kind: {const: a}, x: {type: integer}}, required: [kind]}, {type: string}]}"
    changes = compare(
        document(wrap % variants), document(wrap % variants.replace("x: {type: integer}", "x: {type: boolean}"))
    )
    assert {change.kind for change in changes} == {"request-type-narrowed", "request-type-widened"}
    choice = "{allOf: [{anyOf: [{minLength: 1}, {maxLength: 5}]}], type: string}"
    assert found(wrap % choice, wrap % "{type: string}") == {"request-variant-widened"}
    assert found(wrap % "{type: string}", wrap % choice) == {"request-variant-narrowed"}


@pytest.mark.parametrize(
    ("version", "bump", "next_version"),
    [
        ("1.2.3", Bump.MAJOR, "2.0.0"), ("1.2.3", Bump.MINOR, "1.3.0"), ("1.2.3", Bump.PATCH, "1.2.4"), ("1.2.3", Bump.NONE, "1.2.3"),
        ("0.2.3", Bump.MAJOR, "0.3.0"), ("0.2.3", Bump.MINOR, "0.2.4"), ("v1", Bump.MAJOR, "2.0.0"), ("2.0.0-rc.1+x", Bump.PATCH, "2.0.1"),
        ("next", Bump.MAJOR, ""), (1.0, Bump.MAJOR, ""), (None, Bump.MAJOR, ""),
    ],
)  # fmt: skip
def test_the_next_version(version: Any, bump: Bump, next_version: str) -> None:
    assert suggested(version, bump) == next_version
    if next_version:
        assert is_enough(version, next_version, bump) is True
        assert is_enough(version, "0.0.0", bump) is False
    else:
        assert is_enough(version, "1.0.0", bump) is None


def test_needed_bumps() -> None:
    assert needed([], same=True) is Bump.NONE
    assert needed([], same=False) is Bump.PATCH
    one, two = document("get: {}"), document("/example: {get: {}, post: {}}")
    assert needed(compare(one, two), same=False) is Bump.MINOR
    assert needed(compare(two, one), same=False) is Bump.MAJOR


def test_changelogs_keep_names_as_text() -> None:
    nasty = "`</summary>|<b>*x*"
    before = document("/a: {get: {}}")
    after = copy.deepcopy(before)
    after["paths"]["/a"]["get"]["parameters"] = [
        {"name": nasty, "in": "query", "required": True, "schema": {"type": "string"}}
    ]
    changes = compare(before, after)
    for text in (
        changelog_comment(changes, base="a", revision="b", notes=["N"]),
        changelog_page(changes, base="a", revision="b"),
    ):
        outside = "".join(text.split("``")[::2])
        assert "<b>" not in outside.replace("\\<b\\>", "")
    assert "No changes that callers could notice." in changelog_comment([], base="a", revision="b")
    assert "No changes that callers could notice." in changelog_page([], base="a", revision="b")
    many = compare(document("\n".join(f"/p{n}: {{get: {{}}}}" for n in range(300))), document("paths: {}"))
    assert "… and 100 more" in changelog_comment(many, base="a", revision="b")


def test_what_is_no_document_cannot_be_compared() -> None:
    good = from_data(document("get: {}"))
    for bad in (from_data({}), from_data([]), load("x.json", text="{")):
        with pytest.raises(DocumentError):
            diff(good, bad)
        with pytest.raises(DocumentError):
            diff(bad, good)


CLOSED = "post: {operationId: f, requestBody: {content: {application/json: {schema: {type: object, properties: {%s: {type: integer}}, required: [%s], additionalProperties: false}}}}}"


def test_a_renamed_argument_names_the_new_one_and_who_breaks() -> None:
    before, after = (document(CLOSED % (name, name)) for name in ("a", "first"))
    by_kind = {change.kind: change for change in compare(before, after, today=TODAY)}
    gone = by_kind["request-closed-property-narrowed"]
    assert "perhaps it was renamed: 'first' is new and has the same schema" in gone.message
    assert [str(impact) for impact in gone.breaks] == [
        "HTTP callers: POST /example refuses calls with `a`.",
        "Python and JavaScript code: the argument `a` of f is gone.",
        "MCP clients: the tool f does not take the input `a` any more.",
    ]
    assert "HTTP callers: POST /example refuses calls without `first`." in map(
        str, by_kind["request-required-property-narrowed"].breaks
    )
