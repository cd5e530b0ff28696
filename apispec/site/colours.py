"""A user's colours as the pages use them: the same hue, in a tone that can be read on light and on dark.

4.5:1 is what WCAG 2.2 asks of text (1.4.3); relative luminance and contrast are those of its definitions.
"""

from __future__ import annotations

import colorsys
import re

from apispec.errors import ConfigError

NAMED = {
    "red": "#ef5552", "pink": "#e92063", "purple": "#ab47bd", "deep purple": "#7e56c2", "indigo": "#4051b5",
    "blue": "#2094f3", "light blue": "#02a6f2", "cyan": "#00bdd6", "teal": "#009485", "green": "#4cae4f",
    "light green": "#8bc34b", "lime": "#cbdc38", "yellow": "#ffec3d", "amber": "#ffc105", "orange": "#ffa724",
    "deep orange": "#ff6e42", "brown": "#795649", "grey": "#757575", "blue grey": "#546d78", "black": "#000000",
    "white": "#ffffff",
}  # fmt: skip
"""Material for MkDocs' names and its primary colours of them."""

_HEX = re.compile(r"#[0-9a-fA-F]{6}")
_LIGHT = ("#ffffff", "#f6f7f9", "#ffffff")
_DARK = ("#12151c", "#191d26", "#12151c")
_CONTRAST = 4.6
"""A little more than is asked, since mixing rounds."""
_NEUTRAL = ("black", "white")

Rgb = tuple[float, float, float]


def checked(colour: str, key: str) -> str:
    """The colour itself, lower case where it is hexadecimal.

    Raises:
        ConfigError: It is neither a name of Material's nor `#rrggbb`.
    """
    if colour and colour.lower() in NAMED:
        return colour.lower()
    if colour and not _HEX.fullmatch(colour):
        raise ConfigError(f"no such colour: {colour}", where=key, hint=f"#rrggbb, or one of {', '.join(NAMED)}")
    return colour.lower()


def stylesheet(primary: str, accent: str) -> str:
    """What the theme and our own stylesheet are told of the user's colours; nothing where there are none.

    Args:
        primary: Of the header; `""` = the theme's neutral one. Links and buttons have it, too, where `accent` is empty.
        accent: Of links, buttons and what is chosen.

    Raises:
        ConfigError: One of them is no colour.
    """
    primary, accent = checked(primary, "primary"), checked(accent, "accent")
    accented = accent or ("" if primary in _NEUTRAL else primary)
    rules = _header(primary) if primary and primary not in _NEUTRAL else ""
    if accented:
        light, dark = (readable(NAMED.get(accented, accented), grounds) for grounds in (_LIGHT, _DARK))
        rules += _tone('[data-md-color-scheme="default"][data-md-color-primary][data-md-color-accent]', light)
        rules += _tone('[data-md-color-scheme="slate"][data-md-color-primary][data-md-color-accent]', dark)
        without_script = _tone(
            '.no-js [data-md-color-scheme="default"][data-md-color-primary][data-md-color-accent]', dark
        )
        rules += f"@media screen and (prefers-color-scheme:dark){{{without_script}}}\n"
    return rules


def _header(primary: str) -> str:
    colour = NAMED.get(primary, primary)
    text = max("#000000", "#ffffff", key=lambda one: contrast(one, colour))
    veil = "#ffffff4d" if text == "#000000" else "#00000042"  # of the search: further from the text, not nearer
    variables = {
        "--md-primary-fg-color": colour, "--md-primary-fg-color--light": colour, "--md-primary-fg-color--dark": colour,
        "--md-primary-bg-color": text, "--md-primary-bg-color--light": text,
    }  # fmt: skip
    said = ";".join(f"{name}:{value}" for name, value in variables.items())
    place = "[data-md-color-scheme][data-md-color-primary]"
    return f"{place}{{{said}}}\n{place} .md-search__form{{background-color:{veil}}}\n"


def _tone(place: str, tone: str) -> str:
    return (
        f"{place}{{--api-accent:{tone};--md-typeset-a-color:{tone};--md-accent-fg-color:{tone};"
        f"--md-accent-fg-color--transparent:{tone}1a}}\n"
    )


def readable(colour: str, grounds: tuple[str, ...]) -> str:
    """The colour, darker or lighter only as far as it must be to be read on all of these grounds."""
    if all(contrast(colour, ground) >= _CONTRAST for ground in grounds):
        return colour
    hue, lightness, saturation = colorsys.rgb_to_hls(*_rgb(colour))
    darker = luminance(grounds[0]) > 0.5
    for step in range(1, 101):
        moved = lightness + (-lightness if darker else 1 - lightness) * step / 100
        tone = _hex(colorsys.hls_to_rgb(hue, moved, saturation))
        if all(contrast(tone, ground) >= _CONTRAST for ground in grounds):
            return tone
    return "#000000" if darker else "#ffffff"


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def luminance(colour: str) -> float:
    """Relative luminance, 0 to 1."""
    red, green, blue = (v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in _rgb(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _rgb(colour: str) -> Rgb:
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return red, green, blue


def _hex(rgb: Rgb) -> str:
    return "#" + "".join(f"{round(255 * value):02x}" for value in rgb)
