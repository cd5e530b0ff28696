"""A Django Ninja API, in a project without settings of its own."""

from __future__ import annotations

import django
from django.conf import settings

settings.configure(USE_TZ=True)
django.setup()

from ninja import NinjaAPI, Schema  # noqa: E402


class Point(Schema):
    x: float
    y: float = 0.0


api = NinjaAPI(title="Geometry", version="0.3", urls_namespace="geometry")


@api.post("/norm", response=float)
def norm(request, point: Point):
    """How far from the origin."""
    return (point.x**2 + point.y**2) ** 0.5


@api.get("/scale/{factor}")
def scale(request, factor: float, times: int = 1) -> float:
    return factor * times
