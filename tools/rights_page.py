"""How does a stranger see who may do what in the tower? In docs/reference/rights.md, made here from the policy itself.

A test in tests/docs fails when the page is not what comes of it. Run this to make it again.
"""

import sys
from pathlib import Path

from lockgate.tower.policy import OPERATIONS
from lockgate.tower.practices import operations

PAGE = Path(__file__).resolve().parent.parent / "docs" / "reference" / "rights.md"
INTRODUCTION = """\
# Who may do what

Every page of the tower and every operation of its API names one line of this table, and what names none is refused.
The table is `lockgate.tower.policy`, with the rights that each practice names; this page is made from it by
`python tools/rights_page.py`. A test asks every address as nobody, as somebody without a role, as somebody of one site
for their own site and for another, as somebody of the whole programme, and as an administrator, and compares the
answers with the table.

| operation | open to |
| --- | --- |
"""
MORE = """
## What one sees

- A role in `programme/people.yaml` without sites reaches the whole programme. One with sites reaches these, what is
  below them, the waves that they are part of, and what concerns the whole programme.
- What somebody may not see is not there for them: in no list, no count, no search, and its own address is not
  found.
- Who has an account and no role sees nothing of the programme.
- A role that was given in the tower counts from its beginning until its end; one that was lent counts as long as
  whoever lent it has it, and no further. Both are asked anew with each request.

## What one decides

The table lets in; what is decided there has its own rules, which hold on pages, in the API and on the command line
alike. Who decides a gate is said by its `decides`, who takes a step of a record by its register. Who produced the
evidence of a gate can't decide it alone ([how gates decide](../explanation/gates.md)). A role that was given in the
tower counts for gates and registers as a declared one does: where it reaches, from its beginning until its end. A
gate takes no notice of a role that somebody gave themselves, and whoever was lent a role votes for whoever lent it,
with a reason, and never beside them. Each vote and waiver says by which role it was done, and which record gave it.
An administrator looks after accounts, sees everything, and decides nothing by that.

## What is kept of it

| event | when |
| --- | --- |
| `person.invited` | a link was made for somebody |
| `account.disabled`, `account.enabled` | an account was shut or opened |
| `administrator.appointed`, `administrator.dismissed` | somebody looks after accounts, or no longer |
| `second-factor.removed` | somebody who lost a second factor was let in without, with the reason |
| `sessions.ended` | somebody was signed out everywhere by an administrator |
| `role.given`, `role.taken` | a role was given, lent, or ended by somebody |
| `key.made`, `key.revoked` | a program was given a key, or lost it |

Each is a record of the ledger with who did it, and holds ids only: no names, no mail addresses, no secrets.

Whom this table refuses is in the server's log with what they asked for, not in the ledger: it is no fact of the
programme, and whoever can sign in could fill it. What a gate refuses by its own rules is in the ledger
(`gate.refused`).
"""


def page() -> str:
    """Return the page."""
    lines = (f"| `{name}` | {_words(who.__doc__)} |" for name, who in sorted({**operations(), **OPERATIONS}.items()))
    return INTRODUCTION + "\n".join(lines) + "\n" + MORE


def _words(said: str | None) -> str:
    return (said or "").removeprefix("Let in ").removesuffix(".")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    sys.stdout.write(f"{PAGE}\n")
