"""How does the same partner look when somebody enters it a second time? Nearly the same."""

import polars as pl

from lockgate.engines.legacy.chance import Ints
from lockgate.engines.legacy.facts.words import NICKNAMES, OTHER_FORMS
from lockgate.engines.legacy.parties.truth import Parties

NAME_WAYS = (0.28, 0.3, 0.17, 0.12, 0.13)
"""Typo, other legal form, capitals, no legal form, the name as it is."""


def varied(frame: pl.DataFrame, parties: Parties, entities: Ints, *, question: str, rows: Ints) -> pl.DataFrame:
    """Return the described partners as a second person wrote them: name, street, town, vat and mail may differ."""
    chance = parties.chance
    moved = chance.share(f"{question}/moved", rows) < 0.15  # noqa: PLR2004 - the share that has moved since
    there = parties.address(f"{question}/new address", entities)
    frame = frame.with_columns(
        pl.Series("way", chance.choose(f"{question}/name", rows, NAME_WAYS)),
        pl.Series("spot", chance.between(f"{question}/spot", rows, 2, 6)),
        pl.Series("moved", moved),
        pl.Series("no_vat", chance.share(f"{question}/no vat", rows) < 0.3),  # noqa: PLR2004 - without a tax id
        pl.Series("other_mail", chance.share(f"{question}/mail", rows) < 0.35),  # noqa: PLR2004 - another mailbox
        *(values.alias(f"new_{name}") for name, values in there.items()),
    )
    moved_to = [pl.when("moved").then(f"new_{name}").otherwise(name).alias(name) for name in there]
    short = pl.col("street").str.replace("straße", "str.").str.replace("straat", "str.").str.replace("Rue ", "R. ")
    return frame.with_columns(_name(), *moved_to).with_columns(
        pl.when(pl.col("way") < 2).then(short).otherwise(pl.col("street")).alias("street"),  # noqa: PLR2004 - hasty
        pl.when("no_vat").then(None).otherwise("vat").alias("vat"),
        pl.when("other_mail").then(pl.concat_str(pl.lit("mail."), "mail")).otherwise("mail").alias("mail"),
    )


def _name() -> pl.Expr:
    name, way, spot = pl.col("name"), pl.col("way"), pl.col("spot")
    given = pl.col("given")
    nicknamed = pl.concat_str(given.replace(NICKNAMES), name.str.slice(given.str.len_chars()))
    core = name.str.slice(0, name.str.len_chars() - pl.col("form").str.len_chars() - 1)
    other = pl.concat_str(core, pl.lit(" "), pl.col("form").replace_strict(OTHER_FORMS))
    left, one, two = name.str.slice(0, spot), name.str.slice(spot, 1), name.str.slice(spot + 1, 1)
    swapped = pl.concat_str(left, two, one, name.str.slice(spot + 2))
    return (
        pl.when(pl.col("pattern") == 2)  # noqa: PLR2004 - the pattern with a given name
        .then(nicknamed)
        .when(way == 0)
        .then(swapped)
        .when(way == 1)
        .then(other)
        .when(way == 2)  # noqa: PLR2004 - capitals
        .then(name.str.to_uppercase())
        .when(way == 3)  # noqa: PLR2004 - no legal form
        .then(core)
        .otherwise(name)
        .alias("name")
    )
