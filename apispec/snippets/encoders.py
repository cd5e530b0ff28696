"""How a slot's value is written, by name. An encoder takes the value, its column, and the indent of its line."""

from __future__ import annotations

import keyword
from collections.abc import Callable
from typing import Any

from apispec.literals import (
    BasicAuth,
    EnvText,
    LocalFile,
    javascript,
    javascript_file,
    json_layout,
    json_text,
    percent_encode,
    python,
    shell_quote,
    shell_word,
)
from apispec.requests import FilePart
from apispec.schemas import FILE_META

Encoder = Callable[[Any, int, int], str]


def _python(value: Any, column: int, indent: int) -> str:
    return python(value, column=column, indent=indent)


def _javascript(value: Any, column: int, indent: int) -> str:
    return javascript(value, column=column, indent=indent)


def _python_argument(pair: tuple[str, Any], column: int, indent: int) -> str:
    """`name=value`, or `**{"name": value}` where the name is no identifier."""
    name, value = pair
    if name.isidentifier() and not keyword.iskeyword(name):
        return f"{name}={python(value, column=column + len(name) + 1, indent=indent)}"
    return "**" + python({name: value}, column=column + 2, indent=indent)


def _python_bytes(file: LocalFile, column: int, indent: int) -> str:
    text = python(file.content)
    return f"base64.b64decode({text})" if file.is_base64 else f"{text}.encode()"


def _python_file(part: FilePart, column: int, indent: int) -> str:
    """One entry of the list that `requests` takes as `files`."""
    file = part.file
    content = _python_bytes(file, 0, 0) if file.is_base64 else python(file.content)
    return f"({python(part.name)}, ({python(file.filename or None)}, {content}, {python(file.media_type)}))"


def _python_field(pair: tuple[str, str], column: int, indent: int) -> str:
    """A text in the list that `requests` takes as `files`."""
    return f"({python(pair[0])}, (None, {python(pair[1])}))"


def _javascript_file(part: FilePart, column: int, indent: int) -> str:
    """The arguments of `FormData.append` for a file."""
    file = part.file
    if file.filename:
        return f"{javascript(part.name)}, {javascript_file(file)}"
    content, media_type = javascript(file.content), javascript(file.media_type)
    return f"{javascript(part.name)}, new Blob([{content}], {{ type: {media_type} }})"


def _javascript_field(pair: tuple[str, str], column: int, indent: int) -> str:
    """The arguments of `FormData.append` or `URLSearchParams.append` for a text."""
    return f"{javascript(pair[0])}, {javascript(pair[1])}"


def _javascript_url(value: str | EnvText, column: int, indent: int) -> str:
    """A URL; what comes from the environment is percent-encoded."""
    if isinstance(value, str):
        return javascript(value)
    return " + ".join(
        javascript(part) if isinstance(part, str) else f"encodeURIComponent({javascript(EnvText((part,)))})"
        for part in value.parts
    )


def _shell(value: str | EnvText, column: int, indent: int) -> str:
    return shell_quote(value)


def _shell_json(value: Any, column: int, indent: int) -> str:
    """JSON as one shell word, over several lines where it is long.

    Local files are what the upload answered, texts from the environment shell variables that need no escaping in JSON.
    """
    variables: list[str] = []

    def variable(name: str) -> str:
        variables.append(name)
        return f"\0{len(variables) - 1}\0"

    def plain(node: Any) -> Any:
        if isinstance(node, LocalFile):
            return {"path": variable(upload_variable(node.filename)), "meta": FILE_META}
        if isinstance(node, EnvText):
            return "".join(part if isinstance(part, str) else variable(part.name) for part in node.parts)
        if isinstance(node, list):
            return [plain(n) for n in node]
        if isinstance(node, dict):
            return {k: plain(v) for k, v in node.items()}
        return node

    word = shell_quote(json_layout(plain(value), column=column))
    for number, name in enumerate(variables):
        word = word.replace(f"\\u0000{number}\\u0000", f"'\"${name}\"'")
    return word


def upload_variable(filename: str) -> str:
    """The shell variable that holds the server's path of an uploaded file: `sample.png` → `SAMPLE_PNG`."""
    return "".join(c.upper() if c.isascii() and c.isalnum() else "_" for c in filename)


def _shell_header(pair: tuple[str, str | EnvText], column: int, indent: int) -> str:
    name, value = pair
    if isinstance(value, EnvText):
        return shell_quote(EnvText((f"{name}: ", *value.parts)))
    # curl drops a header that has no value unless a semicolon ends its name.
    return shell_quote(f"{name}: {value}" if value else f"{name};")


