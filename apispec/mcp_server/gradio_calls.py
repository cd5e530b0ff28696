"""One call of a Gradio app: what is posted, and the events that come back.

By the app's queue, as Gradio's own clients call: it has values that `/call` cannot write (dates in a table), and says
why a function failed where Gradio 5 says nothing there. By `/call` where the queue can't be asked: the app keeps its
configuration, which has the numbers of its functions, to itself.
"""

from __future__ import annotations

import copy
import json
import secrets
from collections.abc import AsyncIterator
from typing import Any

import httpx2

from apispec.literals import percent_encode
from apispec.model import GradioCall, Json
from apispec.runtime import Problem


async def events(
    client: httpx2.AsyncClient, base: str, call: GradioCall, data: Json
) -> AsyncIterator[tuple[str, Json]]:
    """Call, and yield what it says: `generating` and `complete` with all outputs so far, `error` with its reason.

    Args:
        client: Logged in where the app wants it.
        base: Where the app runs.
        call: What is called.
        data: The arguments by position.

    Raises:
        Problem: The app refuses the call.
        httpx2.HTTPError: It cannot be reached.
    """
    number = await _number(client, base, call)
    found = _by_name(client, base, call, data) if number is None else _queued(client, base, call, number, data)
    async for event in found:
        yield event


def check(answer: httpx2.Response) -> None:
    """Raise what an answer that is none says.

    Raises:
        Problem: Its status is not 200.
    """
    if answer.status_code != 200:
        raise Problem(answer.status_code, _refusal(answer.text) or "The app refuses the call.")


def reason(data: Json) -> str:
    """What an `error` event says: a text, an object (Gradio 6), or nothing unless the app shows its errors."""
    text = data.get("error") if isinstance(data, dict) else data
    if isinstance(text, str) and text.endswith("is not JSON serializable"):
        return (
            f"{text}: Gradio answers HTTP with what JSON has alone, its own clients get more. Return texts and numbers."
        )
    return str(text) if text else "The function failed; the app does not say why (Gradio does with show_error=True)."


async def _number(client: httpx2.AsyncClient, base: str, call: GradioCall) -> int | None:
    """The number of the function in the app that runs there; None where that is not told."""
    answer = await client.get(f"{base}{call.prefix.removesuffix('/gradio_api')}/config")
    try:
        known = answer.json()["dependencies"] if answer.status_code == 200 else []
        numbers = [one.get("id", index) for index, one in enumerate(known) if one.get("api_name") == call.api_name]
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    return numbers[0] if numbers and isinstance(numbers[0], int) else None


async def _queued(
    client: httpx2.AsyncClient, base: str, call: GradioCall, number: int, data: Json
) -> AsyncIterator[tuple[str, Json]]:
    session = secrets.token_hex(8)
    queue = f"{base}{call.prefix}/queue"
    check(await client.post(f"{queue}/join", json={"data": data, "fn_index": number, "session_hash": session}))
    so_far: list[Json] | None = None
    async for line in _lines(client, f"{queue}/data?session_hash={session}"):
        if not line.startswith("data:"):
            continue
        message = _read(line[5:])
        kind, output = message.get("msg"), message.get("output") or {}
        if kind == "process_generating" and message.get("success", True):
            given = output["data"]
            so_far = given if so_far is None else [edited(v, e) for v, e in zip(so_far, given, strict=True)]
            yield "generating", copy.deepcopy(so_far)
        elif kind == "process_completed":
            yield ("complete", output.get("data")) if message.get("success") else ("error", output)
            return
        elif kind == "unexpected_error":
            yield "error", message.get("message")
            return
        elif kind == "close_stream":
            return


async def _by_name(
    client: httpx2.AsyncClient, base: str, call: GradioCall, data: Json
) -> AsyncIterator[tuple[str, Json]]:
    place = f"{base}{call.prefix}/call/{percent_encode(call.api_name)}"
    started = await client.post(place, json={"data": data})
    check(started)
    name = ""
    async for line in _lines(client, f"{place}/{started.json()['event_id']}"):
        if line.startswith("event:"):
            name = line[6:].strip()
        elif line.startswith("data:"):
            yield name, _read(line[5:])


async def _lines(client: httpx2.AsyncClient, url: str) -> AsyncIterator[str]:
    async with client.stream("GET", url) as answer:
        if answer.status_code != 200:
            await answer.aread()
            check(answer)
        async for line in answer.aiter_lines():
            yield line


def _read(text: str) -> Any:
    return json.loads(text, parse_constant=lambda _: None)  # Gradio writes NaN, which is no JSON


def edited(value: Json, edits: Any) -> Json:
    """An output after the edits that a later message has in its place.

    Args:
        value: The output so far; it is changed where it is a list or an object.
        edits: `[operation, path, value]` each: `replace`, `append`, `add`, `delete`.
    """
    whole: list[Any] = [value]
    for operation, path, given in edits:
        steps: list[Any] = [0, *path]
        last = steps.pop()
        inside: Any = whole
        for step in steps:
            inside = inside[step]
        if operation == "append":
            inside[last] += given
        elif operation == "delete":
            del inside[last]
        elif operation == "add" and isinstance(inside, list):
            inside.insert(last, given)
        else:
            inside[last] = given
    result: Json = whole[0]
    return result


def _refusal(text: str) -> str:
    """What the body of a refusal says: the text of its `detail`, the words of a validator, or all of it."""
    try:
        told = json.loads(text)["detail"]
    except (ValueError, KeyError, TypeError):
        return text[:2000]
    if isinstance(told, list):
        words = [
            f"{one.get('parameter_name') or 'an argument'}: {one['message']}"
            for one in told
            if isinstance(one, dict) and one.get("message")
        ]
        return "; ".join(words)[:2000] or text[:2000]
    return told[:2000] if isinstance(told, str) else text[:2000]
