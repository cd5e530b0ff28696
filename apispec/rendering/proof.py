"""What `apispec prove --out` writes and a build reads: which snippets and tools passed, when, and as what."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from apispec.errors import UsageError
from apispec.model import Json


@dataclass(frozen=True, slots=True)
class Proof:
    """The result of one run."""

    date: str
    """Of the run, ISO 8601, UTC."""
    digests: Mapping[str, str] = field(default_factory=dict)
    """By `key`: the digest of each snippet that passed."""
    tools: Mapping[str, str] = field(default_factory=dict)
    """By endpoint: the digest of each MCP tool that passed."""
    against: str = ""
    """What answered where it was not the API itself: `the description`."""

    @property
    def mark(self) -> str:
        """What is shown beside what passed: the day, and what answered."""
        return self.date[:10] + (f" against {self.against}" if self.against else "")

    def verified(self, endpoint: str, protocol: str, language: str, text: str, base_url: str) -> bool:
        """Whether this very snippet passed, whatever base URL it names."""
        return self.digests.get(key(endpoint, protocol, language)) == digest(text, base_url)

    def verified_tool(self, endpoint: str, listed: Json, arguments: Json) -> bool:
        """Whether this very tool passed, called with these arguments."""
        return self.tools.get(endpoint) == tool_digest(listed, arguments)

    def to_json(self) -> dict[str, object]:
        """As it is in the file."""
        return {
            "date": self.date,
            **({"against": self.against} if self.against else {}),
            "snippets": dict(sorted(self.digests.items())),
            "tools": dict(sorted(self.tools.items())),
        }


def key(endpoint: str, protocol: str, language: str) -> str:
    """What a snippet is found by."""
    return f"{endpoint} {protocol} {language}"


def digest(text: str, base_url: str) -> str:
    """SHA-256 of a snippet, its base URL left out."""
    return hashlib.sha256(text.replace(base_url.rstrip("/"), "").encode("utf-8", "surrogatepass")).hexdigest()


def tool_digest(listed: Json, arguments: Json) -> str:
    """SHA-256 of a tool as `tools/list` has it, and of the arguments that it was called with."""
    return digest(json.dumps([listed, arguments], sort_keys=True), "/")


def load(path: str | Path) -> Proof:
    """Read what `apispec prove --out` wrote.

    Raises:
        UsageError: There is no such file, or it is something else.
    """
    try:
        data = json.loads(Path(path).read_text(encoding="utf-8"))
        return Proof(str(data["date"]), dict(data["snippets"]), dict(data["tools"]), str(data.get("against", "")))
    except OSError as error:
        raise UsageError(f"cannot read the proof: {error.strerror}", where=str(path)) from None
    except (ValueError, KeyError, TypeError):
        raise UsageError(
            "this is no proof", where=str(path), hint="make one with: apispec prove app.py --out proof.json"
        ) from None
