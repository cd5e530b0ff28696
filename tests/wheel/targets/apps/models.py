"""Pets."""

import pydantic
from pydantic import BaseModel, Field


class Pet(BaseModel):
    """A pet."""

    name: str = Field(..., min_length=1, max_length=20)
    age: int | None = Field(None, ge=0)
    tags: list[str] = []


def add_pet(pet: Pet, dry: bool = False) -> Pet:
    """Add a pet."""
    return pet


def which() -> str:
    """The version."""
    return pydantic.VERSION
