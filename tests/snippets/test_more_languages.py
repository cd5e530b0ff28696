"""The languages of the menu: every snippet is compiled, run against the echo server, and what arrives is compared.

Fast interpreters run every case, compilers the sample that has one of each kind; `make prove-languages` runs all.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from apispec.snippets import languages, snippets
from tests.conftest import Golden
from tests.snippets.cases import ENVIRONMENT, HTTP, LOGIN, Case
from tests.snippets.echo import Arrival, decoded, running
from tests.snippets.test_execution import same

NODE = Path(__file__).parent.parent / "node" / "node_modules"
SAMPLE = (
    "json", "query-styles", "headers", "form", "multipart", "multipart-typed-parts", "binary", "text", "two-keys", "basic",
    "delete", "digest-with-a-body", "stream", "stream-error", "lines", "download", "text-result", "not-found",
)  # fmt: skip
"""One of each kind."""


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
    large: bool = False
    """Its compiler and libraries are too much for every run: `make prove-languages` runs it."""


LAUNCHER = """using System;
using System.Reflection;
class Launcher {
    static int Main(string[] args) => (int)Assembly.GetExecutingAssembly().GetType(args[0] + ".Program")
        .GetMethod("Main", BindingFlags.NonPublic | BindingFlags.Static).Invoke(null, null);
}
"""
BUILD = """import javax.tools.ToolProvider;
class Build {
    public static void main(String[] files) {
        for (String file : files) {
            if (ToolProvider.getSystemJavaCompiler().run(null, null, null, file) != 0) System.exit(1);
        }
    }
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
TSC = [
    "node", str(NODE / "typescript/bin/tsc"), "--target", "es2022", "--module", "nodenext", "--strict", "--skipLibCheck", "--types", "node",
    "--typeRoots", str(NODE / "@types"), "--rootDir", ".", "--outDir", "out", "{files}",
]  # fmt: skip
JVM = ["-Xshare:auto", "-XX:TieredStopAtLevel=1"]

RUNNERS = {
    "axios": Runner("{case}/s.mjs", ["node", "s.mjs"], refuses=DIGEST),
    "csharp": Runner(
        "{case}/s.cs",
        ["mono", "../s.exe", "{name}"],
        build=["mcs", "-nologo", "-r:System.Net.Http.dll", "-main:Launcher", "-out:s.exe", "Launcher.cs", "{files}"],
        given={"Launcher.cs": LAUNCHER},
        around=("namespace {name} {{\n", "}}\n"),
        refuses=("headers", "query-styles", "path-nasty", *DIGEST),
    ),
    "go": Runner("{case}/s.go", ["../bin/{case}"], build=["go", "build", "-o", "bin/", "{folders}"], sorts=True, refuses=DIGEST),
    "httpie": Runner(
        "{case}/s.sh",
        ["sh", "s.sh"],
        lenient=True,
        refuses=("multipart-typed-parts", "multipart-all", "multipart-texts", "multipart-json-part"),
    ),
    "httpx": Runner("{case}/s.py", [sys.executable, "-I", "-X", "utf8", "s.py"]),
    "java": Runner(
        "{case}/Snippet.java", ["java", *JVM, "-cp", ".", "Snippet"], build=["java", "Build.java", "{files}"], given={"Build.java": BUILD},
        refuses=("headers", *DIGEST),
    ),
    "kotlin": Runner(
        "{case}/{name}.kt", ["java", *JVM, "-cp", "../out:/usr/share/java/kotlin-stdlib.jar", "{Name}Kt"],
        build=["kotlinc", "-nowarn", "-d", "out", "{files}"], refuses=("headers", *DIGEST),
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
EVERYTHING = bool(os.environ.get("APISPEC_ALL_LANGUAGES"))
RUN = [language for language, runner in RUNNERS.items() if EVERYTHING or not runner.large]

pytestmark = [pytest.mark.node, pytest.mark.slow]


def chosen(language: str) -> list[Case]:
    return [case for case in HTTP if EVERYTHING or RUNNERS[language].fast or case.name in SAMPLE]


Ran = tuple[subprocess.CompletedProcess[bytes], Arrival | None, Path]


@pytest.fixture(scope="module", params=RUN)
def ran(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, dict[str, Ran | None]]:
    """All cases of a language, compiled at once; None where it cannot make the call."""
    language: str = request.param
    runner = RUNNERS[language]
    program = (runner.build or runner.command)[0]
    assert shutil.which(program), f"install {program} to run these tests"
    root = tmp_path_factory.mktemp(language)
    environment = {
        "PATH": os.environ["PATH"], "HOME": str(root), "GOCACHE": str(root / "cache"), "GO111MODULE": "off", "LANG": "C.UTF-8",
        "RUSTC": "/usr/bin/rustc", "CARGO_TARGET_DIR": CRATES, "no_proxy": "*", **ENVIRONMENT,
    }  # fmt: skip

    def words(case: Case) -> dict[str, str]:
        name = "c_" + case.name.replace("-", "_")
        return {"case": case.name, "name": name, "Name": name[0].upper() + name[1:]}

    def write(case: Case) -> str | None:
        base = server.base(case.answer, f"{language}-{case.name}")
        made = snippets(case.api, case.endpoint, arguments=case.arguments, languages=[language], base_url=base)
        if not made:
            return None
        (root / case.name).mkdir()
        before, after = (text.format(**words(case)) for text in runner.around)
        path = runner.file.format(**words(case))
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes((before + made[0].text + after).encode())
        return path

    def done(command: Sequence[str], folder: Path) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            command, cwd=folder, env=environment, capture_output=True, timeout=600, stdin=subprocess.DEVNULL
        )

    def run(case: Case) -> Ran | None:
        if written[case.name] is None:
            return None
        result = done([word.format(**words(case)) for word in runner.command], root / case.name)
        return result, server.arrivals.get(f"{language}-{case.name}"), root / case.name

    for name, text in runner.given.items():
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    if language == "axios":
        (root / "node_modules").symlink_to(NODE)
    with running(LOGIN) as server, ThreadPoolExecutor(2) as pool:
        cases = chosen(language)
        written = {case.name: write(case) for case in cases}
        for name, text in runner.index([words(c)["name"] for c in cases if written[c.name]]).items():
            (root / name).write_text(text, encoding="utf-8")
        if runner.build:
            made = [path for path in written.values() if path]
            several = {"{files}": made, "{folders}": [f"./{Path(path).parent}" for path in made]}
            built = done([word for item in runner.build for word in several.get(item, [item])], root)
            assert built.returncode == 0, (built.stdout + built.stderr).decode("utf-8", "replace")[-5000:]
        return language, dict(zip([case.name for case in cases], pool.map(run, cases), strict=True))


def test_what_was_meant_arrives(ran: tuple[str, dict[str, Ran | None]]) -> None:
    language, results = ran
    wrong = []
    for case in chosen(language):
        result = results[case.name]
        if result is None:
            assert case.name in RUNNERS[language].refuses, case.name
            continue
        done, arrival, _ = result
        if arrival is None:
            wrong.append((case.name, done.stdout[-500:], done.stderr[-500:]))
            continue
        path = arrival.path if case.name == "path-styles" else decoded(arrival.path)
        body = same(arrival.body, case.body)
        headers = {name: arrival.headers.get(name) for name in case.headers}
        in_order = sorted if RUNNERS[language].sorts else list
        meant = (case.method, case.path, in_order(case.query), case.cookies, case.headers, True)
        if (arrival.method, path, in_order(arrival.query), arrival.cookies, headers, body) != meant:
            wrong.append((case.name, arrival, meant))
        elif case.raw_query is not None and arrival.raw_query != case.raw_query:
            wrong.append((case.name, arrival.raw_query, case.raw_query))
    assert not wrong


def test_the_program_ends_as_the_call_does(ran: tuple[str, dict[str, Ran | None]]) -> None:
    language, results = ran
    wrong = []
    for case in chosen(language):
        result = results[case.name]
        if result is None:
            continue
        done = result[0]
        runner = RUNNERS[language]
        fails = case.fails is True or (isinstance(case.fails, str) and not runner.lenient)
        told = bool(done.stderr.strip())
        if (
            (done.returncode != 0) != fails
            or (told != fails and not (fails and runner.silent))
            or case.prints not in done.stdout.decode("utf-8", "replace")
        ):
            wrong.append((case.name, done.returncode, done.stdout[-300:], done.stderr[-500:]))
    assert not wrong


def test_every_language_of_the_menu_is_run() -> None:
    assert {language.id for language in languages("http") if language.menu} == RUNNERS.keys()


@pytest.mark.parametrize("language", RUNNERS)
@pytest.mark.parametrize("case", [c for c in HTTP if c.name in SAMPLE], ids=lambda case: case.name)
def test_as_they_were_read(case: Case, language: str, golden: Golden) -> None:
    made = snippets(
        case.api, case.endpoint, arguments=case.arguments, languages=[language], base_url="https://api.example.com/v1/"
    )
    for snippet in made:
        golden(f"snippets/{case.name}/{snippet.language.id}.{snippet.language.extension}", snippet.text)
        assert snippet.text.replace("\n", "").replace("\t", "").isprintable()
        assert "\n\n\n" not in snippet.text and not snippet.text.startswith("\n")
