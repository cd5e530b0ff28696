"""Ways to authenticate: what a scheme is, and which way satisfies which."""

from __future__ import annotations

from typing import Any


def signature(scheme: dict[str, Any]) -> str:
    """How credentials are sent; descriptions and scopes' texts are left out, and 2.0 and 3.0 are spelled alike."""
    if scheme.get("type") == "basic":  # 2.0
        scheme = {"type": "http", "scheme": "basic"}
    keys = {"apiKey": ("in", "name"), "http": ("scheme",), "openIdConnect": ("openIdConnectUrl",)}
    said = ("type", *keys.get(str(scheme.get("type")), ()))
    lower = ("scheme", "name") if scheme.get("in") == "header" else ("scheme",)
    parts = [f"{key}={str(scheme[key]).lower() if key in lower else scheme[key]}" for key in said if key in scheme]
    return " ".join([*parts, *(f"{name}({where})" for name, where in sorted(ways_to_tokens(scheme).items()))])


_FLOWS = {"accessCode": "authorizationCode", "application": "clientCredentials"}
"""What 2.0 called flows of OAuth 2."""

_URLS = ("authorizationUrl", "tokenUrl", "deviceAuthorizationUrl")


def ways_to_tokens(scheme: dict[str, Any]) -> dict[str, str]:
    """The flows of a scheme for OAuth 2, any of which is enough, and where each goes; none for other schemes."""
    flows = scheme.get("flows")
    if scheme.get("type") != "oauth2":
        return {}
    if not isinstance(flows, dict):
        name = str(scheme.get("flow", ""))
        flows = {_FLOWS.get(name, name): scheme} if name else {}
    return {
        str(name): " ".join(f"{key}={flow[key]}" for key in _URLS if key in flow)
        for name, flow in flows.items()
        if isinstance(flow, dict) and not str(name).startswith("x-")
    }


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
