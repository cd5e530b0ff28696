"""The short way through plain Google docstrings reads what the long one reads."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import types
from collections.abc import Iterator

import griffe
import pydantic

import apispec
from apispec.introspection.docstrings.google import parse_google
from apispec.introspection.docstrings.read import read
from apispec.introspection.docstrings.style import detect


def docstrings(package: types.ModuleType) -> Iterator[str]:
    for found in pkgutil.iter_modules(package.__path__, package.__name__ + "."):
        if found.name.endswith(("__main__", "mypy", "v1", "cli")):
            continue
        try:
            module = importlib.import_module(found.name)
        except ImportError:
            continue
        for value in list(vars(module).values()):
            inside = list(vars(value).values()) if isinstance(value, type) else []
            for documented in [value, *inside]:
                text = getattr(documented, "__doc__", None)
                if isinstance(text, str) and text.strip():
                    yield inspect.cleandoc(text)


def test_both_ways_agree_on_real_docstrings() -> None:
    internal = importlib.import_module("griffe._internal")
    texts = {
        text for package in (griffe, internal, pydantic, apispec, apispec.introspection) for text in docstrings(package)
    }
    short = {text: parsed for text in sorted(texts) if (parsed := parse_google(text)) is not None}
    assert len(short) > 200
    for text, parsed in short.items():
        assert parsed == read(text, detect(text), ()), text
