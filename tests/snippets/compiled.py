"""Prove snippets in the languages that are compiled first, which `apispec prove` cannot run: `python -m tests.snippets.compiled`.

Every http endpoint of the examples and of the nasty app is called in each; what arrives and what is answered is judged as
by `apispec prove`.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from apispec.cli.reading import read
from apispec.config import Config
from apispec.examples import arguments
from apispec.prove import hosted
from apispec.prove.cases import Case, unprovable
from apispec.prove.proving import _check_arrived
from apispec.prove.state import in_order
from apispec.snippets import snippets
from tests.snippets.runners import execute

REPOSITORY = Path(__file__).parents[2]
APPS = ("examples/quickstart/app.py", "examples/fastapi_app/app.py", "tests/server/nasty.py")
COMPILED = ("csharp", "kotlin", "rust", "typescript")


def proven(app: str, language: str) -> tuple[int, list[str]]:
    """How many calls passed, and what is wrong with the others."""
    api = read(str(REPOSITORY / app), Config()).api
    known = [e for e in api.public_endpoints if e.callable and e.protocol == "http" and not unprovable(e)]
    numbered = list(enumerate(Case(api, e, "http", language, arguments(e, api)) for e in known))
    passed, wrong = 0, []
    with hosted(str(REPOSITORY / app)) as host, tempfile.TemporaryDirectory(prefix="apispec-compiled-") as folder:
        texts = {}
        for number, case in in_order(numbered):
            why: dict[str, str] = {}
            for made in snippets(api, case.endpoint, languages=[language], base_url=host.base_url(number), refused=why):
                texts[f"n{number}"] = made.text
            wrong += [f"{language}: {app}: {case.endpoint.name} is refused: {reason}" for reason in why.values()]
        ran = execute(language, Path(folder), texts, case.environment)
        recorded = host.recorded()
        for number, case in numbered:
            if f"n{number}" not in texts:
                continue
            done = ran[f"n{number}"][0]
            said = done.stderr.decode("utf-8", "replace").strip()[-300:]
            problem = said if done.returncode else _check_arrived(case, api, host, number, recorded)
            passed += not problem
            wrong += [f"{language}: {app}: {case.endpoint.name}: {problem}"] if problem else []
    return passed, wrong


def main() -> int:
    """Prove; 1 if anything failed."""
    failed = 0
    for app in APPS:
        for language in sys.argv[1:] or COMPILED:
            passed, wrong = proven(app, language)
            print(f"{app:28} {language:12} {passed:4} passed", *wrong, sep="\n  ", flush=True)
            failed += len([one for one in wrong if " is refused: " not in one])
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
