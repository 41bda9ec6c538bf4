"""What do people of the sample say about its data? Each in their own name, by the registers and gates they say it with.

Who asks for a signature gives none, operations and finance sign in this order, and two of the steering committee who
own none of the criteria vote. Lockgate refuses anything else; this only says what they would type.
"""

import json
import subprocess
from pathlib import Path
from typing import Any

import template

STATEMENT = "I would run the business on it tomorrow"
VOTES = (
    ("anna", "Two rehearsals in a row without a failed step, inside of the window."),
    ("olaf", "What we shipped, made and counted on it went through."),
)


def lacking(root: Path, *, gate: str, scope: str) -> list[str]:
    """Return what a gate lacks beside signatures: nobody puts their name under data that does not agree."""
    told = _asked(root, "gate", "explain", gate, "--scope", scope)
    return [one["id"] for one in told["criteria"] if one["status"] not in {"met", "waived"} and one["id"] != "signed"]


def signed(root: Path, *, scope: str) -> None:
    """Have the data signed by operations and by finance, with the figures that they saw."""
    title = f"Data of {scope.partition(':')[2].capitalize()}"
    known = {one["title"]: one for one in _asked(root, "register", "list", "sign-off")}
    if title not in known:
        asked = [f"title={title}", "subject=data", "site=koeln", "owner=jonas", f"statement={STATEMENT}"]
        record = _asked(root, "register", "raise", "sign-off", *asked, "--by", "jonas")["records"][0]["id"]
        _asked(root, "register", "do", record, "sign-operations", "--by", "olaf")
        _asked(root, "register", "do", record, "sign-finance", f"figures={figures(root)}", "--by", "clara")
    print(
        f'{title}: signed by Olaf for operations ("{STATEMENT}") and by Clara for finance ({figures(root)}).',
        flush=True,
    )


def figures(root: Path) -> str:
    """Return the figures of the newest round, as finance sees them."""
    newest = _asked(root, "migrate", "rounds")["rounds"][-1]
    domains = newest["domains"]
    left = sum(one["unexplained"] or 0 for one in domains)
    return f"{len(domains)} domains, {sum(one['rows'] for one in domains)} records, {left} unexplained"


def voted(root: Path, *, gate: str, scope: str) -> None:
    """Have the steering committee vote, while the gate is not decided yet."""
    for who, why in VOTES:
        told = _asked(root, "gate", "explain", gate, "--scope", scope)
        if told["verdict"] != "open":
            _asked(root, "gate", "decide", gate, "go", "--scope", scope, "--reason", why, "--by", who)
        print(f"{who}: go. {why}", flush=True)


def _asked(root: Path, *words: str) -> Any:
    """Run a verb and return what it answers; a `no` is an answer, what it refuses it says itself."""
    line = [str(template.LOCKGATE), *words, "--json", "--workspace", str(root)]
    ran = subprocess.run(line, stdout=subprocess.PIPE, text=True, check=False)
    if not ran.stdout:
        raise SystemExit(ran.returncode)
    return json.loads(ran.stdout)
