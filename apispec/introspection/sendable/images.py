"""Images of PIL and figures of matplotlib: files, PNG where nothing says which."""

from __future__ import annotations

import io
import sys
from typing import Any

from apispec.declaring import File
from apispec.introspection.pictures import is_image
from apispec.introspection.sendable import Sent


def sent(hint: Any) -> Sent | None:
    """How a picture travels; a figure can only be had, not given."""
    if isinstance(hint, type) and is_image(hint):
        return Sent(File, _load, as_file)
    return None


def as_file(picture: Any) -> File:
    """The file of a picture."""
    data = io.BytesIO()
    if hasattr(picture, "savefig"):
        picture.savefig(data, format="png")
        return File.from_bytes(data.getvalue(), name="figure.png", content_type="image/png")
    kept = (
        getattr(picture, "format", None)
        if getattr(picture, "format", None) in ("PNG", "JPEG", "GIF", "WEBP")
        else "PNG"
    )
    picture.save(data, format=kept)
    return File.from_bytes(
        data.getvalue(), name=f"image.{str(kept).lower()}", content_type=f"image/{str(kept).lower()}"
    )


def _load(file: File) -> Any:
    image: Any = sys.modules["PIL.Image"]
    try:
        picture = image.open(io.BytesIO(file.read()))
        picture.load()
    except Exception as error:
        raise ValueError(f"no image: {error}") from None
    return picture
