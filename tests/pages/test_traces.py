"""Nothing that a document says is dropped: every keyword that constrains or describes, at every place of documents made
at random, leaves a trace on some page and in its copy.

Each keyword's value is made of a mark of its own; code is taken out before the marks are looked for, since examples and
snippets would hold them anyway.
"""

from __future__ import annotations

import json
import random
import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from apispec.config import Config
from apispec.rendering.pages import Pages, PagesOptions
from apispec.schemas import closure, ref_name
from apispec.schemas.questions import children
from apispec.tools import tools


class Marks:
    """Makes schemas of marked keywords, and knows which marks must be found."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.count = 0
        self.needed: dict[str, str] = {}
        self.components: dict[str, Any] = {}

    def word(self, what: str) -> str:
        self.count += 1
        mark = f"m{self.count:04d}x"
        self.needed[mark] = what
        return mark

    def number(self, what: str) -> int:
        self.count += 1
        self.needed[str(70_000 + self.count)] = what
        return 70_000 + self.count

    def notes(self, place: str) -> dict[str, Any]:
        """Some of the keywords that describe."""
        made: dict[str, Any] = {}
        for key in self.random.sample(
            ["title", "description", "examples", "example", "default", "externalDocs", "x"], 3
        ):
            if key in ("title", "description", "default"):
                made[key] = self.word(f"{key} {place}")
            elif key == "example":
                made[key] = self.word(f"example {place}")
            elif key == "examples":
                made[key] = [self.word(f"examples {place}") for _ in range(self.random.randint(1, 5))]
            elif key == "externalDocs":
                made[key] = {"url": f"https://example.com/{self.word(f'docs {place}')}"}
        return made

    def plain(self, place: str) -> dict[str, Any]:
        """A text, a number or an enumeration."""
        kind = self.random.choice(["string", "number", "enum", "const", "format"])
        if kind == "string":
            made: dict[str, Any] = {"type": "string", "pattern": f"^{self.word(f'pattern {place}')}$"}
            made["maxLength"] = self.number(f"maxLength {place}")
        elif kind == "number":
            made = {"type": "integer", "minimum": self.number(f"minimum {place}")}
            made["multipleOf"] = self.number(f"multipleOf {place}")
        elif kind == "enum":
            made = {"enum": [self.word(f"enum {place}") for _ in range(self.random.randint(1, 12))]}
        elif kind == "const":
            made = {"const": self.word(f"const {place}")}
        else:
            made = {"format": self.word(f"format {place}")}
            if self.random.random() < 0.5:
                made["type"] = "string"
        if self.random.random() < 0.2:
            made["contentEncoding"] = self.word(f"contentEncoding {place}")
        return made

    def schema(self, place: str, depth: int = 3) -> dict[str, Any]:
        """A schema of marked keywords."""
        kinds = [
            "plain",
            "plain",
            "object",
            "array",
            "map",
            "oneOf",
            "anyOf",
            "allOf",
            "ref",
            "nullable",
            "mixed",
            "not",
            "if",
            "tuple",
        ]
        kind = self.random.choice(kinds) if depth > 0 else "plain"
        inner = f"{place}/{kind}"
        made: dict[str, Any]
        if kind == "plain":
            made = self.plain(inner)
        elif kind == "object":
            made = self.object(inner, depth)
        elif kind == "array":
            made = {
                "type": "array",
                "items": self.schema(inner, depth - 1),
                "maxItems": self.number(f"maxItems {inner}"),
            }
            if self.random.random() < 0.2:
                made["contains"] = self.schema(f"{inner}/contains", depth - 1)
        elif kind == "tuple":
            made = {"type": "array", "prefixItems": [self.schema(inner, depth - 1) for _ in range(2)]}
        elif kind == "map":
            made = {"type": "object", "additionalProperties": self.schema(inner, depth - 1)}
            made["minProperties"] = self.number(f"minProperties {inner}")
            if self.random.random() < 0.5:
                made["propertyNames"] = {"pattern": self.word(f"propertyNames {inner}")}
        elif kind in ("oneOf", "anyOf"):
            made = {kind: [self.schema(f"{inner}{i}", depth - 1) for i in range(self.random.randint(2, 3))]}
            if self.random.random() < 0.3:
                made["discriminator"] = {"propertyName": self.word(f"discriminator {inner}")}
        elif kind == "allOf":
            made = {"allOf": [self.schema(f"{inner}{i}", depth - 1) for i in range(2)]}
        elif kind == "ref":
            made = {"$ref": self.component(depth)}
        elif kind == "nullable":
            made = {self.random.choice(["anyOf", "oneOf"]): [self.schema(inner, depth - 1), {"type": "null"}]}
        elif kind == "mixed":
            made = self.object(inner, depth)
            made["oneOf"] = [self.object(f"{inner}/oneOf{i}", depth - 1) for i in range(2)]
        elif kind == "not":
            made = {"not": self.schema(inner, depth - 1)}
        else:
            made = {key: self.schema(f"{inner}/{key}", depth - 1) for key in ("if", "then", "else")}
        return {**made, **self.notes(f"{inner} beside {kind}")}

    def object(self, place: str, depth: int) -> dict[str, Any]:
        names = [self.word(f"property {place}") for _ in range(2)]
        made: dict[str, Any] = {
            "type": "object",
            "properties": {n: self.schema(f"{place}.{n}", depth - 1) for n in names},
        }
        chance = self.random.random()
        if chance < 0.2:
            made["patternProperties"] = {
                self.word(f"patternProperties {place}"): self.schema(f"{place}.pattern", depth - 1)
            }
        elif chance < 0.4:
            made["additionalProperties"] = self.schema(f"{place}.extra", depth - 1)
        elif chance < 0.6:
            made["dependentRequired"] = {names[0]: [self.word(f"dependentRequired {place}")]}
        elif chance < 0.8:
            made["required"] = [self.word(f"required {place}")]
        return made

    def component(self, depth: int) -> str:
        if self.components and self.random.random() < 0.3:
            return "#/components/schemas/" + self.random.choice(list(self.components))
        name = f"C{len(self.components)}"
        self.components[name] = {}
        self.components[name] = self.schema(name, depth - 1)
        return f"#/components/schemas/{name}"

    def document(self) -> dict[str, Any]:
        """A document that has schemas at every place."""
        word = self.word
        body = {
            "application/json": {"schema": self.schema("body")},
            "application/x-other": {"schema": self.schema("other body")},
        }
        answer = {
            "application/json": {
                "schema": self.schema("answer"),
                "examples": {
                    "one": {"value": 1},
                    word("example name"): {"value": 2, "description": word("example description")},
                },
            }
        }
        header = {"schema": self.schema("header"), "description": word("header description")}
        operation = {
            "operationId": "op",
            "description": word("operation"),
            "externalDocs": {"url": "https://example.com", "description": word("operation docs")},
            "parameters": [
                {"name": "p", "in": "query", "description": word("parameter"), "schema": self.schema("parameter"), "examples": {"a": {"value": word("parameter example"), "summary": word("summary")}}},
                {"name": "q", "in": "query", "style": "pipeDelimited", "explode": False, "schema": self.schema("second parameter")},
            ],
            "requestBody": {"description": word("body"), "content": body},
            "responses": {
                "200": {"description": word("answer"), "content": answer, "headers": {"X-H": header}},
                "404": {"description": word("error"), "content": {"application/json": {"schema": self.schema("error")}, "text/plain": {"schema": self.schema("other error")}}},
            },
        }  # fmt: skip
        flows = {
            "clientCredentials": {
                "tokenUrl": f"https://example.com/{word('token URL')}",
                "scopes": {word("scope"): word("scope text")},
            }
        }
        return {
            "openapi": "3.1.0",
            "info": {"title": "T", "version": word("version"), "summary": word("summary"), "description": word("description")},
            "paths": {"/p": {"post": operation}},
            "components": {"schemas": self.components, "securitySchemes": {"s": {"type": "oauth2", "flows": flows, "description": word("scheme")}}},
        }  # fmt: skip


def read(document: dict[str, Any], folder: Any) -> Any:
    from apispec.cli.reading import read as read_target

    path = folder / "openapi.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    return read_target(str(path), Config()).api


def shown(files: dict[str, str | bytes]) -> str:
    """What is to be read on pages, less code."""
    texts = [str(text) for path, text in files.items() if path.endswith(".md")]
    without = [re.sub(r"(?s)<aside.*?</aside>|<pre.*?</pre>", "", text) for text in texts]
    links = [href for text in without for href in re.findall(r'href="([^"]*)"', text)]
    return unescape("\n".join([re.sub(r"<[^>]*>", "", text) for text in without] + links))


def told(files: dict[str, str | bytes]) -> str:
    """What is to be read in copies, less code."""
    return "\n".join(re.sub(r"(?ms)^ *```.*?^ *```$", "", str(text)) for text in files.values())


@pytest.mark.parametrize("seed", range(24))
def test_every_keyword_leaves_a_trace(seed: int, tmp_path: Any) -> None:
    marks = Marks(seed)
    document = marks.document()
    pages = Pages(read(document, tmp_path), PagesOptions())
    for where, text in (("page", shown(pages.render())), ("copy", told(pages.copies()))):
        found = set(re.findall(r"m\d{4}x|7\d{4}", text))
        lost = {mark: what for mark, what in marks.needed.items() if mark not in found}
        assert not lost, f"on no {where}: {lost}"


def sent_by_tool(document: dict[str, Any]) -> set[str]:
    """The components of which the tool's schemas are made."""
    operation = document["paths"]["/p"]["post"]
    parts = [operation["requestBody"], operation["responses"]["200"], *operation["parameters"]]
    schemas = [part["schema"] if "schema" in part else part["content"]["application/json"]["schema"] for part in parts]
    return {name for one in schemas for name in closure(one, document["components"]["schemas"])}


