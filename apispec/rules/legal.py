"""Rules about whom to ask, and under which terms."""

from __future__ import annotations

from collections.abc import Iterator

from apispec.rules.index import Index, Node
from apispec.rules.registry import Flaw, flaw, rule, text


@rule(group="documentation", level="off", on="info")
def license_url(info: Node, index: Index) -> Iterator[Flaw]:
    """The license has no URL.

    Its name alone does not show readers the terms.

    Wrong:
        info: {title: Pets, version: "1", license: {name: Ours}}

    Right:
        info: {title: Pets, version: "1", license: {name: Ours, url: "https://pets.io/terms"}}
    """
    terms = info.value.get("license")
    if isinstance(terms, dict) and not text(terms.get("url")).strip():
        yield flaw("The license has no URL.", "license")


@rule(group="documentation", level="off", on="info")
def license_strict(info: Node, index: Index) -> Iterator[Flaw]:
    """The license says neither by URL nor by SPDX identifier which one it is.

    Programs that check terms know identifiers; people read what the URL shows. A name alone helps neither.

    Wrong:
        info: {title: Pets, version: "1", license: {name: Apache}}

    Right:
        info: {title: Pets, version: "1", license: {name: Apache, identifier: Apache-2.0}}
    """
    terms = info.value.get("license")
    keys = ("url", "identifier") if index.version not in ("2.0", "3.0") else ("url",)
    if isinstance(terms, dict) and not any(text(terms.get(key)).strip() for key in keys):
        yield flaw(f"The license has no {' and no '.join(keys)}.", "license")


@rule(group="documentation", level="off", on="info")
def contact_properties(info: Node, index: Index) -> Iterator[Flaw]:
    """The contact lacks a name, a URL or an email address.

    Readers find out whom they write to, and where to look first.

    Wrong:
        info: {title: Pets, version: "1", contact: {name: Pets}}

    Right:
        info: {title: Pets, version: "1", contact: {name: Pets, url: "https://pets.io/help", email: help@pets.io}}
    """
    contact = info.value.get("contact")
    if isinstance(contact, dict):
        missing = [key for key in ("name", "url", "email") if not text(contact.get(key)).strip()]
        if missing:
            yield flaw(f"The contact has no {', no '.join(missing)}.", "contact")
