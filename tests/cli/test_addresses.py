"""`--url`: what is no address, and where nothing runs, is said at once."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from apispec.cli import run


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("ftp://host", "is no address of a server"),
        ("/run", "give http://... or https://..."),
        ("http://[x", "is no address of a server"),
        ("Ada/my_space", "as https://ada-my-space.hf.space"),
        ("https://huggingface.co/spaces/Ada/my.space/", "the app is at https://ada-my-space.hf.space"),
        ("http://127.0.0.1:99999", "a port is a number from 0 to 65535"),
        ("", "is no address of a server"),
    ],
)
@pytest.mark.parametrize("command", ["prove", "mcp"])
def test_what_is_no_address_is_refused(command: str, url: str, said: str, capsys) -> None:
    assert run([command, "app.py", "--url", url]) == 2
    assert said in capsys.readouterr().err


def test_where_nothing_answers_one_line_says_it(tmp_path: Path, monkeypatch, capsys) -> None:
    monkeypatch.chdir(tmp_path)
    Path("api.yaml").write_text(
        "openapi: 3.1.0\ninfo: {title: T, version: '1'}\n"
        "paths: {/a: {get: {operationId: a, responses: {'200': {description: A}}}}}\n"
    )
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # and does not listen
        url = f"http://127.0.0.1:{taken.getsockname()[1]}"
        assert run(["prove", "api.yaml", "--url", url, "--in", "curl"]) == 2
    said = capsys.readouterr()
    assert f"nothing answers at {url}" in said.err and "start the app there" in said.err and not said.out