def _shell_field(pair: tuple[str, str], column: int, indent: int) -> str:
    """A field for `curl --form-string`."""
    return shell_quote(f"{pair[0]}={pair[1]}")


def _shell_urlencoded(pair: tuple[str, str], column: int, indent: int) -> str:
    """A field for `curl --data-raw`, percent-encoded; `--data-urlencode` would leave the name as it is."""
    return shell_word(f"{percent_encode(pair[0])}={percent_encode(pair[1])}")


def _shell_query(pair: tuple[str, EnvText], column: int, indent: int) -> str:
    """An API key in the query, for `curl --url-query` or `--data-urlencode`: they encode the value, not the name."""
    return shell_quote(EnvText((f"{percent_encode(pair[0])}=", *pair[1].parts)))


def _shell_file(part: FilePart, column: int, indent: int) -> str:
    """A part for `curl --form`."""
    file = part.file
    if file.filename:
        return shell_quote(f"{part.name}=@{file.filename};type={file.media_type}")
    content = file.content.replace("\\", "\\\\").replace('"', '\\"')
    return shell_quote(f'{part.name}="{content}";type={file.media_type}')


def _shell_at_file(file: LocalFile, column: int, indent: int) -> str:
    """A file for `curl --data-binary`."""
    return shell_word(f"@{file.filename}")


def _shell_make_file(file: LocalFile, column: int, indent: int) -> str:
    """A command that makes a sample file unless the reader has one of that name."""
    name = shell_word(file.filename)
    content = shell_quote(file.content)
    make = f"printf %s {content} | base64 -d > {name}" if file.is_base64 else f"printf %s {content} > {name}"
    return f"[ -e {name} ] || {make}"


def _python_sample(file: LocalFile, column: int, indent: int) -> str:
    """Statements that make a sample file unless the reader has one of that name."""
    path = f"Path({python(file.filename)})"
    return f"if not {path}.exists():\n    {path}.write_bytes({_python_bytes(file, 0, 0)})"


def _shell_upload(upload: tuple[str, LocalFile], column: int, indent: int) -> str:
    """Commands that upload a file to a Gradio server and keep the path that it answers, in a list of one."""
    url, file = upload
    name = upload_variable(file.filename)
    form = shell_quote(f"files=@{file.filename};type={file.media_type}")
    return (
        f"{name}=$(curl --fail-with-body --silent --show-error {shell_quote(url)} \\\n  --form {form}) &&\n"
        f'{name}=${{{name}#*\\"}} && {name}=${{{name}%%\\"*}}'
    )


def _quoted(text: str | EnvText, column: int, indent: int) -> str:
    """A text in double quotes as C#, Go, Java, Kotlin and Ruby read it, none of which finds a value to put in."""
    if isinstance(text, EnvText):
        text = "".join(part if isinstance(part, str) else part.name for part in text.parts)
    return json_text(text).replace("#", "\\u0023").replace("$", "\\u0024")


def _quoted_json(value: Any, column: int, indent: int) -> str:
    """JSON as such a text."""
    return _quoted(json_text(value), column, indent)


def _shell_word(text: str, column: int, indent: int) -> str:
    return shell_word(text)


def _shell_basic(value: BasicAuth, column: int, indent: int) -> str:
    return shell_quote(EnvText((value.user, ":", value.password)))


def _python_basic(value: BasicAuth, column: int, indent: int) -> str:
    user, password = EnvText((value.user,)), EnvText((value.password,))
    return f"({python(user)}.encode(), {python(password)}.encode())"  # requests would send Latin-1


ENCODERS: dict[str, Encoder] = {
    "javascript": _javascript,
    "javascript-field": _javascript_field,
    "javascript-file": _javascript_file,
    "javascript-url": _javascript_url,
    "python": _python,
    "python-argument": _python_argument,
    "python-basic": _python_basic,
    "python-bytes": _python_bytes,
    "python-field": _python_field,
    "python-file": _python_file,
    "python-sample": _python_sample,
    "quoted": _quoted,
    "quoted-json": _quoted_json,
    "shell": _shell,
    "shell-at-file": _shell_at_file,
    "shell-basic": _shell_basic,
    "shell-field": _shell_field,
    "shell-file": _shell_file,
    "shell-header": _shell_header,
    "shell-json": _shell_json,
    "shell-make-file": _shell_make_file,
    "shell-query": _shell_query,
    "shell-upload": _shell_upload,
    "shell-urlencoded": _shell_urlencoded,
    "shell-word": _shell_word,
}
