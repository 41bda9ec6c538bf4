"""Which VAT id does a partner have? One that is right by the rule of its country, and nobody else's.

A slot is a number that only one partner has; it becomes the body of the id, and the check digits follow from it.
"""

import numpy as np
import polars as pl

from lockgate.engines.legacy.chance import Ints

_SPREAD = 2_147_483_647
"""A prime; it has no divisor in common with any of the ranges below, so that two slots never share a body."""


SLOTS_OF_LUXEMBOURG = 890_000
"""Its ids have six digits before the check digits: beyond so many slots there would be the same one again."""


def _body(slots: Ints, low: int, count: int) -> Ints:
    return low + (slots * _SPREAD) % count


def _digits(numbers: Ints, width: int) -> pl.Series:
    return pl.Series(numbers).cast(pl.String).str.zfill(width)


def _belgium(slots: Ints) -> pl.Series:
    body = _body(slots, 2_000_000, 7_900_000)
    return "BE0" + _digits(body, 7) + _digits(97 - body % 97, 2)


def _netherlands(slots: Ints) -> pl.Series:
    body = _body(slots, 10_000_000, 89_000_000)
    places = np.array([9, 8, 7, 6, 5, 4, 3, 2])
    digits = body[:, None] // 10 ** np.arange(7, -1, -1) % 10
    check = (digits * places).sum(axis=1) % 11
    fits = check < 10  # noqa: PLR2004 - ten has no digit: the body is moved on by one in its last place
    body = np.where(fits, body, np.where(body % 10 == 9, body - 1, body + 1))  # noqa: PLR2004 - as above
    check = np.where(fits, check, np.where(digits[:, 7] == 9, 8, 1))  # noqa: PLR2004 - as above
    return "NL" + _digits(body, 8) + _digits(check, 1) + "B01"


def _france(slots: Ints) -> pl.Series:
    body = _body(slots, 30_000_000, 59_000_000)
    digits = body[:, None] // 10 ** np.arange(7, -1, -1) % 10
    doubled = digits * np.array([1, 2] * 4)
    luhn = (doubled // 10 + doubled % 10).sum(axis=1)
    siren = body * 10 + (10 - luhn % 10) % 10
    return "FR" + _digits((12 + 3 * (siren % 97)) % 97, 2) + _digits(siren, 9)


def _luxembourg(slots: Ints) -> pl.Series:
    body = _body(slots, 100_000, SLOTS_OF_LUXEMBOURG)
    return "LU" + _digits(body, 6) + _digits(body % 89, 2)


def _germany(slots: Ints) -> pl.Series:
    body = _body(slots, 11_000_000, 87_000_000)
    digits = body[:, None] // 10 ** np.arange(7, -1, -1) % 10
    product = np.full(len(body), 10)
    for place in range(8):
        total = (digits[:, place] + product) % 10
        product = np.where(total == 0, 10, total) * 2 % 11
    return "DE" + _digits(body, 8) + _digits((11 - product) % 10, 1)


def _britain(slots: Ints) -> pl.Series:
    body = _body(slots, 1_000_000, 8_900_000)
    digits = body[:, None] // 10 ** np.arange(6, -1, -1) % 10
    total = (digits * np.arange(8, 1, -1)).sum(axis=1)
    return "GB" + _digits(body, 7) + _digits(97 - total % 97, 2)


_MADE = (_belgium, _netherlands, _france, _luxembourg, _germany, _britain)
"""By the country's place in `COUNTRIES`."""


def vat_ids(countries: Ints, slots: Ints) -> pl.Series:
    """Return the VAT id of each slot in its country."""
    made = np.empty(len(slots), dtype=object)
    for place, make in enumerate(_MADE):
        there = np.flatnonzero(countries == place)
        made[there] = make(slots[there]).to_numpy() if len(there) else []
    return pl.Series(made.tolist(), dtype=pl.String)


def with_wrong_check(ids: pl.Series) -> pl.Series:
    """Return the ids with one digit of the body changed, so that the check of any country fails."""
    swap = dict(zip("0123456789", "5678901234", strict=True))
    return ids.str.slice(0, 5) + ids.str.slice(5, 1).replace(swap) + ids.str.slice(6)
