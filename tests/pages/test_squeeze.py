"""The script and stylesheet that sites get say what their parts say."""

from __future__ import annotations

import json
import subprocess

import pytest

from apispec.rendering.pages import squeeze
from apispec.rendering.pages.assets import SCRIPT, STYLE
from apispec.templating import templates_dir

ASSETS = templates_dir() / "assets"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('const a = "const x  :  y"; // a // b\n', 'let a="const x  :  y";'),
        ("/** Words. */\nif (a) {\n  b = c / d;\n} else e();\n", "if(a){b=c / d}else e();"),
        ("return /a b, c/.test(x) ? `p : ${q ? `r , s` : 1}` : 2;\n", "return /a b, c/.test(x)?`p : ${q ? `r , s` : 1}`:2;"),
        ('x = y.split(/[/,] /)[0]; // why\nz = "it\'s // no comment";\n', 'x=y.split(/[/,] /)[0];z="it\'s // no comment";'),
        ("a = b + +c - -d;\nlet e = f in g;\n", "a=b + +c - -d;let e=f in g;"),
        ("for (;;) {\n  a(b++ + c - d);\n}\n", "for(;;){a(b+++c-d)}"),
        ("const [, b] = [\n  { c: d, },\n  e(f,),\n];\n", "let[,b]=[{c:d},e(f)];"),
    ],
)  # fmt: skip
def test_scripts(text: str, expected: str) -> None:
    assert squeeze.script(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/* A.\n B. */\na :focus,\nb:hover {\n  margin: 0 1px;\n}\n", "a :focus,b:hover{margin:0 1px;}"),
        ('x::before {\n  content: " : ; ";\n}\n', 'x::before{content:" : ; ";}'),
        ("@media (min-width: 4rem) {\n  a { b: c; }\n}\n", "@media (min-width:4rem){a{b:c;}}"),
    ],
)
def test_styles(text: str, expected: str) -> None:
    assert squeeze.style(text) == expected


PARSE = """
const acorn = require("internal/deps/acorn/acorn/dist/acorn");
const shape = (text) => JSON.stringify(
  acorn.parse(text, { ecmaVersion: "latest" }),
  (key, value) => {
    if (["start", "end", "raw"].includes(key) && typeof value !== "object") return undefined;
    if (key === "kind" && value === "const") return "let";
    return typeof value === "bigint" ? String(value) : value;
  },
);
for (const [name, before, after] of JSON.parse(require("fs").readFileSync(0, "utf8"))) {
  if (shape(before) !== shape(after)) console.log(name);
}
"""
"""Prints the scripts that mean something else; Node.js brings its parser along."""


@pytest.mark.node
def test_our_scripts_mean_the_same() -> None:
    texts = [(name, (ASSETS / "script" / f"{name}.js").read_text(encoding="utf-8")) for name in SCRIPT]
    pairs = [[name, text, squeeze.script(text)] for name, text in texts] + [["wrong", "a = 1;", "a=2;"]]
    command = ["node", "--expose-internals", "-e", PARSE]
    found = subprocess.run(command, input=json.dumps(pairs), capture_output=True, encoding="utf-8", check=True)
    assert found.stdout.split() == ["wrong"]
    assert all(len(squeezed) < len(text) for _, text, squeezed in pairs)


@pytest.mark.parametrize("name", STYLE)
def test_our_styles(name: str) -> None:
    text = (ASSETS / "style" / f"{name}.css").read_text(encoding="utf-8")
    squeezed = squeeze.style(text)
    assert squeezed.count("{") == text.count("{")
    assert squeezed.count(";") == text.count(";")
