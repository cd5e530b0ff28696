"""How snippets of each language are compiled and run: many at once, each then as a process of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from tests.snippets.cases import HTTP

EVERYTHING = bool(os.environ.get("APISPEC_ALL_LANGUAGES"))
"""Whether all calls are run in all languages, which takes minutes."""
NODE = Path(__file__).parent.parent / "node" / "node_modules"


@dataclass(frozen=True)
class Runner:
    """How snippets of a language are run. `{case}` is a case's name, `{name}` the same as a name in a program."""

    file: str
    """Where a snippet is written, below the folder of all."""
    command: Sequence[str]
    """What runs one, in its own folder `{case}`."""
    build: Sequence[str] = ()
    """What compiles all at once; `{files}` stands for the snippets."""
    given: Mapping[str, str] = field(default_factory=dict)
    """Files that compiling needs."""
    around: tuple[str, str] = ("", "")
    """What keeps snippets apart that are compiled together."""
    instead: Sequence[tuple[str, str]] = ()
    """What of a snippet is written otherwise, so that all are one program."""
    index: Callable[[list[str]], Mapping[str, str]] = lambda names: {}
    """Files that name them all."""
    fast: bool = False
    refuses: Sequence[str] = ()
    """Cases that the language's client cannot send, which is said instead."""
    lenient: bool = False
    """It shows the events of a stream and does not read them: an event that tells of an error is no failure, as for curl."""
    silent: bool = False
    """It fails without a word."""
    sorts: bool = False
    """Its client sorts the query."""
    packages: bool = False
    """Whether it needs packages of npm."""
    large: bool = False
    """Its compiler and libraries are too much for every run: `make prove-languages` runs it."""


LAUNCHER = """using System;
using System.Reflection;
class Launcher {
    static int Main(string[] args) => (int)Assembly.GetExecutingAssembly().GetType(args[0] + ".Program")
        .GetMethod("Main", BindingFlags.NonPublic | BindingFlags.Static).Invoke(null, null);
}
"""
CARGO = """[package]
name = "snippets"
version = "0.1.0"
edition = "2021"

[dependencies]
base64 = "0.13"
reqwest = { version = "0.11", default-features = false, features = ["blocking", "multipart"] }

[profile.dev]
debug = false
"""
REGISTRY = """[source.crates-io]
replace-with = "debian"

[source.debian]
directory = "/usr/share/cargo/registry"
"""
CRATES = os.environ.get("CARGO_TARGET_DIR") or str(Path(__file__).parents[2] / ".cache" / "rust")
"""Where compiled libraries are kept: they take minutes."""
RUST_RUN = "pub fn run() -> Result<(), Box<dyn std::error::Error>> {{ main() }}\n"


def modules(names: list[str]) -> Mapping[str, str]:
    """The program that runs one of them."""
    declared = "".join(f"mod {name};\n" for name in names)
    cases = "".join(f'        "{name}" => {name}::run(),\n' for name in names)
    head = (
        "fn main() -> Result<(), Box<dyn std::error::Error>> {\n    match std::env::args().nth(1).unwrap().as_str() {\n"
    )
    return {"src/main.rs": declared + head + cases + "        other => Err(other.into()),\n    }\n}\n"}


DIGEST = ("digest", "digest-with-a-body")


def imports(names: list[str]) -> Mapping[str, str]:
    """The program that runs one of them, in Go."""
    cases = "".join(f'\tcase "{name}":\n\t\t{name}.Main()\n' for name in names)
    named = "".join(f'\t"{name}"\n' for name in names)
    return {
        "all.go": f'package main\n\nimport (\n\t"os"\n{named})\n\nfunc main() {{\n\tswitch os.Args[1] {{\n{cases}\t}}\n}}\n'
    }


TSC = [
    "node", str(NODE / "typescript/bin/tsc"), "--target", "es2022", "--module", "nodenext", "--strict", "--skipLibCheck", "--types", "node",
    "--typeRoots", str(NODE / "@types"), "--rootDir", ".", "--outDir", "out", "{files}",
]  # fmt: skip
JVM = ["-Xshare:auto", "-XX:TieredStopAtLevel=1"]

