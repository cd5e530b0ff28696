"""What the source of a view says of its request and its answers, in the words of each framework."""

# mypy: ignore-errors
# ruff: noqa

from __future__ import annotations

import functools
import json
from typing import Any

import pytest

from apispec.sources.frameworks.building import Route, document
from apispec.sources.frameworks.joining import joined

request: Any = None


def flask_list():
    page = request.args.get("page", 1, type=int)
    tags = request.args.getlist("tag")
    if "q" in request.args:
        return jsonify([page, tags])
    return jsonify([])


def flask_write():
    data = request.get_json() or {}
    name, price = data["name"], data.get("price", 0.5)
    return jsonify(id=1, name=name, price=price), 201


def flask_both(key):
    if request.method == "DELETE":
        return "", 204
    if request.method in ("PUT", "PATCH"):
        return {"got": request.json["x"]}
    return {"key": key, "found": Thing.query.get_or_404(key).name}


def flask_upload():
    sent = request.files["file"]
    if not sent.filename:
        abort(400)
    return {"title": request.form.get("title"), "size": len(sent.read())}


async def aiohttp_upload(request):
    data = await request.post()
    return web.json_response({"n": len(data["image"].file.read()), "to": data["to"]}, status=201)


async def starlette_search(request: Request):
    q, n = request.query_params["q"], int(request.query_params.get("n", "5"))
    return JSONResponse({"q": q, "n": n}, headers={"X-Of": request.headers.get("X-Trace-Id", "")})


def django_hook(request):
    data = json.loads(request.body)
    try:
        level = int(request.GET["level"])
    except KeyError:
        level = 0
    return JsonResponse({"got": data["event"], "level": level}, status=202)


def django_page(request):
    try:
        name = request.GET["name"]
    except KeyError:
        return HttpResponseBadRequest("no name")
    return render(request, "page.html", {"name": name})


class Falcon:
    def on_post(self, req, resp):
        limit = req.get_param_as_int("limit", default=10, min_value=1)
        word = req.get_param("word", required=True)
        if not req.media["name"]:
            raise falcon.HTTPBadRequest
        resp.status = falcon.HTTP_201
        resp.media = {"limit": limit, "word": word}


def chalice_view():
    asked = app.current_request
    return {"x": app.current_request.json_body["x"], "q": app.current_request.query_params.get("q")}


def streamed():
    return Response(events(), mimetype="text/event-stream")


def moved():
    return redirect("/elsewhere")


def guarded(f):
    @functools.wraps(f)
    def inner(*args):
        if request.headers.get("X-Token") != "s":
            return jsonify(message="no"), 401
        return f(*args)

    return inner


@guarded
def kept():
    return {"ok": True}


def computed(request):
    name = pick()
    return something(request.args[name], request.form.get(name))


def body_of(made: dict[str, Any], media: str = "application/json") -> dict[str, Any]:
    return made["requestBody"]["content"][media]["schema"]


def operation(function: Any, method: str = "GET", *others: str) -> dict[str, Any]:
    made = document("T", [Route("/x", (method, *others), function)])
    return made["paths"]["/x"][method.lower()]


def parameters(made: dict[str, Any]) -> dict[str, tuple[str, bool, dict[str, Any]]]:
    return {p["name"]: (p["in"], p["required"], p["schema"]) for p in made.get("parameters", ())}


def test_queries() -> None:
    assert parameters(operation(flask_list)) == {
        "page": ("query", False, {"type": "integer", "default": 1}),
        "tag": ("query", False, {"type": "array", "items": {"type": "string"}}),
        "q": ("query", False, {"type": "string"}),
    }
    made = operation(starlette_search)
    assert parameters(made) == {
        "q": ("query", True, {"type": "string"}),
        "n": ("query", False, {"type": "integer", "default": 5}),
        "X-Trace-Id": ("header", False, {"type": "string"}),
    }
    falcon = operation(Falcon().on_post, "POST")
    assert parameters(falcon) == {
        "limit": ("query", False, {"type": "integer", "default": 10, "minimum": 1}),
        "word": ("query", True, {"type": "string"}),
    }
    assert set(falcon["responses"]) == {"201", "400"}
    assert falcon["responses"]["201"]["content"]["application/json"]["schema"]["type"] == "object"
    assert parameters(operation(django_hook, "POST"))["level"] == ("query", False, {"type": "integer"})
    assert parameters(operation(django_page))["name"][1] is True


