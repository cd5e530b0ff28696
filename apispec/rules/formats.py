"""What texts of a format look like: the formats that are judged, each by one function of the text.

Sources: RFC 3339 (dates and times; a space for the T, as its 5.6 allows), RFC 3986 (URIs), RFC 4122 (UUIDs). Of the
rest no more is asked than what any server asks.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from ipaddress import IPv4Address, IPv6Address

_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?([Zz]|[+-]([01]\d|2[0-3]):[0-5]\d)")
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+")
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]*")
_ADDRESS = re.compile(r"[^\s<>\"{}|\\^`]+")
_UUID = re.compile(r"[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def is_email(text: str) -> bool:
    """Whether a text is an address for mail."""
    return _EMAIL.fullmatch(text) is not None


def is_address(text: str) -> bool:
    """Whether a text can be a URL, relative ones included."""
    return _ADDRESS.fullmatch(text) is not None


def _is_date(text: str) -> bool:
    try:
        return _DAY.fullmatch(text) is not None and bool(date.fromisoformat(text))
    except ValueError:
        return False


def _is_date_time(text: str) -> bool:
    return text[10:11] in ("T", "t", " ") and _is_date(text[:10]) and _TIME.fullmatch(text[11:]) is not None


def _is_ip(kind: type[IPv4Address] | type[IPv6Address]) -> Callable[[str], bool]:
    def check(text: str) -> bool:
        try:
            return bool(kind(text))
        except ValueError:
            return False

    return check


FORMATS: dict[str, Callable[[str], bool]] = {
    "date": _is_date,
    "date-time": _is_date_time,
    "time": lambda text: _TIME.fullmatch(text) is not None,
    "email": is_email,
    "uri": lambda text: _URI.fullmatch(text) is not None,
    "uuid": lambda text: _UUID.fullmatch(text) is not None,
    "ipv4": _is_ip(IPv4Address),
    "ipv6": _is_ip(IPv6Address),
}
"""The formats that are judged."""

FREE = (
    "duration", "hostname", "idn-email", "idn-hostname", "iri", "iri-reference", "json-pointer", "regex",
    "relative-json-pointer", "uri-reference", "uri-template", "color", "ip-address", "host-name",
)  # fmt: skip
"""Formats that validators may know, and that are not judged."""