def asked_of_tool(what: str, components: set[str], findings: str) -> bool:
    """Whether a tool must say it: it sends one media type, shows one answer, and logs in by itself."""
    key, _, place = what.partition(" ")
    root = re.split(r"[/. ]", place)[0]
    if root in ("body", "parameter", "second", "answer"):
        told = True
    else:
        told = root in components
    if "left out" in findings and re.search(r"/(not|if)\b", place):
        return False  # said as a whole
    if root == "answer" and key in ("required", "minProperties", "propertyNames", "dependentRequired"):
        return False  # of what another server answers, nothing is sure
    if re.fullmatch(r"(title|default|examples?) body/(object|map) beside (object|map)", what):
        return False  # whose keys are arguments; these examples are texts
    return told and not (key in ("title", "default") and root in components)  # the words at the reference are nearer


@pytest.mark.parametrize("seed", range(40))
def test_every_keyword_of_what_is_sent_leaves_a_trace_in_the_tool(seed: int, tmp_path: Any) -> None:
    marks = Marks(seed)
    document = marks.document()
    findings: list[Any] = []
    made = tools(read(document, tmp_path), findings)
    words = "\n".join(finding.message for finding in findings)
    text = json.dumps([tool.to_json() for tool in made], ensure_ascii=False) + words
    components = sent_by_tool(document)
    lost = {
        mark: what for mark, what in marks.needed.items() if mark not in text and asked_of_tool(what, components, words)
    }
    assert not lost, f"not in the tool: {lost}"


