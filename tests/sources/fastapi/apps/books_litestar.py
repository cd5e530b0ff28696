"""A Litestar app."""

from __future__ import annotations

from dataclasses import dataclass

from litestar import Litestar, get, post
from litestar.openapi.config import OpenAPIConfig


@dataclass
class Book:
    title: str
    pages: int = 100


@get("/books/{book_id:int}")
async def read_book(book_id: int, verbose: bool = False) -> Book:
    """Read one book."""
    return Book("Emma")


@post("/books")
async def add_book(data: Book) -> Book:
    """Add a book."""
    return data


books = Litestar([read_book, add_book], openapi_config=OpenAPIConfig(title="Books", version="2.0.0"))
