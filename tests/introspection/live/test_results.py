"""What arrives when a function is called."""

from __future__ import annotations

import collections.abc as c
import typing as t

import pytest

from apispec import File
from tests.introspection.live.support import one

INTEGER = {"type": "integer"}


def of(function: t.Any, **declared: t.Any) -> tuple[t.Any, bool, str]:
    result = one(function, **declared).endpoint.result
    assert result is not None
    return result.schema, result.streaming, result.media_type


async def coroutine() -> int: ...
def awaitable() -> c.Awaitable[int]: ...
def future() -> c.Coroutine[t.Any, t.Any, list[int]]: ...
def nothing() -> None: ...
def pair() -> tuple[int, str]: ...
def unhinted(): ...  # type: ignore[no-untyped-def]
def iterable() -> c.Iterable[int]: ...


@pytest.mark.parametrize(
    ("function", "schema"),
    [
        (coroutine, INTEGER),
        (awaitable, INTEGER),
        (future, {"type": "array", "items": INTEGER}),
        (nothing, {"type": "null"}),
        (pair, {"type": "array", "prefixItems": [INTEGER, {"type": "string"}], "minItems": 2, "maxItems": 2}),
        (unhinted, {}),
        (iterable, {"type": "array", "items": INTEGER}),
    ],
)
def test_one_answer(function: t.Any, schema: t.Any) -> None:
    assert of(function) == (schema, False, "application/json")


def generator() -> c.Iterator[int]:
    yield 1


def full_generator() -> c.Generator[int, str, bool]:
    yield 1
    return True


def loose_generator() -> c.Iterable[int]:
    yield 1


def unhinted_generator():  # type: ignore[no-untyped-def]
    yield 1


async def async_generator() -> c.AsyncIterator[int]:
    yield 1


async def full_async_generator() -> c.AsyncGenerator[int, None]:
    yield 1


def returned_iterator() -> c.Iterator[int]:
    return iter([1])


async def awaited_stream() -> c.AsyncIterator[int]:
    return async_generator()


class Ticker:
    def __call__(self) -> t.Iterator[int]:
        yield 1

    def method(self) -> t.Iterator[int]:
        yield 1


@pytest.mark.parametrize(
    ("function", "schema"),
    [
        (generator, INTEGER),
        (full_generator, INTEGER),
        (loose_generator, INTEGER),
        (unhinted_generator, {}),
        (async_generator, INTEGER),
        (full_async_generator, INTEGER),
        (returned_iterator, INTEGER),
        (awaited_stream, INTEGER),
        (Ticker(), INTEGER),
        (Ticker().method, INTEGER),
    ],
)
def test_streams(function: t.Any, schema: t.Any) -> None:
    assert of(function) == (schema, True, "text/event-stream")


def test_a_generator_declared_as_no_stream_is_a_list() -> None:
    assert of(generator, stream=False) == ({"type": "array", "items": INTEGER}, False, "application/json")


def test_a_list_declared_as_stream() -> None:
    def f() -> list[int]: ...

    assert of(f, stream=True) == (INTEGER, True, "text/event-stream")


def test_what_never_returns_has_no_result() -> None:
    def f() -> t.NoReturn: ...

    def g() -> t.Never: ...

    assert one(f).endpoint.result is None
    assert one(g).endpoint.result is None


def test_files() -> None:
    def f() -> File: ...

    def g() -> File | None: ...

    async def h() -> File: ...

    for function, others in ((f, 0), (g, 1), (h, 0)):
        result = one(function).endpoint.result
        assert result is not None
        assert (result.is_file, result.media_type, len(result.other_content)) == (
            True,
            "*/*",
            others,
        )


def test_the_docstring_describes_the_result() -> None:
    def f():  # type: ignore[no-untyped-def]
        """Do it.

        Returns:
            int: How many.
        """

    result = one(f).endpoint.result
    assert result is not None
    assert (result.schema, result.description) == ({"type": "integer", "x-type-source": "docstring"}, "How many.")


def test_a_missing_result_hint_is_reported() -> None:
    assert one(unhinted).rules == ["missing-result-hint"]
