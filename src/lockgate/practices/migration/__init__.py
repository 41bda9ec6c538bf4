"""Answers whether the data of the old systems is in Odoo as it should be, and brings it there.

It leaves evidence of the kinds `migration.profiled`, `data.checked`, `standard.checked`, `migration.matched`,
`migration.loaded`, `migration.reconciled`, `migration.tied_out`, `stock.counted`, `cutover.treated`,
`migration.behaved` and `migration.rehearsed`.
"""

from lockgate.kernel.practice import Command, FileKind, Practice, Right
from lockgate.kernel.verb import Verb

_RUNS = f"{__name__}.perform.runs"
_ROUND = {"round": "which round; the newest when left out"}
_WHERE = {"instance": "the one for building when left out", **_ROUND}
_WHOM = {**_WHERE, "scope": "a wave or site; the only wave when left out, else the programme"}
_DOMAIN = {"domain": "only these domains, with spaces between"}
_WORKS = f"{__name__}.perform.showing.rights:works"

practice = Practice(
    name="migration",
    answers="Is the data of the old systems in Odoo as it should be?",
    commands=(
        Command("migrate", "Bring the data of the old systems into Odoo, and prove it", f"{__name__}.cli.migrate:app"),
    ),
    files=(FileKind("migration", "migration/**.yaml", f"{__name__}.definition:MigrationFile"),),
    checks=f"{__name__}.perform.checking:checked",
    pages=f"{__name__}.pages",
    api=f"{__name__}.api",
    rights=(
        Right("migration.see", "member"),
        Right("migration.work", _WORKS),
        Right("migration.review", _WORKS),
        Right("migration.load", "of_the_whole"),
    ),
    verbs=(
        Verb(
            "migration.profile",
            "Read the extracts, and tell what is wrong with them",
            f"{_RUNS}:profile",
            {**_ROUND, "dataset": "only these datasets, with spaces between", "new": "`yes` for another round"},
            right="migration.work",
            shown_at="/migration/datasets/",
        ),
        Verb(
            "migration.cleanse",
            "Put the data right by the rules that are declared",
            f"{_RUNS}:cleanse",
            _ROUND,
            right="migration.work",
            shown_at="/migration/changes/",
        ),
        Verb(
            "migration.match",
            "Find what is there twice, and make one of it",
            f"{_RUNS}:match",
            {**_ROUND, "entity": "only these entities, with spaces between"},
            right="migration.work",
            shown_at="/migration/reviews/",
        ),
        Verb(
            "migration.preflight",
            "Look whether an Odoo would take the data",
            f"{_RUNS}:preflight",
            _WHERE,
            right="migration.work",
            shown_at="/migration/mappings/",
        ),
        Verb(
            "migration.load",
            "Load what is ready into an Odoo",
            f"{_RUNS}:load",
            {**_WHOM, **_DOMAIN, "workers": "how many calls run at once; 2 when left out"},
            writes=True,
            right="migration.load",
            shown_at="/migration/",
        ),
        Verb(
            "migration.reconcile",
            "Compare what was loaded with what an Odoo holds",
            f"{_RUNS}:reconcile",
            {**_WHOM, **_DOMAIN},
            right="migration.work",
            shown_at="/migration/reconciliation/",
        ),
        Verb(
            "migration.counts",
            "Compare what was counted with the books",
            f"{_RUNS}:counts",
            _ROUND,
            right="migration.work",
            shown_at="/migration/counts/",
        ),
        Verb(
            "migration.tie-out",
            "Compare the figures that have to agree",
            f"{_RUNS}:tie_out",
            {**_WHOM, "tie": "only these ties, with spaces between"},
            right="migration.work",
            shown_at="/migration/ties/",
        ),
        Verb(
            "migration.behave",
            "Try on a copy whether the data carries the business",
            f"{_RUNS}:behave",
            {
                **_WHOM,
                "check": "only these checks, with spaces between",
                "copy": "`yes` to try it on a copy in the lab, which is gone afterwards",
            },
            writes=True,
            right="migration.load",
            shown_at="/migration/rounds/",
        ),
        Verb(
            "migration.rehearse",
            "Run the whole migration on a copy, and time it",
            f"{_RUNS}:rehearse",
            {
                "rehearsal": "which one; the only one when left out",
                "instance": "the one for rehearsals when left out",
                "scope": _WHOM["scope"],
                "without": "steps that are left out on purpose, with spaces between",
                "again": "`yes` to begin anew, although a run is not over",
                "deltas": "`yes` to send only what differs, to the Odoo as it stands",
            },
            writes=True,
            right="migration.load",
            shown_at="/migration/rounds/",
        ),
    ),
)
