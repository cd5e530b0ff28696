"""Ways to authenticate: what a scheme is, and which way satisfies which."""

from __future__ import annotations

from typing import Any


def signature(scheme: dict[str, Any]) -> str:
    """How credentials are sent; descriptions and scopes' texts are left out."""
    keys = ("type", "in", "name", "scheme", "openIdConnectUrl", "flow", "authorizationUrl", "tokenUrl")
    parts = [f"{key}={str(scheme[key]).lower() if key == 'scheme' else scheme[key]}" for key in keys if key in scheme]
    flows = scheme.get("flows")
    for name, flow in sorted(flows.items()) if isinstance(flows, dict) else ():
        if isinstance(flow, dict):
            parts += [f"{name}.{key}={flow[key]}" for key in ("authorizationUrl", "tokenUrl") if key in flow]
    return " ".join(parts)


def accepts(way: dict[str, frozenset[str]], offered: dict[str, frozenset[str]]) -> bool:
    """Whether who authenticates in the offered way satisfies a way."""
    return all(name in offered and scopes <= offered[name] for name, scopes in way.items())


def in_words(ways: list[dict[str, frozenset[str]]]) -> str:
    """Ways to authenticate as a reader would say them."""
    texts = []
    for way in ways:
        parts = [f"{name} ({', '.join(sorted(scopes))})" if scopes else name for name, scopes in way.items()]
        texts.append(" with ".join(parts) or "no authentication")
    text = " or ".join(texts)
    return text[:1].upper() + text[1:]
