"""Imports go one way, optional libraries stay where they belong, and start-up stays light."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent.parent / "apispec"

LAYERS: tuple[frozenset[str], ...] = (
    frozenset({"errors", "findings", "version", "sharing", "__init__", "config"}),
    frozenset(
        {
            "model",
            "schema",
            "literals",
            "documents",
            "app",
            "endpoint_options",
            "types",
            "styles",
            "body_text",
            "xml_writer",
            "yaml_writer",
            "filedata",
        }
    ),
    frozenset({"example", "call", "credentials", "overlay", "templating", "clients", "tools", "proof"}),
    frozenset({"introspection", "snippets", "rules", "validation", "changes", "sources", "reports"}),
    frozenset({"rendering"}),
    frozenset({"output", "site", "runtime", "hosting", "server", "mcp_server", "prove"}),
    frozenset({"cli", "__main__"}),
)
"""From the bottom up: a module may import its own layer and those below it."""

UPWARD = {
    "app": {"introspection", "server"},  # App.describe and App.__call__, when they are used
    "__init__": {"app", "types"},  # names imported on first use
}
"""Imports upwards that are there for users' comfort, inside functions only."""

OPTIONAL = {
    "starlette": {"server", "mcp_server", "runtime", "prove"},
    "uvicorn": {"server", "mcp_server", "cli", "prove", "hosting"},
    "mcp": {"mcp_server", "prove", "server"},
    "mcp_types": {"mcp_server", "prove"},
    "httpx2": {"hosting", "mcp_server"},
    "django": {"hosting"},
    "mkdocs": {"site"},
    "gradio": {"sources", "prove"},
    "fastapi": {"sources"},
    "gradio_client": {"prove"},
    "openapi_spec_validator": {"validation"},
    "griffe": {"introspection"},
}
"""Library → the parts that may import it."""


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def part(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path: Path) -> list[tuple[str, bool]]:
    """Every imported module of a file, and whether the import is inside a function or only for type checkers."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    lazy = {
        node
        for block in ast.walk(tree)
        if isinstance(block, (ast.FunctionDef, ast.AsyncFunctionDef))
        or (isinstance(block, ast.If) and "TYPE_CHECKING" in ast.unparse(block.test))
        for node in ast.walk(block)
    }
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [(alias.name, node in lazy) for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            if node.module == "apispec":
                found += [(f"apispec.{alias.name}", node in lazy) for alias in node.names]
            else:
                found.append((node.module, node in lazy))
    return found


def layer(name: str) -> int:
    for number, names in enumerate(LAYERS):
        if name in names:
            return number
    pytest.fail(f"apispec.{name} has no layer; give it one in LAYERS")


@pytest.mark.parametrize("path", modules(), ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_imports_go_one_way(path: Path) -> None:
    here = part(path)
    wrong = []
    for module, lazy in imports(path):
        root, _, rest = module.partition(".")
        if root != "apispec" or not rest:
            continue
        there = rest.partition(".")[0]
        if there.startswith("__") or there[0].isupper():
            continue
        if layer(there) > layer(here) and not (lazy and there in UPWARD.get(here, ())):
            wrong.append(module)
    assert not wrong


@pytest.mark.parametrize("path", modules(), ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_optional_libraries_stay_where_they_belong(path: Path) -> None:
    wrong = [m for m, _ in imports(path) if part(path) not in OPTIONAL.get(m.partition(".")[0], {part(path)})]
    assert not wrong


def test_print_is_for_the_command_line_only() -> None:
    printing = {
        path.relative_to(PACKAGE).as_posix()
        for path in modules()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "print"
        and part(path) != "cli"
    }
    assert not printing


def loaded(*args: str) -> set[str]:
    """The modules that are loaded after a command has run in a process of its own."""
    code = (
        f"import sys\nfrom apispec.cli import run\nrun({list(args)!r})\nprint('\\n'.join(sys.modules), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return {name.partition(".")[0] for name in done.stderr.splitlines()}


def test_help_imports_nothing_but_click() -> None:
    names = loaded("--help")
    assert "click" in names
    assert not names & {"pydantic", "jinja2", "yaml", "jsonschema_rs", "griffe", "mkdocs", "mcp", "starlette"}


def test_spec_imports_no_part_it_does_not_use() -> None:
    folder = Path("small.py")
    folder.write_text('def add(a: int, b: int) -> int:\n    """Add."""\n    return a + b\n', encoding="utf-8")
    names = loaded("spec", "small.py", "-o", "openapi.json")
    assert Path("openapi.json").exists()
    assert not names & {"mkdocs", "material", "mcp", "starlette", "uvicorn", "fastapi", "gradio", "griffe", "markdown"}
