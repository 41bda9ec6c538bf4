"""Mistakes of many kinds, planted into the files that `lockgate init` writes, and what is said of each."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Mistake:
    """What is put in the place of what was right, and what is said of it."""

    path: str
    right: str
    wrong: str
    at: str
    """The part of what is wrong that the finding points to."""
    code: str
    message: str
    hint: str

    def plant(self, folder: Path) -> None:
        file = folder / self.path
        text = file.read_text()
        assert text.count(self.right) == 1, self.right
        file.write_text(text.replace(self.right, self.wrong))

    def repair(self, folder: Path) -> None:
        file = folder / self.path
        file.write_text(file.read_text().replace(self.wrong, self.right))

    def found(self, folder: Path) -> dict[str, object]:
        """Return what `lockgate check --json` has to say, the place counted in the file as it is now."""
        text = (folder / self.path).read_text()
        before = text[: text.index(self.wrong) + self.wrong.index(self.at)]
        return {
            "code": self.code,
            "path": self.path,
            "line": before.count("\n") + 1,
            "column": len(before) - (before.rfind("\n") + 1) + 1,
            "message": self.message,
            "hint": self.hint,
        }


MISTAKES = (
    Mistake(
        "lockgate.toml", '"EUR"', '"EURO"', '"EURO"',
        "unknown-choice", "`EURO` is no currency", "Three capital letters of ISO 4217: EUR.",
    ),
    Mistake(
        "lockgate.toml", '"Europe/Brussels"', '"Europe/Brusels"', '"Europe/Brusels"',
        "unknown-choice", "`Europe/Brusels` is no time zone", "Did you mean `Europe/Brussels`?",
    ),
    Mistake(
        "programme/calendars.yaml", "    week:\n", "    wek: {}\n    week:\n", "wek",
        "unknown-key", "`wek` is not known here",
        "Did you mean `week`? Known here: `key`, `name`, `time_zone`, `country`, `subdivision`, `week`, `closed`, "
        "`open`.",
    ),
    Mistake(
        "programme/calendars.yaml", "monday: [08:00-12:00, 13:00-17:00]", "monday: [08:00-12:00, 11:00-17:00]", "11:00",
        "out-of-range", "`11:00-17:00` overlaps the one before", "It begins after `08:00-12:00` ends.",
    ),
    Mistake(
        "programme/calendars.yaml", "days_before: 10", "days_before: ten", "ten",
        "wrong-type", "`ten` is not a whole number", "Write it without quotes and units.",
    ),
    Mistake(
        "programme/gates.yaml", "[failed = 0]", "[failed is 0]", "failed",
        "bad-comparison", "'failed is 0' is not a comparison",
        "Write it like `failed = 0`, `severity in (critical, high)` or `owner is not empty`.",
    ),
    Mistake(
        "programme/people.yaml", "key: bob\n    name: Bob", "key: ann\n    name: Bob", "ann",
        "declared-twice", "the person `ann` is declared twice",
        "The first is in programme/people.yaml. Rename or remove one.",
    ),
    Mistake(
        "programme/people.yaml", "deputy: ann", "deputy: zoe", "zoe",
        "unknown-reference", "no person `zoe` is declared", "Declared: `ann`, `eve`.",
    ),
    Mistake(
        "programme/people.yaml", "[main-warehouse]", "[main-warehous]", "main",
        "unknown-reference", "no site `main-warehous` is declared",
        "Did you mean `main-warehouse`? Declared: `company`, `main-warehouse`.",
    ),
    Mistake(
        "programme/people.yaml", "after: 4d", "after: soon", "soon",
        "wrong-form", "`soon` is not written as it should be", "A number of hours, days or weeks: 12h, 14d, 2w.",
    ),
    Mistake(
        "programme/sites.yaml", "owner: ann", "owner: an", "an",
        "unknown-reference", "no person `an` is declared", "Did you mean `ann`? Declared: `ann`, `eve`.",
    ),
    Mistake(
        "programme/sites.yaml", "kind: warehouse", "kind: warehose", "warehose",
        "unknown-choice", "`warehose` is none of the choices",
        "Did you mean `warehouse`? There are: `legal-entity`, `region`, `warehouse`, `plant`, `channel`.",
    ),
    Mistake(
        "programme/sites.yaml", "from: 2026-11-20, to: 2026-12-31", "from: 2026-12-31, to: 2026-11-20", "2026-11-20",
        "out-of-range", "`2026-11-20` is before `2026-12-31`",
        "`from` is 2026-12-31; the last day is not before it.",
    ),
    Mistake(
        "programme/waves.yaml", "# go_live: 2027-03-01", "go_live: 2027-02-30", "2027",
        "wrong-type", "`2027-02-30` is not a date", "Write it like 2026-12-31.",
    ),
)  # fmt: skip
"""In the order in which they are found: by file, line and column."""
