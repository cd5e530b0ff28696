"""A sample of the corpus in every test run: the standard library and what the tests need anyway."""

from __future__ import annotations

import importlib.util
import warnings

import pytest

from tests.corpus.modules import PACKAGES, STANDARD_LIBRARY, cases
from tests.corpus.score import AIMS, MEASURES, Score, score

SAMPLE = ("babel", "click", "huggingface_hub", "jinja2", "numpy", "packaging", "requests")


def scored(origin: str, modules: tuple[str, ...]) -> tuple[int, Score]:
    found = list(cases(origin, modules))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # deprecated functions warn when they are looked at
        return len(found), score(found)


def test_the_corpus_is_large_enough() -> None:
    assert len(PACKAGES) >= 25


def test_the_standard_library_and_packages_at_hand() -> None:
    functions, total = scored("stdlib", STANDARD_LIBRARY)
    assert functions >= 400
    for origin in SAMPLE:
        if origin in PACKAGES and importlib.util.find_spec(PACKAGES[origin][0].partition(".")[0]) is not None:
            total.add(scored(origin, PACKAGES[origin])[1])
    short = {measure: total.share(measure) for measure in MEASURES if total.share(measure) < AIMS[measure]}
    assert not short, [missed for missed in total.missed if missed[0] in short][:20]


@pytest.mark.parametrize("measure", MEASURES)
def test_every_measure_has_an_aim(measure: str) -> None:
    assert 0 < AIMS[measure] <= 1
