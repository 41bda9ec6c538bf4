"""What is a word of the data called on a page?

Data keeps one English word for each state; a page says it in the reader's language.
"""

from typing import Final

from django.utils.translation import gettext_lazy as _

_SAID: Final = {
    # of gates
    "open": _("open"),
    "ready": _("ready"),
    "closed": _("closed"),
    "undecidable": _("undecidable"),
    # of criteria
    "met": _("met"),
    "unmet": _("unmet"),
    "missing": _("missing"),
    "stale": _("stale"),
    "waived": _("waived"),
    # of evidence
    "passed": _("passed"),
    "failed": _("failed"),
    "seen": _("seen"),
    "current": _("current"),
    "superseded": _("superseded"),
    "present": _("present"),
    "altered": _("altered"),
    # of runs
    "queued": _("queued"),
    "running": _("running"),
    "done": _("done"),
    "no": _("no"),
    "cancelled": _("cancelled"),
    # of requirements
    "requirements": _("requirements"),
    "decided": _("decided"),
    "built": _("built"),
    "tested": _("tested"),
    "proven": _("proven"),
    "undecided": _("undecided"),
    "unbuilt": _("unbuilt"),
    "untested": _("untested"),
    "unproven": _("unproven"),
    "holds": _("holds"),
    "fails": _("fails"),
    "never tried": _("never tried"),
    "could not look": _("could not look"),
    # of own code
    "modules": _("modules"),
    "lines": _("lines"),
    "overrides": _("overrides"),
    "studio": _("made by hand"),
    "unapproved": _("unapproved"),
    "core_edits": _("files of Odoo that were edited"),
    # of plans
    "create": _("create"),
    "change": _("change"),
    "take-over": _("take over"),
    "archive": _("archive"),
    # of a migration
    "reconciled": _("reconciled"),
    "unexplained": _("unexplained"),
    "loaded": _("loaded"),
    "rejected": _("not all loaded"),
    "blocked": _("blocked"),
    "not-begun": _("not begun"),
    "not-loaded": _("not loaded"),
    "convert": _("convert"),
    "leave": _("leave behind"),
    "recreate": _("enter by hand"),
    "left-out": _("left out on purpose"),
    "unmapped": _("in no map"),
    "refers": _("refers to what is not loaded"),
    "extra": _("extra"),
    "changed": _("changed"),
    "unaccounted": _("neither sent nor told why not"),
    "rounding": _("rounding"),
    "blocks": _("blocks"),
    "warns": _("warns"),
    "profile": _("Profile"),
    "cleanse": _("Cleanse"),
    "preflight": _("Preflight"),
    "reconcile": _("Reconcile"),
    # of votes
    "go": _("go"),
    "conditional": _("conditional"),
    "no-go": _("no-go"),
    # of accounts
    "active": _("active"),
    "disabled": _("disabled"),
    "invited": _("invited"),
    "outside": _("outside"),
    # of scopes
    "programme": _("programme"),
    "wave": _("wave"),
    "site": _("site"),
    # of dates
    "go-live": _("go-live"),
    "condition": _("condition"),
    "waiver": _("waiver"),
    "record": _("record"),
    "blackout": _("blackout"),
    "close": _("close"),
    "peak": _("peak"),
    "holiday": _("holiday"),
    # of what is found
    "Places": _("Places"),
    "Gates": _("Gates"),
    "Criteria": _("Criteria"),
    "People": _("People"),
    "Definitions": _("Definitions"),
    "Records": _("Records"),
    "Evidence": _("Evidence"),
    "Help": _("Help"),
}


def said(word: object) -> str:
    """Return what a word of the data is called; one that the tower does not know stays as it is."""
    return str(_SAID.get(str(word), word))