CRAWL = Path(__file__).with_name("crawl_form.js").read_text(encoding="utf-8")
TYPED = ("property", "enum", "const", "pattern", "minimum", "multipleOf", "format", "maxLength", "maxItems",
         "minProperties", "patternProperties", "propertyNames", "required", "dependentRequired", "discriminator")  # fmt: skip
"""What a form asks for, and what it must be; what only describes stands above it on the page."""


def typed(document: dict[str, Any]) -> set[str]:
    """The components that a form shows: what only forbids or chooses is judged by servers, as are schemas that all hold,
    since those made at random contradict each other.
    """
    found: set[str] = set()
    operation = document["paths"]["/p"]["post"]
    todo = [
        one["schema"] for one in (*operation["parameters"], operation["requestBody"]["content"]["application/json"])
    ]
    while todo:
        one = todo.pop()
        name = ref_name(one)
        if name is not None and name not in found:
            found.add(name)
            todo.append(document["components"]["schemas"][name])
        left = {"not", "if", "then", "else", "contains", "allOf", "propertyNames"}
        todo += children({key: value for key, value in one.items() if key not in left})
    return found


def asked_in_form(what: str, components: set[str]) -> bool:
    key, _, place = what.partition(" ")
    root = re.split(r"[/. ]", place)[0]
    if key not in TYPED or place.startswith("other") or re.search(r"/(not|if|contains|allOf)", place):
        return False
    return root in ("body", "parameter", "second") or root in components


