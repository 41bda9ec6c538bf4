"""How is a column drawn small? Bars from the ground, one for each interval, the tallest as tall as the picture."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

WIDTH: Final = 144
HEIGHT: Final = 32


@dataclass(frozen=True)
class Bar:
    """A bar of a picture."""

    x: float
    y: float
    width: float
    height: float


def bars(counts: Sequence[int]) -> tuple[Bar, ...]:
    """Return the bars of some counts; what is counted at all is seen."""
    most = max(counts, default=0)
    if not most:
        return ()
    step = WIDTH / len(counts)
    tall = [max(1.5, HEIGHT * count / most) if count else 0.0 for count in counts]
    return tuple(
        Bar(round(number * step, 2), round(HEIGHT - high, 2), round(step - 1, 2), round(high, 2))
        for number, high in enumerate(tall)
    )


def balance(weights: Sequence[float]) -> tuple[Bar, ...]:
    """Return a bar for each weight, from the middle: to the right what speaks for, to the left what speaks against."""
    most = max((abs(weight) for weight in weights), default=0.0) or 1.0
    middle = WIDTH / 2
    wide = [max(1.5, middle * abs(weight) / most) for weight in weights]
    return tuple(
        Bar(round(middle if weight >= 0 else middle - width, 2), 2, round(width, 2), 8)
        for weight, width in zip(weights, wide, strict=True)
    )
