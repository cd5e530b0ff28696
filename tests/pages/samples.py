"""Apis made by hand, so that page tests need no other stage."""

from __future__ import annotations

from typing import Any

from apispec.model import (
    Api,
    Default,
    Endpoint,
    Example,
    HttpCall,
    License,
    Parameter,
    Response,
    Result,
    Server,
    Tag,
    Visibility,
)

EXPENSE = {"$ref": "#/components/schemas/Expense"}

SCHEMAS: dict[str, Any] = {
    "Category": {"type": "string", "enum": ["food", "travel", "lodging", "fun", "other"], "description": "What an expense was for."},
    "Place": {
        "type": "object",
        "description": "Where something was bought.",
        "properties": {
            "name": {"type": "string", "description": "As on the receipt."},
            "city": {"anyOf": [{"type": "string"}, {"type": "null"}], "default": None},
            "country": {"type": "string", "pattern": "^[A-Z]{2}$", "default": "PT", "description": "Two letters (ISO 3166-1)."},
        },
        "required": ["name"],
    },
    "Expense": {
        "type": "object",
        "description": "Something that one friend paid for several.",
        "properties": {
            "id": {"type": "integer"},
            "paid_by": {"type": "string", "description": "Who paid."},
            "amount": {"type": "integer", "exclusiveMinimum": 0, "description": "In cents."},
            "shared_by": {"type": "array", "items": {"type": "string"}},
            "category": {"$ref": "#/components/schemas/Category", "default": "other"},
            "on": {"type": "string", "format": "date"},
            "place": {"anyOf": [{"$ref": "#/components/schemas/Place"}, {"type": "null"}], "default": None, "description": "Where it was."},
            "corrects": {"anyOf": [EXPENSE, {"type": "null"}], "default": None},
        },
        "required": ["id", "paid_by", "amount", "shared_by", "on"],
    },
}  # fmt: skip


def kitty() -> Api:
    """A small API with one of everything."""
    return Api(
        title="Kitty",
        version="1.2.0",
        summary="Split the costs of a trip among friends.",
        description="Write down every expense as it happens. **Kitty** keeps the balance.\n\n- fair\n- simple",
        servers=(Server(url="http://127.0.0.1:8000"),),
        tags=(Tag(name="Expenses", description="What was paid, *by whom*, and for whom."), Tag(name="Files")),
        schemas=SCHEMAS,
        license=License(name="MIT", identifier="MIT"),
        endpoints=(
            Endpoint(
                name="list_expenses",
                summary="List expenses, newest first.",
                tags=("Expenses",),
                call=HttpCall(method="GET", path="/expenses"),
                parameters=(
                    Parameter(
                        name="category",
                        location="query",
                        schema={"anyOf": [{"$ref": "#/components/schemas/Category"}, {"type": "null"}]},
                        required=False,
                        default=Default(value=None),
                        description="Only expenses of this category.",
                    ),
                    Parameter(
                        name="limit",
                        location="query",
                        schema={"type": "integer", "minimum": 1, "maximum": 100},
                        required=False,
                        default=Default(value=20),
                    ),
                ),
                result=Result(schema={"type": "array", "items": EXPENSE}),
            ),
            Endpoint(
                name="add_expense",
                summary="Write down an expense.",
                description="Cents that don't divide evenly are borne by those named first.\n\n| amount | shares |\n|--:|---|\n| 100 | 34 + 33 + 33 |",
                tags=("Expenses",),
                call=HttpCall(path="/expenses"),
                parameters=(
                    Parameter(name="paid_by", schema={"type": "string", "minLength": 1, "maxLength": 40}, description="Who paid."),
                    Parameter(name="amount", schema={"type": "integer", "exclusiveMinimum": 0}, description="In cents."),
                    Parameter(name="place", schema={"anyOf": [{"$ref": "#/components/schemas/Place"}, {"type": "null"}]}, required=False, default=Default(value=None)),
                    Parameter(name="ratio", schema={"type": "number"}, required=False, default=Default(text="inf")),
                ),
                examples=(Example(value={"paid_by": "Ben", "amount": 1850}),),
                result=Result(schema=EXPENSE, description="The expense with its number."),
                responses=(Response(status="409", description="It was written down already."),),
            ),
            Endpoint(
                name="monthly_totals",
                summary="Add up the expenses, month by month.",
                tags=("Expenses",),
                call=HttpCall(path="/monthly_totals"),
                result=Result(schema={"type": "object", "additionalProperties": {"type": "integer"}}, streaming=True, media_type="text/event-stream"),
            ),
            Endpoint(
                name="import_expenses",
                summary="Add expenses from a spreadsheet.",
                tags=("Files",),
                call=HttpCall(path="/import_expenses", media_type="multipart/form-data"),
                parameters=(Parameter(name="file", location="file", schema={"type": "string", "format": "binary"}, media_type="text/csv", description="In UTF-8."),),
                result=Result(schema={"type": "integer"}),
            ),
            Endpoint(
                name="export_expenses",
                summary="All expenses as a spreadsheet.",
                tags=("Files",),
                call=HttpCall(method="GET", path="/export_expenses"),
                result=Result(schema={"type": "string", "format": "binary"}, media_type="text/csv", is_file=True, description="A CSV file."),
            ),
            Endpoint(
                name="balance_of",
                summary="The balance of one friend.",
                deprecated=True,
                deprecation="Use `balances` instead.",
                call=HttpCall(path="/balance_of"),
                parameters=(Parameter(name="name", schema={"type": "string"}),),
                result=Result(schema={"type": "integer"}),
            ),
            Endpoint(name="hidden", visibility=Visibility.UNDOCUMENTED, summary="In no output."),
        ),
    )  # fmt: skip