def data_of(files: dict[str, str | bytes]) -> str:
    """What the endpoint's page tells its script."""
    found = (re.search(r"data-json='([^']*)'", str(text)) for path, text in files.items() if path.endswith(".md"))
    return next(text for match in found if match and '"op"' in (text := unescape(match[1])))


def test_everything_that_is_asked_leaves_a_trace_in_the_form(browser: Any, tmp_path: Any) -> None:
    page = browser.new_page()
    page.route(
        "http://site.test/**", lambda route: route.fulfill(body="<!doctype html><body>", content_type="text/html")
    )
    page.goto("http://site.test/")
    flaws = []
    for seed in range(24):
        marks = Marks(seed)
        document = marks.document()
        files = Pages(read(document, tmp_path), PagesOptions()).render()
        if not seed:
            for name in ("apispec", "calls"):
                page.add_script_tag(content=str(files[f"assets/{name}.js"]))
        found = page.evaluate(CRAWL, [data_of(files), "op"])
        components = typed(document)
        lost = {m: what for m, what in marks.needed.items() if m not in found and asked_in_form(what, components)}
        flaws += [f"seed {seed}: {lost}"] if lost else []
    page.close()
    assert not flaws, "\n".join(flaws)


def around_schemas(word: Any) -> dict[str, Any]:
    """A document of OpenAPI 3.2 that says something at every place beside schemas, and in every keyword of 2020-12."""

    def text(place: str, **more: Any) -> dict[str, Any]:
        return {"type": "string", "description": word(place), **more}

    return {
"openapi":"3.2.0","$self":"https://example.com/"+word("$self"),
 "info":{"title":"T","version":"1","contact":{"name":word("contact name"),"url":"https://c.example/"+word("contact url"),"email":word("email")+"@example.com"},"license":{"name":word("license"),"url":"https://l.example/"+word("license url")},"termsOfService":"https://t.example/"+word("tos")},
 "externalDocs":{"url":"https://d.example/"+word("docs url"),"description":word("docs text")},
 "servers":[{"url":"https://{region}.example.com/{v}","name":word("server name"),"description":word("server description"),"variables":{"region":{"default":word("variable default"),"enum":[word("variable enum1"),word("variable enum2")],"description":word("variable description")},"v":{"default":"v1"}}},{"url":"https://second.example.com/"+word("second server url"),"description":word("second server")}],
 "tags":[{"name":"top","summary":word("tag summary"),"description":word("tag description"),"kind":"nav","externalDocs":{"url":"https://x.example/"+word("tag docs url"),"description":word("tag docs text")}},{"name":"sub","parent":"top","summary":word("sub summary"),"description":word("sub description")},{"name":"beta","kind":"badge","summary":word("badge summary"),"description":word("badge description")}],
 "security":[{"key":[]},{"o":[word("scope used")]}],
 "paths":{
  "/a/{id}":{
   "summary":word("path summary"),"description":word("path description"),
   "servers":[{"url":"https://path.example.com/"+word("path server")}],
   "parameters":[{"name":"id","in":"path","required":True,"schema":text("path parameter")}],
   "post":{"operationId":"op","tags":["sub","beta"],"deprecated":True,"summary":word("op summary"),
     "servers":[{"url":"https://op.example.com/"+word("op server"),"description":word("op server description")}],
     "parameters":[{"name":"h","in":"header","description":word("header param"),"deprecated":True,"schema":text("header schema"),"example":word("header example")},
        {"name":"c","in":"cookie","content":{"application/json":{"schema":{"type":"object","properties":{word("cookie content prop"):text("cookie content")}},"example":{"a":word("content example")}}}},
        {"name":"r","in":"query","allowReserved":True,"allowEmptyValue":True,"schema":text("query r")}],
     "requestBody":{"description":word("body desc"),"content":{
        "multipart/mixed":{"itemSchema":{"type":"object","properties":{word("mixed item prop"):text("mixed item")}},"prefixEncoding":[{"contentType":"text/"+word("prefixEncoding"),"headers":{word("prefixEncoding header"):{"schema":text("prefixEncoding header schema")}}}],"itemEncoding":{"contentType":"image/"+word("itemEncoding")}},
        "multipart/form-data":{"schema":{"type":"object","properties":{"f":{"contentMediaType":"image/"+word("contentMediaType")},"j":text("form field")}},"encoding":{"f":{"contentType":"image/"+word("encoding contentType"),"headers":{word("encoding header"):{"description":word("encoding header description"),"schema":{"type":"string"}}}},"j":{"style":"deepObject","explode":True}}},
        "application/jsonl":{"itemSchema":{"type":"object","properties":{word("jsonl prop"):text("jsonl item")}}},
        "application/xml":{"schema":{"type":"object","xml":{"name":word("xml name"),"namespace":"https://ns.example/"+word("xml namespace"),"prefix":word("xml prefix")},"properties":{"q":{**text("xml prop"),"xml":{"attribute":True,"name":word("xml attribute name")}},"l":{"type":"array","items":{**text("xml item"),"xml":{"name":word("xml item name")}},"xml":{"wrapped":True,"name":word("xml wrapped name")}},"n":{**text("xml node"),"xml":{"nodeType":"cdata"}}}}}}},
     "responses":{"200":{"summary":word("response summary"),"description":word("response"),"headers":{"X-A":{"description":word("header"),"required":True,"deprecated":True,"schema":text("header schema"),"example":word("hexample")},"X-B":{"content":{"application/json":{"schema":{"type":"object","properties":{word("header content prop"):{"type":"string"}}}}}}},
        "content":{"text/event-stream":{"itemSchema":{"type":"object","required":["data"],"properties":{"data":{"contentSchema":{"type":"object","properties":{word("contentSchema prop"):text("contentSchema")}},"contentMediaType":"application/json"},"event":{"const":word("sse const")}}}},
                   "application/json":{"schema":{"$ref":"#/components/schemas/Pet"},"examples":{"e":{"summary":word("ex summary"),"description":word("ex description"),"dataValue":{"a":1},"serializedValue":"{}"},"x":{"externalValue":"https://ex.example/"+word("externalValue")}}}},
        "links":{word("link name"):{"operationId":"get","description":word("link description"),"parameters":{word("link parameter"):"$response.body#/"+word("link expression")},"requestBody":"$request.body#/"+word("link body"),"server":{"url":"https://link.example/"+word("link server")}},
                 word("link2"):{"operationRef":"#/paths/~1a~1{id}/get"}}},
        "4XX":{"description":word("4XX"),"content":{"application/problem+json":{"schema":{"type":"object","properties":{word("problem prop"):text("problem")}}}}},
        "default":{"description":word("default resp")}},
     "callbacks":{word("callback"):{"{$request.body#/"+word("callback url")+"}":{"post":{"summary":word("cb summary"),"description":word("cb description"),"parameters":[{"name":word("cb param"),"in":"query","schema":text("cb param schema")}],"requestBody":{"content":{"application/json":{"schema":{"type":"object","properties":{word("cb prop"):text("cb prop")}}}}},"responses":{"202":{"description":word("cb answer")},"4XX":{"description":word("cb error")}}}}}},
     "security":[{"basic":[]},{"oid":[word("oid scope")]},{"mtls":[]},{}]},
   "get":{"operationId":"get","parameters":[{"name":"all","in":"querystring","content":{"application/x-www-form-urlencoded":{"schema":{"type":"object","required":["z"],"properties":{"z":text("querystring prop"),word("querystring prop name"):{"type":"integer"}}}}}}],"responses":{"200":{"description":"x"}}},
   "query":{"operationId":"qq","summary":word("QUERY method"),"requestBody":{"content":{"application/json":{"schema":text("query body")}}},"responses":{"200":{"description":word("query answer")}}},
   "additionalOperations":{"COPY":{"operationId":"cp","summary":word("COPY summary"),"description":word("COPY description"),"responses":{"200":{"description":word("COPY answer")}}}}}},
 "webhooks":{word("webhook"):{"post":{"summary":word("wh summary"),"description":word("wh description"),"requestBody":{"content":{"application/json":{"schema":{"type":"object","properties":{word("wh prop"):text("wh prop")}}}}},"responses":{"200":{"description":word("wh answer")}}}}},
 "components":{
  "schemas":{
   "Pet":{"type":"object","required":["kind"],"discriminator":{"propertyName":"kind","mapping":{word("mapping cat"):"#/components/schemas/Cat"},"defaultMapping":"Dog"},"oneOf":[{"$ref":"#/components/schemas/Cat"},{"$ref":"#/components/schemas/Dog"}],"properties":{"kind":{"type":"string"}},
   },
   "Cat":{"type":"object","properties":{"kind":text("cat kind"),"deep":{"$ref":"#/components/schemas/All"}}},
   "Dog":{"type":"object","properties":{"kind":text("dog kind")}},
   "All":{"type":"object","$defs":{"inner":{"type":"object","properties":{word("$defs prop"):text("$defs")}}},
      "properties":{"d":{"$ref":"#/components/schemas/All/$defs/inner"},
         "ps":{"type":"array","prefixItems":[text("prefixItems 0"),{"type":"integer","title":word("prefixItems title")}],"items":False,"minContains":2,"maxContains":70001,"contains":text("contains"),"unevaluatedItems":False},
         "u":{"type":"array","unevaluatedItems":text("unevaluatedItems")},
         "cs":{"type":"string","contentMediaType":"application/"+word("cmt"),"contentEncoding":"base64","contentSchema":{"type":"object","properties":{word("cs prop"):text("cs")}}},
         "ro":{**text("ro"),"readOnly":True},"wo":{**text("wo"),"writeOnly":True},"dep":{**text("dep"),"deprecated":True},
         "ex":{"type":"number","exclusiveMinimum":70002,"exclusiveMaximum":70003},
         "un":{"type":"array","uniqueItems":True,"minItems":70004,"items":{"type":"string"}},
         "ml":{"type":"string","minLength":70005},
         "mp":{"type":"object","maxProperties":70006},
         "no":False,"yes":True,
         "nu":{"type":["string","null"],"description":word("null type")},
         "ec":{"type":"string","enum":[word("enum a"),word("enum b")],"x-enum-descriptions":[word("enum desc a"),word("enum desc b")]}},
      "dependentRequired":{"a":[word("depReq")]},"dependentSchemas":{word("depSchemas key"):{"properties":{word("depSchemas prop"):text("depSchemas")}}},
      "if":{"properties":{"k":{"const":word("if const")}}},"then":{"properties":{word("then prop"):text("then")}},"else":{"required":[word("else required")]},
      "propertyNames":{"pattern":word("propertyNames"),"maxLength":70007},"unevaluatedProperties":text("unevaluatedProperties"),
      "not":{"required":[word("not required")]}},
  },
  "securitySchemes":{"key":{"type":"apiKey","in":"header","name":word("key name"),"description":word("key description")},"basic":{"type":"http","scheme":"basic","description":word("basic desc"),"deprecated":True},"oid":{"type":"openIdConnect","openIdConnectUrl":"https://oid.example/"+word("oid url")},"mtls":{"type":"mutualTLS","description":word("mtls")},
     "b":{"type":"http","scheme":"bearer","bearerFormat":word("bearerFormat")},
     "o":{"type":"oauth2","oauth2MetadataUrl":"https://m.example/"+word("metadata url"),"flows":{"authorizationCode":{"authorizationUrl":"https://a.example/"+word("auth url"),"tokenUrl":"https://tk.example/"+word("token url"),"refreshUrl":"https://rf.example/"+word("refresh url"),"scopes":{word("scope1"):word("scope1 text")}},"deviceAuthorization":{"deviceAuthorizationUrl":"https://dv.example/"+word("device url"),"tokenUrl":"https://x.example/t","scopes":{}}}}}}}  # fmt: skip


def test_what_stands_around_schemas_leaves_a_trace(tmp_path: Any) -> None:
    marks = Marks(0)
    document = around_schemas(marks.word)
    marks.needed |= {str(number): f"number {number}" for number in range(70_001, 70_008)}
    pages = Pages(read(document, tmp_path), PagesOptions())
    for where, text in (("page", shown(pages.render())), ("copy", told(pages.copies()))):
        lost = {mark: what for mark, what in marks.needed.items() if mark not in text}
        assert not lost, f"on no {where}: {lost}"