RUNNERS = {
    "axios": Runner("{case}/s.mjs", ["node", "s.mjs"], packages=True, refuses=DIGEST),
    "csharp": Runner(
        "{case}/s.cs",
        ["mono", "../s.exe", "{name}"],
        build=["mcs", "-nologo", "-r:System.Net.Http.dll", "-main:Launcher", "-out:s.exe", "Launcher.cs", "{files}"],
        given={"Launcher.cs": LAUNCHER},
        around=("namespace {name} {{\n", "}}\n"),
        refuses=("headers", "query-styles", "path-nasty", *DIGEST),
    ),
    "go": Runner(
        "src/{name}/s.go", ["../snippets", "{name}"], build=["go", "build", "-o", "snippets", "all.go"], index=imports, sorts=True, refuses=DIGEST,
        instead=[("package main\n", "package {name}\n"), ("\nfunc main() {\n", "\nfunc Main() {\n")],
    ),
    "httpie": Runner(
        "{case}/s.sh",
        ["sh", "s.sh"],
        lenient=True,
        refuses=("multipart-typed-parts", "multipart-all", "multipart-texts", "multipart-json-part"),
    ),
    "httpx": Runner("{case}/s.py", [sys.executable, "-I", "-X", "utf8", "s.py"]),
    "java": Runner(
        "{name}.java", ["java", *JVM, "-cp", "..", "{name}"], build=["javac", "{files}"],
        instead=[("public class Snippet {\n", "public class {name} {\n")], refuses=("headers", *DIGEST),
    ),
    "kotlin": Runner(
        "{case}/{name}.kt", ["java", *JVM, "-cp", "../out:/usr/share/java/kotlin-stdlib.jar", "{name}.{Name}Kt"],
        build=["kotlinc", "-nowarn", "-d", "out", "{files}"], around=("package {name}\n\n", ""), refuses=("headers", *DIGEST),
    ),
    "perl": Runner("{case}/s.pl", ["perl", "s.pl"], fast=True),
    "php": Runner("{case}/s.php", ["php", "s.php"], fast=True),
    "r": Runner(
        "{case}/s.R", ["Rscript", "--vanilla", "s.R"],
        refuses=("headers", "stream", "stream-error", "foreign-stream", "not-found-stream", "lines"),
    ),
    "ruby": Runner("{case}/s.rb", ["ruby", "s.rb"], fast=True, refuses=DIGEST),
    "rust": Runner(
        "src/{name}.rs", [f"{CRATES}/debug/snippets", "{name}"], build=["/usr/bin/cargo", "build", "--offline", "--quiet"],
        given={"Cargo.toml": CARGO, ".cargo/config.toml": REGISTRY}, around=("", RUST_RUN), index=modules, large=True, refuses=DIGEST,
    ),
    "typescript": Runner("{case}/s.mts", ["node", "../out/{case}/s.mjs"], build=TSC),
    "wget": Runner(
        "{case}/s.sh", ["sh", "s.sh"], fast=True, lenient=True, silent=True,
        refuses=(
            "headers", "multipart", "multipart-all", "multipart-texts", "multipart-json-part", "multipart-typed-parts", "digest-with-a-body",
            *(case.name for case in HTTP if any("query-key" in one for one in case.security)),
        ),
    ),
}  # fmt: skip


FIRST = {
    "python": Runner("{case}/s.py", [sys.executable, "-I", "-X", "utf8", "s.py"]),
    "javascript": Runner("{case}/s.mjs", ["node", "s.mjs"]),
    "curl": Runner("{case}/s.sh", ["sh", "s.sh"], lenient=True),
}
"""The three that pages show."""

Ran = tuple[subprocess.CompletedProcess[bytes], Path]
"""How a snippet ended, and the folder in which it ran."""


def execute(language: str, root: Path, texts: Mapping[str, str], given: Mapping[str, str]) -> dict[str, Ran]:
    """Compile all snippets at once, and run each.

    Args:
        language: Its id.
        root: An empty folder.
        texts: The snippets by name, which are words with hyphens.
        given: Environment variables.
    """
    runner = {**FIRST, **RUNNERS}[language]
    program = (runner.build or runner.command)[0]
    assert shutil.which(program), f"install {program} to run this"
    environment = {
        "PATH": os.environ["PATH"], "HOME": str(root), "GOCACHE": str(root / "cache"), "GO111MODULE": "off", "GOPATH": str(root), "LANG": "C.UTF-8",
        "RUSTC": "/usr/bin/rustc", "CARGO_TARGET_DIR": CRATES, "no_proxy": "*", **given,
    }  # fmt: skip

    def words(case: str) -> dict[str, str]:
        name = "c_" + case.replace("-", "_")
        return {"case": case, "name": name, "Name": name[0].upper() + name[1:]}

    def write(case: str) -> str:
        (root / case).mkdir()
        before, after = (text.format(**words(case)) for text in runner.around)
        path = runner.file.format(**words(case))
        text = texts[case]
        for old, new in runner.instead:
            assert text.count(old) == 1, (case, old)
            text = text.replace(old, new.replace("{name}", words(case)["name"]))
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes((before + text + after).encode())
        return path

    def done(command: Sequence[str], folder: Path) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            command, cwd=folder, env=environment, capture_output=True, timeout=900, stdin=subprocess.DEVNULL
        )

    def run(case: str) -> Ran:
        return done([word.format(**words(case)) for word in runner.command], root / case), root / case

    if runner.packages:
        (root / "node_modules").symlink_to(NODE)
    written = [write(case) for case in texts]
    for name, text in {**runner.given, **runner.index([words(case)["name"] for case in texts])}.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    if runner.build:
        built = done([word for item in runner.build for word in (written if item == "{files}" else [item])], root)
        assert built.returncode == 0, (built.stdout + built.stderr).decode("utf-8", "replace")[-5000:]
    with ThreadPoolExecutor(2) as pool:
        return dict(zip(texts, pool.map(run, texts), strict=True))
