"""A FastAPI app with what such apps have: models, enums, security, forms, files, callbacks of errors, a sub-router."""

from __future__ import annotations

from enum import Enum
from typing import Annotated

from fastapi import APIRouter, Depends, FastAPI, File, Form, Header, HTTPException, Path, Query, UploadFile
from fastapi.security import APIKeyHeader, OAuth2PasswordBearer
from pydantic import BaseModel, Field


class Colour(str, Enum):
    """What it looks like."""

    red = "red"
    green = "green"


class Item(BaseModel):
    """Something that is sold."""

    name: str = Field(description="Its name.", examples=["lamp"])
    price: float = Field(gt=0)
    colour: Colour = Colour.red
    tags: list[str] = []


class Stored(Item):
    id: int


app = FastAPI(title="Shop", version="3.2.1", description="Things and *people*.", summary="A shop")
router = APIRouter(prefix="/orders", tags=["orders"])
key = APIKeyHeader(name="X-Key")
token = OAuth2PasswordBearer(tokenUrl="token")
_items: dict[int, Stored] = {}


@app.post("/items", status_code=201, tags=["items"])
def create(item: Item) -> Stored:
    """Add an item.

    It is kept until the process ends.
    """
    stored = Stored(id=len(_items) + 1, **item.model_dump())
    _items[stored.id] = stored
    return stored


@app.get("/items/{item_id}", responses={404: {"description": "There is none."}}, tags=["items"])
def read(
    item_id: Annotated[int, Path(ge=1)],
    fields: Annotated[list[str] | None, Query()] = None,
    x_trace: Annotated[str | None, Header()] = None,
) -> Stored:
    if item_id not in _items:
        raise HTTPException(404)
    return _items[item_id]


@app.delete("/items/{item_id}", status_code=204, tags=["items"], deprecated=True)
def delete(item_id: int, key: Annotated[str, Depends(key)]) -> None:
    _items.pop(item_id, None)


@app.post("/photo")
def photo(file: Annotated[UploadFile, File()], title: Annotated[str, Form()] = "untitled") -> dict[str, int]:
    return {"size": file.size or 0}


@router.get("/mine")
def mine(token: Annotated[str, Depends(token)]) -> list[Stored]:
    return []


app.include_router(router)
