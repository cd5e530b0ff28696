"""Rules about callbacks and webhooks inside of each other."""

from __future__ import annotations

from collections.abc import Iterator

from apispec.rules.index import Index, Node
from apispec.rules.registry import Flaw, flaw, rule


@rule(group="correctness", level="warning", on="callback", versions=("3.0", "3.1", "3.2"))
def callbacks_in_callbacks(callback: Node, index: Index) -> Iterator[Flaw]:
    """A callback has callbacks of its own.

    No tool follows them: who answers a callback is the subscriber, who has no API to describe here.

    Wrong:
        post:
          callbacks:
            sold:
              "{$request.body#/url}":
                post:
                  responses: {"200": {description: OK}}
                  callbacks: {again: {"{$request.body#/url}": {post: {responses: {"200": {description: OK}}}}}}

    Right:
        post:
          callbacks:
            sold: {"{$request.body#/url}": {post: {responses: {"200": {description: OK}}}}}
    """
    if any(node.kind == "callback" for node in callback.parents):
        yield flaw("A callback inside of a callback is followed by no tool.", hint="Describe it with the operation.")


@rule(group="correctness", level="warning", on="callback", versions=("3.1", "3.2"))
def callbacks_in_webhook(callback: Node, index: Index) -> Iterator[Flaw]:
    """A webhook has callbacks.

    A webhook is what the API calls; a callback belongs to what is called at the API.

    Wrong:
        webhooks:
          petSold:
            post:
              responses: {"200": {description: OK}}
              callbacks: {again: {"{$request.body#/url}": {post: {responses: {"200": {description: OK}}}}}}

    Right:
        webhooks:
          petSold: {post: {responses: {"200": {description: OK}}}}
    """
    if any(node.slot == "webhooks" for node in callback.parents):
        yield flaw("A webhook has no callbacks.", hint="Describe a second webhook.")
