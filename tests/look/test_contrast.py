"""Every pair of colours that is used can be read, in light, dark, high contrast and on paper."""

import re

import pytest

from buurthuis.foundation.settings import CHECKOUT

TOKENS = (CHECKOUT / "static/css/tokens.css").read_text(encoding="utf-8")
DARK = "screen and (prefers-color-scheme: dark)"
MORE = "(prefers-contrast: more)"
BOTH = "screen and (prefers-contrast: more) and (prefers-color-scheme: dark)"
SCHEMES = {
    "light": (),
    "dark": (DARK,),
    "high contrast": (MORE,),
    "high contrast, dark": (DARK, MORE, BOTH),
    "paper": ("print",),
}
TEXT = {
    "ink": "paper sheet well free-paper taken-paper taken-hatch mine-paper attention-paper danger-paper",
    "quiet": "paper sheet well taken-paper",
    "action": "paper sheet well",
    "action-deep": "paper sheet",
    "on-action": "action action-deep",
    "paper": "ink",
    "free": "free-paper sheet paper",
    "taken": "taken-paper taken-hatch",
    "mine": "mine-paper",
    "attention": "attention-paper",
    "danger": "danger-paper sheet paper",
    "sheet": "free danger",
}
EASY_TEXT = {"ink": "paper sheet well", "quiet": "paper sheet well"}
SHAPES = {
    "edge": "paper sheet well",
    "focus": "paper sheet",
    "action": "paper sheet",
    "free": "paper sheet",
    "mine": "paper sheet",
    "danger": "paper sheet",
}


def colours(*media: str) -> dict[str, str]:
    """The colours that hold when these media match, as a browser would decide."""
    blocks = re.findall(r"(?:@media ([^{]+) \{\s*)?:root \{([^}]*)\}", TOKENS)
    found: dict[str, str] = {}
    for condition, body in blocks:
        if not condition or condition in media:
            found.update(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", body))
    return found


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    shares = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio as WCAG 2.2 defines it, from 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def too_weak(pairs: dict[str, str], scheme: str, least: float) -> list[str]:
    """The pairs that cannot be told apart well enough."""
    palette = colours(*SCHEMES[scheme])
    measured = {
        f"{front} on {back}": contrast(palette[front], palette[back])
        for front, backs in pairs.items()
        for back in backs.split()
    }
    return [f"{pair}: {ratio:.2f}" for pair, ratio in measured.items() if ratio < least]


def test_the_measure_agrees_with_wcag():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_all_text_can_be_read(scheme):
    assert too_weak(TEXT, scheme, 4.5) == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_running_text_can_be_read_easily(scheme):
    assert too_weak(EASY_TEXT, scheme, 7) == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_edges_and_marks_can_be_seen(scheme):
    assert too_weak(SHAPES, scheme, 3) == []


@pytest.mark.parametrize("scheme", ["high contrast", "high contrast, dark"])
def test_high_contrast_gives_easy_reading_everywhere(scheme):
    states = {front: TEXT[front] for front in ("free", "taken", "mine", "attention", "danger")}
    assert too_weak(states, scheme, 7) == []


def test_dark_names_every_colour_anew():
    light = colours()
    again = re.search(
        r"@media screen and \(prefers-color-scheme: dark\) \{\s*:root \{([^}]*)\}", TOKENS
    )
    assert again
    assert set(light) == set(re.findall(r"--([\w-]+): #", again.group(1)))
