"""Answers whether an Odoo is set up as the template says, and makes it so.

It leaves evidence of the kinds `template.applied` and `template.drift`.
"""

from lockgate.kernel.practice import Command, FileKind, Practice, Right

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
    rights=(Right("template.see", "member"),),
)