def test_bodies_and_statuses() -> None:
    made = operation(flask_write, "POST")
    assert body_of(made) == {
        "type": "object",
        "properties": {"name": {}, "price": {"type": "number", "default": 0.5}},
        "required": ["name"],
    }
    assert list(made["responses"]) == ["201"]
    hook = operation(django_hook, "POST")
    assert body_of(hook)["required"] == ["event"] and list(hook["responses"]) == ["202"]
    assert body_of(operation(chalice_view, "PUT"))["required"] == ["x"]


def test_what_each_method_does() -> None:
    every = ("GET", "PUT", "DELETE")
    read, written, deleted = (operation(flask_both, m, *every) for m in every)
    assert "requestBody" not in read and "requestBody" not in deleted
    assert body_of(written)["required"] == ["x"]
    assert list(deleted["responses"]) == ["204"]
    assert list(read["responses"]) == ["200", "404"] and list(written["responses"]) == ["200"]


@pytest.mark.parametrize("function, names", [(flask_upload, {"file", "title"}), (aiohttp_upload, {"image", "to"})])
def test_files(function: Any, names: set[str]) -> None:
    schema = body_of(operation(function, "POST"), "multipart/form-data")
    assert set(schema["properties"]) == names
    files = [n for n, s in schema["properties"].items() if s.get("format") == "binary"]
    assert len(files) == 1 and files[0] in schema["required"]


def test_answers_of_other_kinds() -> None:
    assert list(operation(streamed)["responses"]["200"]["content"]) == ["text/event-stream"]
    assert list(operation(moved)["responses"]) == ["302"]
    made = operation(kept)
    assert parameters(made)["X-Token"][0] == "header" and list(made["responses"]) == ["200", "401"]
    page = operation(django_page)["responses"]
    assert list(page) == ["200", "400"] and list(page["200"]["content"]) == ["text/html"]


def test_what_is_computed_is_not_guessed() -> None:
    made = operation(computed, "POST")
    assert "parameters" not in made and list(made["responses"]) == ["200"]
    assert "content" not in made["responses"]["200"]
    assert "properties" not in made.get("requestBody", {"content": {"": {}}})["content"].get("x", {})


def test_functions_that_are_partial_have_no_words_of_the_library() -> None:
    assert "x-apispec-docstring" not in operation(functools.partial(flask_list))


def test_documents_are_joined() -> None:
    def one(kind: str, scheme: str) -> dict[str, Any]:
        return {
            "openapi": "3.1.0", "info": {"title": kind, "version": "1"}, "security": [{"key": []}],
            "tags": [{"name": "pets"}],
            "paths": {"/a": {"get": {"operationId": "a", "responses": {"200": {"description": "", "content": {
                "application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}}}}}}},
            "components": {"schemas": {"Pet": {"type": kind}}, "securitySchemes": {"key": {"type": scheme}}},
        }  # fmt: skip

    made = joined(one("object", "http"), [("/v2", one("string", "oauth2")), ("/v3/", one("object", "http"))])
    assert list(made["paths"]) == ["/a", "/v2/a", "/v3/a"]
    second, third = made["paths"]["/v2/a"]["get"], made["paths"]["/v3/a"]["get"]
    assert (second["operationId"], third["operationId"]) == ("a_2", "a_3")
    assert made["components"]["schemas"] == {"Pet": {"type": "object"}, "Pet_2": {"type": "string"}}
    assert second["security"] == [{"key_2": []}] and third["security"] == [{"key": []}]
    assert "Pet_2" in json.dumps(second) and "Pet_2" not in json.dumps(third)
    assert made["tags"] == [{"name": "pets"}] and made["info"]["title"] == "object"
