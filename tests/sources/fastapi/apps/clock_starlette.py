"""A Starlette app that answers its schema as YAML."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.schemas import SchemaGenerator

schemas = SchemaGenerator({"openapi": "3.0.0", "info": {"title": "Clock", "version": "1.0"}})


def tick(request: Request) -> Response:
    """
    summary: One tick.
    responses:
      200:
        description: A number.
        content:
          application/json:
            schema: {type: integer}
    """
    return JSONResponse(1)


def schema(request: Request) -> Response:
    return schemas.OpenAPIResponse(request=request)


clock = Starlette(routes=[Route("/tick", tick), Route("/schema", schema, include_in_schema=False)])
