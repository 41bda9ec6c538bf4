"""Who works in the house? `ABTEIL.CSV` and `PERSON.CSV`; departments and jobs are those of the template."""

from collections.abc import Iterator

import numpy as np
import polars as pl

from lockgate.engines.legacy.chance import Ints
from lockgate.engines.legacy.facts import words
from lockgate.engines.legacy.facts.house import COMPANIES, TODAY
from lockgate.engines.legacy.making import Making, slices
from lockgate.engines.legacy.outlets.german import days

DEPARTMENTS = ("Sales", "Purchasing", "Warehouse", "Finance", "Customer service")
JOBS = (("Account manager",), ("Buyer",), ("Storekeeper", "Shift lead"), ("Bookkeeper",), ("Claims handler",))
"""By department. Köln has assemblers in its warehouse besides."""
ASSEMBLER = "Assembler"


def _department(company: Ints, department: Ints) -> pl.Series:
    return pl.Series(1000 * company + 100 * (department + 1)).cast(pl.String)


def staff(making: Making) -> None:
    """Write the departments and the employees."""
    company = np.repeat([1, 2], len(DEPARTMENTS))
    department = np.tile(np.arange(len(DEPARTMENTS)), 2)
    departments = {
        "ABTNR": _department(company, department),
        "FIRMA": pl.Series(list(COMPANIES)).gather(company - 1),
        "BEZ": pl.Series(DEPARTMENTS).gather(department),
    }
    making.dump("ABTEIL.CSV", iter([pl.DataFrame(departments)]))
    making.dump("PERSON.CSV", _people(making))


def number(lines: Ints) -> pl.Series:
    """Return the number of each employee."""
    return pl.Series(lines + 1).cast(pl.String).str.zfill(6)


def _people(making: Making) -> Iterator[pl.DataFrame]:
    chance = making.chance
    for lines in slices(making.sizes.of("employees")):
        company = 1 + lines % 2
        department = chance.choose("staff/department", lines, (2, 1, 5, 1, 1))
        job = np.where(department == 2, chance.choose("staff/job", lines, (6, 1, 3)), 0)  # noqa: PLR2004 - warehouse
        titles = [*(titles[0] for titles in JOBS), JOBS[2][1], ASSEMBLER]
        title = np.where(job == 1, 5, np.where((job == 2) & (company == 2), 6, department))  # noqa: PLR2004 - assembler
        country = np.where(company == 2, 4, 0)  # noqa: PLR2004 - Germany
        given, family = (
            _words(book, country, chance.below(f"staff/{name}", lines, 10**9)) for name, book in _NAMES.items()
        )
        ending = _words(words.ENDINGS, country, chance.below("staff/ending", lines, 10**9))
        left = chance.share("staff/left", lines) < 0.06  # noqa: PLR2004 - so many have left
        office = np.isin(department, (0, 1, 3, 4))
        place = np.where(company == 2, 3, np.where(office, 0, 1 + lines // 2 % 2))  # noqa: PLR2004 - Köln has one place
        boss = np.maximum(lines - 2 - 2 * (lines % 4), lines % 2)  # of the same company
        mail = pl.select(
            pl.concat_str(
                pl.lit(given).str.slice(0, 1).str.to_lowercase(), pl.lit(number(lines)), pl.lit("@meridian.example")
            )
        ).to_series()
        yield pl.DataFrame(
            {
                "PERSNR": number(lines),
                "FIRMA": pl.Series(list(COMPANIES)).gather(company - 1),
                "VORN": given,
                "NACHN": family + ending,
                "ABTNR": _department(company, department),
                "STELLE": pl.Series(titles).gather(title),
                "ORT": pl.Series(["BUERO", "GENT", "LIEGE", "KOELN"]).gather(place),
                "EINTRITT": TODAY - 30 - chance.below("staff/joined", lines, 9000),
                "AUSTRITT": pl.Series(TODAY - 1 - lines % 28).set(pl.Series(~left), None),
                "VORGES": number(boss).set(pl.Series(lines < 2), None),  # noqa: PLR2004 - two are at the top
                "MAIL": mail.str.replace("é", "e").str.replace("è", "e"),
            }
        ).with_columns(*days("EINTRITT", "AUSTRITT"))


_NAMES = {"given": words.GIVEN, "family": words.BEGINNINGS}


def _words(book: tuple[tuple[str, ...], ...], country: Ints, numbers: Ints) -> pl.Series:
    counts = np.array([len(each) for each in book])
    starts = np.cumsum(counts) - counts
    return pl.Series([word for each in book for word in each]).gather(starts[country] + numbers % counts[country])
