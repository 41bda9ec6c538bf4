"""Answers whether an Odoo is set up as the template says, and makes it so.

It leaves evidence of the kinds `template.applied` and `template.drift`.
"""

from lockgate.kernel.practice import Command, FileKind, Practice, Right
from lockgate.kernel.verb import Verb

_RUNS = f"{__name__}.perform.runs"
_WHERE = {"instance": "the one for building when left out", "site": "the whole programme when left out"}
_INBOX = "/template/drift/"

practice = Practice(
    name="template",
    answers="Is this Odoo set up as the template says?",
    commands=(
        Command(
            "plan", "Show what would change in an Odoo to make it as the template says", f"{__name__}.cli.verbs:plan"
        ),
        Command("apply", "Make an Odoo as the template says", f"{__name__}.cli.verbs:apply"),
        Command("adopt", "Take what an Odoo holds into the template", f"{__name__}.cli.adopt:adopt"),
        Command("drift", "Show what an Odoo holds otherwise than the template says", f"{__name__}.cli.verbs:drift"),
    ),
    files=(FileKind("template", "template/**.yaml", f"{__name__}.definition:TemplateFile"),),
    pages=f"{__name__}.pages",
    api=f"{__name__}.api",
    rights=(
        Right("template.see", "member"),
        Right("template.apply", "of_the_whole"),
        Right("template.adopt", "of_the_whole"),
    ),
    verbs=(
        Verb("template.plan", "Plan what would change in an Odoo", f"{_RUNS}:plan", _WHERE, shown_at="/template/plan/"),
        Verb("template.drift", "Look what was changed by hand in an Odoo", f"{_RUNS}:drift", _WHERE, shown_at=_INBOX),
        Verb(
            "template.apply",
            "Carry out a plan, or make some resources as the template says",
            f"{_RUNS}:apply",
            {
                **_WHERE,
                "plan": "the digest of the plan that is agreed to",
                "only": "in place of it, resources by their keys, with spaces between",
            },
            writes=True,
            right="template.apply",
            shown_at="/template/plan/",
        ),
        Verb(
            "template.adopt",
            "Write what an Odoo holds into the files of the template",
            f"{_RUNS}:adopt",
            {**_WHERE, "what": "resources by their keys, or fields of them as KEY:FIELD, with spaces between"},
            writes=True,
            right="template.adopt",
            shown_at=_INBOX,
        ),
    ),
)
