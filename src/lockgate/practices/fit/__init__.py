"""Answers whether Odoo does what the programme needs, and what was built beside it.

It leaves evidence of the kinds `instance.seen`, `fit.probed` and `fit.custom`.
"""

from lockgate.kernel.practice import Command, FileKind, Practice

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
    files=(
        FileKind("probes", "fit/probes/*.yaml", f"{__name__}.definition:ProbesFile"),
        FileKind("custom", "fit/custom.yaml", f"{__name__}.definition:CustomFile"),
    ),
)
