"""Values made up fit what the name means: names that public documents use most, and siblings that they do not."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from apispec.examples import example

NAMES = Path(__file__).with_name("names.txt").read_text(encoding="utf-8").split()

SHAPES = {
    r".*(url|uri|link|href|website)": r"https://.+",
    r".*_?(e_?mail)(_address)?": r"ada@example\.com",
    r".*_at|created|updated|timestamp|start_time|since": r"2026-01-15T09:30:00Z",
    r".*_date|birthday|dob": r"2026-01-15",
    r".*_id|petId|X-Request-Id": r"[a-z-]+-1|[0-9a-f]{40}",
    r".*(_ip|ip_address)": r"192\.0\.2\.1",
    r".*sha": r"[0-9a-f]{40}",
    r"lat|latitude|lon|longitude": r"-?\d+\.\d+",
    r"(page|page_size|per_page|max_results|limit|offset|.*_count|itemCount|year|month|day|top)": r"\d+",
    r"phone|mobile|fax|phone_number": r"\+\d+",
    r"currency|currency_code": r"[A-Z]{3}",
    r"country_code": r"[A-Z]{2}",
    r".*(mime|mime_type|mimeType|content_type)": r"[a-z]+/[a-z-]+",
    r".*colou?r": r"#[0-9a-f]{6}",
}
"""What the values of some names look like."""


def test_what_is_made_up_for_the_names_that_are_met_most(golden: Any) -> None:
    lines = [f"{name}: {example({'type': 'string'}, {}, name=name)}" for name in dict.fromkeys(NAMES)]
    golden("examples/names.txt", "\n".join(lines) + "\n")


def test_it_looks_like_what_is_meant() -> None:
    for name in NAMES:
        value = example({"type": "string"}, {}, name=name)
        assert value.strip() == value != "", name
        is_person = re.fullmatch(r"name|(first|given|middle)_name", name) is not None
        assert (value == "Ada") == is_person, f"{name}: a person's name for what is none"
        shape = next((shape for names, shape in SHAPES.items() if re.fullmatch(names, name)), ".*")
        assert re.fullmatch(shape, value), f"{name}: {value}"


@pytest.mark.parametrize(
    ("name", "kind", "value"),
    [
        ("page_size", "number", 1), ("user_id", "number", 1), ("numberOfItems", "number", 1), ("lat", "number", 48.8566),
        ("lat", "integer", 1), ("year", "integer", 2026), ("created_at", "integer", 1768469400), ("price", "number", 9.99),
        ("price", "integer", 1), ("ratio", "number", 1.5), ("port", "integer", 8080), ("statusCode", "integer", 200),
    ],
)  # fmt: skip
def test_numbers_fit_their_names_too(name: str, kind: str, value: float) -> None:
    assert example({"type": kind}, {}, name=name) == value


@pytest.mark.parametrize(
    ("schema", "name", "value"),
    [
        ({"maxLength": 2}, "city", "ci"),
        ({"minLength": 5, "maxLength": 5}, "zip", "75001"),
        ({"pattern": "^[A-Z]{3}$"}, "currency", "EUR"),
        ({"pattern": "^[0-9]{4}$"}, "page_token", "1111"),
        ({"format": "uuid"}, "tag_name", "3fa85f64-5717-4562-b3fc-2c963f66afa6"),
        ({"minimum": 1, "type": "integer", "maximum": 12}, "year", 1),
    ],
)
def test_what_a_schema_asks_for_comes_before_the_name(schema: Any, name: str, value: Any) -> None:
    assert example({"type": "string", **schema}, {}, name=name) == value
