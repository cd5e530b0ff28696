"""Score the corpus and print it as a table: `python -m tests.corpus [ORIGIN...]`; `--missed` lists what falls short.

Needs the packages of the dependency group `corpus`; those that are not installed are named and left out. Exit status 1
where the whole falls short of an aim.
"""

from __future__ import annotations

import argparse
import sys
import time
import warnings
from collections import Counter

from tests.corpus.modules import PACKAGES, STANDARD_LIBRARY, cases
from tests.corpus.score import AIMS, MEASURES, Score, score


def main() -> int:
    """Run."""
    parser = argparse.ArgumentParser(prog="python -m tests.corpus")
    parser.add_argument("origins", nargs="*", help="stdlib, or names of packages; all where left out")
    parser.add_argument("--missed", action="store_true", help="list everything that falls short, not only a summary")
    options = parser.parse_args()
    origins = {"stdlib": STANDARD_LIBRARY, **PACKAGES}
    total = Score()
    functions = 0
    start = time.process_time()
    print(f"{'':16} {'functions':>9}" + "".join(f"{measure:>12}" for measure in MEASURES))
    for origin in options.origins or origins:
        try:
            found = list(cases(origin, origins[origin]))
        except ImportError as error:
            print(f"{origin:16} not installed ({error})")
            continue
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # deprecated functions warn when they are looked at
            one = score(found)
        functions += len(found)
        total.add(one)
        print(_row(origin, len(found), one))
    print(_row("all", functions, total))
    print(f"{'aim':16} {'':9}" + "".join(f"{AIMS[measure]:12.0%}" for measure in MEASURES))
    print(f"\n{time.process_time() - start:.1f} s CPU\n")
    _print_missed(total, everything=options.missed)
    return int(any(total.share(measure) < AIMS[measure] for measure in MEASURES))


def _row(origin: str, functions: int, one: Score) -> str:
    shares = (f"{one.share(m):12.1%}" if one.possible[m] else f"{'–':>12}" for m in MEASURES)
    return f"{origin:16} {functions:9}" + "".join(shares)


def _print_missed(total: Score, *, everything: bool) -> None:
    for measure in MEASURES:
        missed = [(subject, reason) for kind, subject, reason in total.missed if kind == measure]
        if not missed:
            continue
        print(f"{measure}: {len(missed)} of {total.possible[measure]} fall short")
        if everything or len(missed) <= 10:
            for subject, reason in missed:
                print(f"  {subject}: {reason}")
        else:
            for reason, times in Counter(reason for _, reason in missed).most_common(15):
                print(f"  {times:5} × {reason}")


if __name__ == "__main__":
    sys.exit(main())
