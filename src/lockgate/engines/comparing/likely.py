"""What does a changed value look like? A name for the common accidents, as SQL over the two values.

L1  It is a guess for whoever looks for the cause. Nothing is decided by it.
L2  `rounding` is a class of its own: one number is the other, rounded or cut to fewer decimals. What became zero is
    lost, not rounded.
"""

from lockgate.engines.comparing.fields import Kind

FACTORS = (6, 10, 12, 24, 60, 100, 144, 1000)
"""Packs and dozens, decimal points and thousands, minutes."""
_DECIMALS = 9
_EXACT = f"DECIMAL(38,{_DECIMALS})"


def likely(kind: Kind, left: str, right: str) -> str:
    """Return the SQL of what the difference of two typed values looks like, NULL when like nothing known."""
    cases = [f"WHEN {left} IS NULL THEN 'empty on the left'", f"WHEN {right} IS NULL THEN 'empty on the right'"]
    cases += {"number": _number, "text": _text, "date": _date, "datetime": _date}.get(kind, _nothing)(left, right)
    return f"CASE {' '.join(cases)} END"


def rounding(left: str, right: str) -> str:
    """Return the SQL that is true when one number is the other with fewer decimals (L2), never NULL."""
    ours, theirs = f"TRY_CAST({left} AS {_EXACT})", f"TRY_CAST({right} AS {_EXACT})"
    return (
        f"coalesce(CASE WHEN {_places(ours)} > {_places(theirs)} THEN {_fewer(ours, theirs)}"
        f" WHEN {_places(ours)} < {_places(theirs)} THEN {_fewer(theirs, ours)} END, false)"
    )


def _fewer(many: str, few: str) -> str:
    units = ", ".join(f"1e-{places}::{_EXACT}" for places in range(_DECIMALS + 1))
    unit = f"([{units}])[{_places(few)} + 1]"
    rounded = f"2 * abs({many} - {few}) <= {unit}"
    cut = f"(abs({few}) < abs({many}) AND sign({few}) = sign({many}) AND abs({many} - {few}) < {unit})"
    return f"({few} <> 0 AND ({rounded} OR {cut}))"


def _places(exact: str) -> str:
    """Return the SQL of how many decimals a number has, the zeros at its end left out."""
    return f"({_DECIMALS} - length(regexp_extract(CAST({exact} AS VARCHAR), '0*$')))"


def _number(left: str, right: str) -> list[str]:
    ours, theirs = f"CAST({left} AS DOUBLE)", f"CAST({right} AS DOUBLE)"
    cases = [f"WHEN {ours} = 0 THEN 'zero on the left'", f"WHEN {theirs} = 0 THEN 'zero on the right'"]
    cases.append(f"WHEN {theirs} = -{ours} THEN 'the sign is swapped'")
    for factor in FACTORS:
        cases.append(f"WHEN {_close(theirs, f'{ours} * {factor}')} THEN '{factor} times as much'")
        cases.append(f"WHEN {_close(f'{theirs} * {factor}', ours)} THEN 'divided by {factor}'")
    return cases


def _close(one: str, other: str) -> str:
    return f"abs({one} - {other}) <= 1e-9 * abs({other})"


def _text(left: str, right: str) -> list[str]:
    def bare(value: str) -> str:
        return f"regexp_replace({value}, '[\\s\\p{{Z}}]+', '', 'g')"

    return [
        f"WHEN {bare(left)} = {bare(right)} THEN 'only blanks'",
        f"WHEN lower({left}) = lower({right}) THEN 'only letter case'",
        f"WHEN nfc_normalize({left}) = nfc_normalize({right}) THEN 'the same letters, encoded otherwise'",
        f"WHEN strip_accents({left}) = strip_accents({right}) THEN 'only accents'",
        f"WHEN ltrim({left}, '0') = ltrim({right}, '0') THEN 'only leading zeros'",
        f"WHEN {right} <> '' AND starts_with({left}, {right}) THEN 'cut after ' || length({right}) || ' characters'",
    ]


def _date(left: str, right: str) -> list[str]:
    apart = f"date_diff('day', CAST({left} AS DATE), CAST({right} AS DATE))"
    swapped = f"strftime({left}, '%Y-%d-%m') = strftime({right}, '%Y-%m-%d')"
    return [
        f"WHEN {swapped} THEN 'day and month are swapped'",
        f"WHEN {apart} = -1 THEN 'one day earlier'",
        f"WHEN {apart} = 1 THEN 'one day later'",
        f"WHEN {apart} = 0 THEN 'another time of the same day'",
    ]


def _nothing(_left: str, _right: str) -> list[str]:
    return []
