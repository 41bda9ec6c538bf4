"""Who may do what in the tower? The whole table; `docs/reference/rights.md` is made from it."""

from lockgate.faces.web.policy import administrator, anybody, member, of_the_whole, signed_in

OPERATIONS = {
    "health.see": anybody,
    "account.enter": anybody,
    "account.keep": signed_in,
    "help.see": signed_in,
    "styleguide.see": signed_in,
    "programme.see": member,
    "gate.see": member,
    "gate.decide": member,
    "evidence.see": member,
    "register.see": member,
    "register.change": member,
    "workspace.see": member,
    "run.see": of_the_whole,
    "run.start": of_the_whole,
    "run.cancel": of_the_whole,
    "instance.see": member,
    "people.see": member,
    "people.manage": administrator,
    "settings.see": administrator,
    "settings.try": administrator,
    "search.use": member,
    "task.see": member,
    "notice.see": member,
}
"""Operation → whom it is open to. A gate's and a register's own rules say further who decides and who changes."""
