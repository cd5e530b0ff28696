"""Apis that the tests of every output render: one that has everything, and small ones."""

from __future__ import annotations

from apispec.model import (
    Api,
    Contact,
    Default,
    Endpoint,
    Example,
    GradioCall,
    HttpCall,
    License,
    Parameter,
    Response,
    Result,
    ResultField,
    Server,
    ServerVariable,
    Tag,
    Visibility,
)

ITEM = {
    "type": "object",
    "title": "Item",
    "properties": {
        "price": {"type": ["number", "null"], "exclusiveMinimum": 0},
        "part_of": {"anyOf": [{"$ref": "#/components/schemas/Item"}, {"type": "null"}], "default": None},
    },
    "required": ["price"],
}

ADD = Endpoint(
    name="add",
    summary="Add two numbers",
    description="Says `{{ 1 }}` and </script>.",
    tags=("math",),
    parameters=(
        Parameter(name="a", schema={"type": "integer"}, description="The first one."),
        Parameter(
            name="b", schema={"anyOf": [{"type": "number"}, {"type": "null"}]}, required=False, default=Default(),
            examples=(Example(value=2.5),),
        ),
        Parameter(name="limit", schema={"type": "number"}, required=False, default=Default(text="inf")),
    ),
    result=Result(schema={"type": "number"}, description="The sum."),
    responses=(Response(status="404", description="No such number"),),
    examples=(Example(value={"a": 1, "b": 2}, name="small", summary="Two small ones"),),
    annotations={"readOnlyHint": True, "title": "Adder"},
    call=HttpCall(path="/add"),
)  # fmt: skip

UPLOAD = Endpoint(
    name="upload_items",
    tags=("files",),
    parameters=(
        Parameter(name="table", location="file", schema={}, description="A table.", media_type="text/csv"),
        Parameter(name="pictures", location="file", schema={}, multiple=True, required=False),
        Parameter(
            name="columns", location="form", schema={"type": "array", "items": {"type": "integer"}}, required=False,
            default=Default(value=[1]),
        ),
        Parameter(name="title", location="form", schema={"type": "string"}),
    ),
    result=Result(schema={}, is_file=True, media_type="image/png"),
    call=HttpCall(path="/upload_items", media_type="multipart/form-data"),
)  # fmt: skip

COUNT = Endpoint(
    name="count",
    summary="Count",
    deprecated=True,
    deprecation="Use add.",
    static=True,
    overloads=("(to: int) -> int", "(to: str) -> str"),
    parameters=(
        Parameter(name="to", location="path", schema={"type": "integer"}),
        Parameter(name="by", location="query", schema={"type": "integer", "minimum": 1}, required=False,
                  default=Default(value=1), examples=(Example(value=3, name="three"),)),
        Parameter(name="X-Trace", location="header", schema={"type": "array", "items": {"type": "string"}},
                  required=False, explode=True, deprecated=True),
    ),
    result=Result(schema={"type": "integer"}, streaming=True, media_type="text/event-stream"),
    security=(),
    call=HttpCall(method="GET", path="/count/{to}"),
)  # fmt: skip

PAINT = Endpoint(
    name="paint",
    summary="Paint over a picture",
    parameters=(
        Parameter(name="picture", location="file", schema={}),
        Parameter(name="item", schema={"$ref": "#/components/schemas/Item"}),
        Parameter(name="colour", schema={"type": "string", "enum": ["red", "blue"]}, required=False,
                  default=Default(value="red")),
    ),
    result=Result(
        schema={"type": "array"},
        media_type="text/event-stream",
        fields=(
            ResultField(name="Picture", schema={"type": "string"}, component="Image"),
            ResultField(name="Score", schema={"type": "number"}, description="From 0 to 1."),
        ),
    ),
    examples=(Example(value={"picture": {"path": "x", "meta": {"_type": "gradio.FileData"}}, "item": {"price": 1},
                             "colour": "blue"}, name="blue"),),
    call=GradioCall(api_name="paint", revision="v2", state=True),
)  # fmt: skip

HIDDEN = Endpoint(
    name="hidden", visibility=Visibility.UNDOCUMENTED, result=Result(schema={"$ref": "#/components/schemas/Secret"})
)

WHOLE = Api(
    title="Shop",
    version="1.2.0",
    summary="Sells things",
    description="All about *items*.",
    servers=(Server(url="https://{region}.example.com", description="Live",
                    variables={"region": ServerVariable(default="eu", enum=("eu", "us"), description="Where")}),),
    tags=(Tag(name="math", description="Sums"), Tag(name="files")),
    endpoints=(ADD, UPLOAD, COUNT, PAINT, HIDDEN),
    schemas={"Item": ITEM, "Secret": {"type": "string"}},
    security_schemes={"key": {"type": "apiKey", "in": "header", "name": "X-Key"}},
    security=({"key": []},),
    contact=Contact(name="Shop", email="shop@example.com"),
    license=License(name="MIT", identifier="MIT"),
    terms_of_service="https://example.com/terms",
    external_docs={"url": "https://example.com"},
)  # fmt: skip
