"""A model that calls one tool and repeats its answer, in the three notations that agents speak; and the API that is called.

Agents may tell of their tools later, or behind a search: the model asks for them then.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

SAID = "THE TOOL SAID "
TOOL = "one"
_MOST_WAITS = 5


class Handler(BaseHTTPRequestHandler):
    """The model and the API at one address."""

    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        """The API: the credential backwards, which nothing that hides credentials knows."""
        answer = {"backwards": (self.headers.get("X-Key") or "none")[::-1]}
        self._send(json.dumps(answer), "application/json")

    def do_POST(self) -> None:
        """The model."""
        body = json.loads(self.rfile.read(int(self.headers.get("Content-Length") or 0)) or b"{}")
        if self.path.endswith("/responses"):
            events = [(event["type"], event) for event in _responses(body)]
        elif self.path.partition("?")[0].endswith("/messages"):
            events = [(event["type"], event) for event in _messages(body)]
        elif "enerateContent" in self.path:
            answer = _gemini(body)
            if "stream" not in self.path:
                return self._send(json.dumps(answer), "application/json")
            events = [("", answer)]
        else:
            return self._send("{}", "application/json", 404)
        lines = ((f"event: {name}\n" if name else "") + f"data: {json.dumps(event)}\n\n" for name, event in events)
        return self._send("".join(lines), "text/event-stream")

    def _send(self, text: str, kind: str, status: int = 200) -> None:
        data = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


def _responses(body: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """OpenAI's Responses."""
    given = [item for item in body.get("input", []) if isinstance(item, dict)]
    outputs = [item for item in given if item.get("type") == "function_call_output"]
    answers = [item["output"] for item in outputs if item["call_id"] == "called"]
    waited = len(outputs) - len(answers)
    searched = [item for item in given if item.get("type") == "tool_search_output"]
    tools = [*body.get("tools", []), *(tool for item in searched for tool in item.get("tools", []))]
    inner = [(one.get("name", ""), t.get("name")) for t in tools if t.get("type") == "namespace" for one in t["tools"]]
    names = [*((tool.get("name") or "", None) for tool in tools), *inner]
    found = next(((name, space) for name, space in names if name.endswith(TOOL) and "shop" in f"{space}{name}"), None)
    item: dict[str, Any]
    if not answers and found is not None:
        item = {"type": "function_call", "id": "f1", "call_id": "called", "name": found[0], "arguments": "{}"}
        item |= {"namespace": found[1]} if found[1] else {}
    elif not answers and not searched and any(tool.get("type") == "tool_search" for tool in tools):
        item = {"type": "tool_search_call", "id": "s1", "call_id": "s1", "status": "completed", "execution": "client",
                "arguments": {"query": "shop echo", "limit": 5}}  # fmt: skip
    elif not answers and waited < _MOST_WAITS:  # its servers are still starting
        item = {"type": "function_call", "id": f"w{waited}", "call_id": f"waited{waited}", "name": "exec_command",
                "arguments": '{"cmd": "sleep 2"}'}  # fmt: skip
    else:
        text = SAID + json.dumps(answers[-1]) if answers else f"no tool among {names}"
        content = [{"type": "output_text", "text": text, "annotations": []}]
        item = {"type": "message", "role": "assistant", "id": "m1", "content": content}
    usage = {"input_tokens": 1, "output_tokens": 1, "total_tokens": 2}
    yield {"type": "response.created", "response": {"id": "r1"}}
    yield {"type": "response.output_item.done", "item": item}
    yield {"type": "response.completed", "response": {"id": "r1", "usage": usage}}


def _messages(body: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Anthropic's Messages."""
    blocks = [b for m in body.get("messages", []) if isinstance(m.get("content"), list) for b in m["content"]]
    results = {b["tool_use_id"]: b["content"] for b in blocks if b.get("type") == "tool_result"}
    names = [str(tool.get("name")) for tool in body.get("tools", [])]
    found = next((name for name in names if name.endswith(f"shop__{TOOL}")), None)
    wait = "WaitForMcpServers"
    call = found or (wait if wait in names and "waited" not in results else None)
    if "called" in results or call is None:
        text = SAID + json.dumps(results["called"]) if "called" in results else f"no tool among {names}"
        block, delta = {"type": "text", "text": ""}, {"type": "text_delta", "text": text}
    else:
        block = {"type": "tool_use", "id": "called" if found else "waited", "name": call, "input": {}}
        delta = {"type": "input_json_delta", "partial_json": "{}"}
    stop = "tool_use" if block["type"] == "tool_use" else "end_turn"
    message = {"id": "m", "type": "message", "role": "assistant", "model": body.get("model"), "content": []}
    usage = {"input_tokens": 1, "output_tokens": 1}
    yield {"type": "message_start", "message": {**message, "stop_reason": None, "stop_sequence": None, "usage": usage}}
    yield {"type": "content_block_start", "index": 0, "content_block": block}
    yield {"type": "content_block_delta", "index": 0, "delta": delta}
    yield {"type": "content_block_stop", "index": 0}
    yield {
        "type": "message_delta",
        "delta": {"stop_reason": stop, "stop_sequence": None},
        "usage": {"output_tokens": 1},
    }
    yield {"type": "message_stop"}


def _gemini(body: dict[str, Any]) -> dict[str, Any]:
    """Google's generateContent."""
    parts = [part for content in body.get("contents", []) for part in content.get("parts", [])]
    results = [part["functionResponse"] for part in parts if "functionResponse" in part]
    names = [str(f.get("name")) for tool in body.get("tools", []) for f in tool.get("functionDeclarations", [])]
    found = next((name for name in names if name.endswith(TOOL)), None)
    part: dict[str, Any] = {"text": f"no tool among {names}"}
    if results:
        part = {"text": SAID + json.dumps(results[-1]["response"])}
    elif found is not None:
        part = {"functionCall": {"name": found, "args": {}}}
    content = {"role": "model", "parts": [part]}
    return {"candidates": [{"content": content, "finishReason": "STOP", "index": 0}]}


def serve() -> ThreadingHTTPServer:
    """The server, on a free port of this machine."""
    return ThreadingHTTPServer(("127.0.0.1", 0), Handler)
