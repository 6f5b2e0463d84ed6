"""A brand's colour, clamped so that its band is seen on both papers."""

import colorsys

LIGHT_PAPER = "#f7f6f3"
DARK_SHEET = "#1e2125"
ENOUGH = 3.0  # WCAG 1.4.11: what is not text needs 3 : 1
PLAIN = "#1f4f82"
STEP = 0.02


def luminance(colour: str) -> float:
    """Return a colour's relative luminance, 0 to 1. Source: WCAG 2.2."""
    parts = [part / 255 for part in _channels(colour)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 to 21. Source: WCAG 2.2.

    >>> round(contrast("#000000", "#ffffff"))
    21
    """
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def on_light(colour: str) -> str:
    """Return the colour, darkened until it is seen on light paper."""
    return _clamped(colour, LIGHT_PAPER, -STEP)


def on_dark(colour: str) -> str:
    """Return the colour, lightened until it is seen on a dark sheet."""
    return _clamped(colour, DARK_SHEET, STEP)


def ink_on(colour: str) -> str:
    """Return black or white, whichever is easier to read on the colour."""
    return max(("#ffffff", "#000000"), key=lambda ink: contrast(ink, colour))


def is_colour(text: str) -> bool:
    """Return whether a text is a colour as a page may write it: # and six hex digits."""
    return (
        len(text) == 7 and text[0] == "#" and all(c in "0123456789abcdefABCDEF" for c in text[1:])
    )


def _channels(colour: str) -> tuple[int, int, int]:
    safe = colour if is_colour(colour) else PLAIN
    return int(safe[1:3], 16), int(safe[3:5], 16), int(safe[5:7], 16)


def _clamped(colour: str, paper: str, step: float) -> str:
    red, green, blue = (part / 255 for part in _channels(colour))
    hue, light, full = colorsys.rgb_to_hls(red, green, blue)
    found = _hex(hue, light, full)
    while contrast(found, paper) < ENOUGH and 0 <= light + step <= 1:
        light += step
        found = _hex(hue, light, full)
    return found


def _hex(hue: float, light: float, full: float) -> str:
    parts = colorsys.hls_to_rgb(hue, min(max(light, 0), 1), full)
    return "#" + "".join(f"{round(part * 255):02x}" for part in parts)
