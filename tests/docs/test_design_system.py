"""Are the colours as legible as the design system says? Its table is computed again from the style sheet."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
STYLE = (ROOT / "src/lockgate/faces/web/static/web/lockgate.css").read_text(encoding="utf-8")
PAGE = (ROOT / "docs/explanation/design-system.md").read_text(encoding="utf-8")
TEXTS = ("ink", "dim", "accent", "good", "calm", "warn", "bad")
ON = [
    *((text, ground) for text in TEXTS for ground in ("bg", "card")),
    *((state, f"{state}-tint") for state in ("good", "calm", "warn", "bad")),
    ("on-accent", "accent"),
    ("dim", "sunk"),
    ("ink", "tint"),
    ("accent", "tint"),
]
"""Every text colour on every ground that it stands on."""
LIGHT, DARK = 0, 1


def test_every_text_has_a_contrast_of_four_and_a_half_on_its_ground_in_light_and_in_dark():
    colours = _colours()

    low = {
        (text, ground): found
        for text, ground in ON
        if min(found := [_contrast(colours[text][mode], colours[ground][mode]) for mode in (LIGHT, DARK)]) < 4.5
    }

    assert low == {}


def test_the_edge_of_a_field_has_a_contrast_of_three():
    colours = _colours()

    assert min(_contrast(colours["line-strong"][mode], colours["card"][mode]) for mode in (LIGHT, DARK)) >= 3


def test_the_page_says_the_contrasts_that_the_style_sheet_has():
    colours = _colours()

    computed = [
        [
            f"{_contrast(colours[text][mode], colours[ground][mode]):.1f}"
            for mode in (LIGHT, DARK)
            for ground in ("bg", "card")
        ]
        for text in TEXTS
    ]

    told = [re.split(r" \| ", row)[1:] for row in re.findall(r"^\| `--\w+` \| .*(?= \|$)", PAGE, re.MULTILINE)]
    assert told == computed


def _colours() -> dict[str, tuple[str, str]]:
    found = re.findall(r"--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)", STYLE)
    return {name: (light, dark) for name, light, dark in found}


def _contrast(one: str, other: str) -> float:
    """Return the contrast of two colours by WCAG 2.2."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
