"""Answers whether Odoo does what the programme needs, and what was built beside it.

It leaves evidence of the kinds `instance.seen`, `fit.probed`, `fit.custom` and `programme.assessed`.
"""

from lockgate.kernel.practice import Command, FileKind, Practice, Right
from lockgate.kernel.verb import Verb

_RUNS = f"{__name__}.perform.runs"
_WHERE = {"instance": "the one for building when left out"}
_CUSTOM = "/fit/custom/"

practice = Practice(
    name="fit",
    answers="Does Odoo do what the programme needs?",
    commands=(
        Command(
            "fit",
            "Show what the standard can do, what was built beside it, and how requirements are carried",
            f"{__name__}.cli.fit:app",
        ),
        Command("test", "Try what is claimed of an Odoo", f"{__name__}.cli.test:app"),
    ),
    pages=f"{__name__}.pages",
    api=f"{__name__}.api",
    rights=(Right("fit.see", "member"), Right("fit.confirm", "member")),
    verbs=(
        Verb("fit.trace", "Assess how far the programme is", f"{_RUNS}:trace", shown_at="/fit/trace/"),
        Verb(
            "fit.probe",
            "Try what is claimed of an Odoo",
            f"{_RUNS}:probe",
            {**_WHERE, "capability": "only what is claimed of this area"},
            shown_at="/fit/",
        ),
        Verb("fit.catalogue", "Read what an Odoo can do", f"{_RUNS}:catalogued", _WHERE, shown_at="/fit/"),
        Verb("fit.custom", "Count what was built beside the standard", f"{_RUNS}:custom", _WHERE, shown_at=_CUSTOM),
    ),
    files=(
        FileKind("probes", "fit/probes/*.yaml", f"{__name__}.definition:ProbesFile"),
        FileKind("custom", "fit/custom.yaml", f"{__name__}.definition:CustomFile"),
    ),
)