def many(count: int, tags: int = 0) -> Api:
    """As many endpoints as wanted, plain ones, like those of `kitty`, under so many tags."""
    api = kitty()
    patterns = api.public_endpoints[:2]
    endpoints = []
    for number in range(count):
        pattern = patterns[number % 2]
        endpoints.append(
            Endpoint(
                name=f"{pattern.name}_{number}",
                summary=pattern.summary,
                description=f"Number {number}. " + pattern.description,
                tags=(f"Tag {number * tags // count}",) if tags else (),
                call=HttpCall(method=pattern.call.method, path=f"/{pattern.name}_{number}"),  # type: ignore[union-attr]
                parameters=pattern.parameters,
                result=pattern.result,
                examples=pattern.examples,
            )
        )
    return Api(title="Many", servers=api.servers, schemas=SCHEMAS, endpoints=tuple(endpoints))


NASTY = (
    "<script>window.hacked = 1</script>",
    "<img src=x onerror=window.hacked=1>",
    "</script></code></pre></div></section><svg onload=window.hacked=1>",
    "</textarea></title></style>",
    "<!-- /block --> <!-- block -->",
    "{{ 7 * 7 }} {% raw %} {# no #}",
    "{: onclick=window.hacked=1 } {#theme}",
    "`backticks` ``` ~~~ ```python",
    "\n```python\nfence = 1\n```\n",
    "\n~~~\ntildes\n~~~\n",
    "\n::: os.path\n    handler: python\n",
    "\n--8<-- \"/etc/passwd\"\n;--8<--\n",
    "\n!!! danger\n    admonition\n",
    "\n=== \"Tab\"\n\n    tab\n",
    "\n*[HTML]: an abbreviation\n\nHTML\n",
    "\n[ref]: javascript:window.hacked=1\n\n[click][ref]\n",
    "[a](javascript:window.hacked=1) [b](JaVaScRiPt&colon;window.hacked=1) [c](data:text/html,<script>window.hacked=1</script>)",
    "![pixel](https://evil.example/p.png) <https://ok.example> https://plain.example",
    ":material-account: :smile: (c) --> =/= ++key++ ==mark== ^^ins^^ H~2~O",
    "\n# Heading {#theme-id .x}\n\nSetext\n===\n\n<h1 id=theme>raw</h1>\n",
    "quotes ' \" ` \\ $HOME %s &lt; &amp; &#x3C;b&#x3E;",
    "control \x00\x01\x02\x03\x07\x08\x0b\x1b[31m\x7f\x85\u2028\u2029\ufffe",
    "right-to-left \u202eevil\u202c \u200f\u2066x\u2069 \u05d0\u05d1\u05d2",
    "astral \U0001f600 combining e\u0301 z\u0336a\u0336l\u0336g\u0336o\u0336 \u200bzero",
    "word" * 200,
)  # fmt: skip
"""Texts that would be markup, code or commands if they were not kept as text."""


def nasty() -> Api:
    """Each of the nasty texts in each place that holds text."""
    endpoints = []
    for number, text in enumerate(NASTY):
        endpoints.append(
            Endpoint(
                name=f"e{number} {text}",
                summary=f"S{number} {text}",
                description=f"D{number} {text}\n\n- {text}\n\n> {text}\n\n| a | b |\n|---|--:|\n| {text} | `{text}` |\n\n    {text}\n",
                tags=(f"T{number % 3} {NASTY[number % 3]}",),
                deprecated=number % 4 == 0,
                deprecation=text if number % 4 == 0 else "",
                call=HttpCall(method="POST", path=f"/e{number}/{text}"),
                parameters=(
                    Parameter(name=f"p{text}", schema={"type": "string", "description": text, "pattern": text, "enum": [text, "b"]}, description=text, examples=(Example(value=text),)),
                    Parameter(name=f"q{text}", schema={"type": "string"}, required=False, default=Default(value=text), description=text),
                    Parameter(name=f"r{text}", schema={}, required=False, default=Default(text=text)),
                    Parameter(name=f"s{text}", schema={"$ref": f"#/components/schemas/C{number}"}, required=False),
                ),
                result=Result(schema={"type": "object", "properties": {text: {"const": text, "description": text}}}, description=text),
                responses=(Response(status="404", description=text, headers={text: {"description": text, "schema": {"type": "string"}}}),),
                external_docs={"url": "javascript:window.hacked=1", "description": text},
                overloads=(f"f({text})",),
                annotations={"title": text, "readOnlyHint": True},
            )
        )  # fmt: skip
    schemas = {
        f"C{n}": {"title": text, "description": text, "type": "object", "properties": {text: {"type": "string", "default": text, "description": text}}}
        for n, text in enumerate(NASTY)
    }  # fmt: skip
    schemas["D " + NASTY[0]] = {"type": "string", "description": NASTY[0]}
    return Api(
        title=f"Nasty {NASTY[0]} {NASTY[5]}",
        version=NASTY[1],
        summary=" ".join(NASTY[:6]),
        description="\n\n".join(NASTY),
        servers=(
            Server(url="https://x.example/<script>", description=NASTY[1]),
            Server(url="javascript:window.hacked=1"),
        ),
        tags=tuple(
            Tag(name=f"T{n} {NASTY[n]}", description="\n".join(NASTY), external_docs={"url": "data:text/html,x"})
            for n in range(3)
        ),
        endpoints=tuple(endpoints),
        schemas=schemas,
        security_schemes={NASTY[0]: {"type": "apiKey", "in": "header", "name": NASTY[1], "description": NASTY[0]}},
        license=License(name=NASTY[1], url="javascript:window.hacked=1"),
    )
