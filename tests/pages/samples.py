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
