"""Two random tables that are alike but for random defects of every kind; what was planted is known (T35)."""

import random
from decimal import Decimal

from lockgate.engines.comparing import Field

FIELDS = [
    Field("name"),
    Field("price", "number", tolerance=Decimal("0.001")),
    Field("quantity", "number"),
    Field("day", "date"),
    Field("active", "boolean"),
    Field("tags", "set"),
    Field("company"),
]
COLUMNS = (
    "id VARCHAR, name VARCHAR, price DECIMAL(12,3), quantity DOUBLE, day DATE, active BOOLEAN, tags VARCHAR[],"
    " company VARCHAR"
)
NAME, PRICE, QUANTITY, DAY, ACTIVE, TAGS, COMPANY = range(1, 8)


def a_row(number, chance):
    return [
        f"K{number}",
        chance.choice([None, "", "Ada", "Ö 'quoted'", "Ltd\tco"]),
        Decimal(chance.randrange(1, 10**6)) / 1000 + Decimal("0.001") * (number % 9 == 0),
        chance.choice([None, 0.1 + 0.2, 7.0, 1e9]),
        chance.choice([None, "2026-03-04", "1999-12-31"]),
        chance.choice([None, True, False]),
        chance.sample(["a", "b", "c", "d"], chance.randrange(4)),
        chance.choice(["BE", "US"]),
    ]


def changed(row, place, value):
    return [*row[:place], value, *row[place + 1 :]]


def swapped_sign(row, chance):
    return changed(row, PRICE, -row[PRICE]), ("price", "changed", "the sign is swapped")


def times_twelve(row, chance):
    return changed(row, PRICE, row[PRICE] * 12), ("price", "changed", "12 times as much")


def rounded(row, chance):
    exact = changed(row, PRICE, Decimal(int(row[PRICE])) + Decimal("1.237"))
    return changed(exact, PRICE, round(exact[PRICE], chance.choice([0, 1, 2]))), ("price", "rounding", None), exact


def emptied(row, chance):
    full = changed(row, NAME, "Ada")
    return changed(full, NAME, None), ("name", "changed", "empty on the right"), full


def wrong_company(row, chance):
    return changed(row, COMPANY, "US" if row[COMPANY] == "BE" else "BE"), ("company", "changed", None)


def flipped(row, chance):
    sure = changed(row, ACTIVE, value=True)
    return changed(sure, ACTIVE, value=False), ("active", "changed", None), sure


def other_day(row, chance):
    sure = changed(row, DAY, "2026-03-04")
    return changed(sure, DAY, "2026-04-03"), ("day", "changed", "day and month are swapped"), sure


def tag_lost(row, chance):
    sure = changed(row, TAGS, ["a", "b"])
    return changed(sure, TAGS, ["b"]), ("tags", "changed", None), sure


CHANGES = (swapped_sign, times_twelve, rounded, emptied, wrong_company, flipped, other_day, tag_lost)


def planted(seed, rows):
    """Return the rows of the left, those of the right, and the differences that have to be found."""
    chance = random.Random(seed)
    left, right, planted = [], [], set()
    for number in range(rows):
        row = a_row(number, chance)
        defect = chance.choice([None, None, None, "missing", "extra", "doubled", "doubled left", *CHANGES])
        ours, theirs = [row], [[*row[:TAGS], row[TAGS][::-1], row[COMPANY]]]
        if callable(defect):
            spoilt, (field, kind, likely), *exact = defect(row, chance)
            ours, theirs = (exact or [row]), [spoilt]
            planted.add((row[0], field, kind, likely))
        elif defect == "missing":
            theirs = []
            planted.add((row[0], None, "missing", None))
        elif defect == "extra":
            ours = []
            planted.add((row[0], None, "extra", None))
        elif defect is not None:
            ours, theirs = (ours * 2, theirs) if defect == "doubled left" else (ours, theirs * chance.choice([2, 3]))
            planted.add((row[0], None, "doubled", None))
        left += ours
        right += theirs
    for content in (left, right):
        chance.shuffle(content)
    return left, right, planted


def put(connection, left, right):
    """Make the tables `l` and `r` of the rows."""
    for name, content in (("l", left), ("r", right)):
        connection.execute(f"CREATE TABLE {name} ({COLUMNS})")
        if content:
            connection.executemany(f"INSERT INTO {name} VALUES (?, ?, ?, ?, ?, ?, ?, ?)", content)
