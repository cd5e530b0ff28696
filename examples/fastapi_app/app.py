"""A shelf of books, with FastAPI.

apispec build examples/fastapi_app/app.py
apispec serve examples/fastapi_app/app.py
"""

from __future__ import annotations

from enum import Enum
from typing import Annotated

from fastapi import APIRouter, FastAPI, Form, HTTPException, Path, Query, UploadFile
from fastapi.responses import PlainTextResponse
from pydantic import BaseModel, Field


class Genre(str, Enum):
    """What kind of book it is."""

    novel = "novel"
    science = "science"
    poetry = "poetry"


class Book(BaseModel):
    """A book on the shelf."""

    title: str = Field(min_length=1, examples=["Middlemarch"])
    author: str = Field(examples=["George Eliot"])
    year: int = Field(ge=1450, le=2100, examples=[1871])
    genre: Genre = Genre.novel


class Shelved(Book):
    """A book with its place."""

    id: int


class Refusal(BaseModel):
    """Why a request was refused."""

    detail: str


app = FastAPI(title="Shelf", version="1.0.0", description="The books that we *have*, and where they are.")
books = APIRouter(prefix="/books", tags=["books"])
SHELF = [
    Shelved(id=1, title="Middlemarch", author="George Eliot", year=1871),
    Shelved(id=2, title="Ficciones", author="Jorge Luis Borges", year=1944),
    Shelved(id=3, title="On the Origin of Species", author="Charles Darwin", year=1859, genre=Genre.science),
]


@books.get("")
def find(
    text: Annotated[str, Query(description="Part of a title or an author.", examples=["eliot"])] = "",
    genre: Genre | None = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 10,
) -> list[Shelved]:
    """Look for books."""
    found = [book for book in SHELF if text.lower() in f"{book.title} {book.author}".lower()]
    return [book for book in found if genre in (None, book.genre)][:limit]


@books.get("/{book_id}", responses={404: {"model": Refusal, "description": "There is no such book."}})
def read(book_id: Annotated[int, Path(description="Its number on the shelf.", examples=[2])]) -> Shelved:
    """Read one book."""
    for book in SHELF:
        if book.id == book_id:
            return book
    raise HTTPException(404, "There is no such book.")


@books.post("", status_code=201)
def add(book: Book) -> Shelved:
    """Put a book on the shelf."""
    SHELF.append(Shelved(id=len(SHELF) + 1, **book.model_dump()))
    return SHELF[-1]


@books.post("/{book_id}/notes", response_class=PlainTextResponse)
async def annotate(
    book_id: Annotated[int, Path(examples=[1])],
    page: UploadFile,
    remark: Annotated[str, Form(examples=["See the margin."])] = "",
) -> str:
    """Keep a scanned page of notes with a book."""
    return f"{len(await page.read())} bytes for book {book_id}: {remark}"


app.include_router(books)
