"""What does somebody do with a record? Their actions are handed to the engine, and its answer comes back."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from django.utils.translation import gettext as _

from lockgate.faces.web.reading import number
from lockgate.kernel.errors import UsageError
from lockgate.ledger.registers.action import Action, Edit, Refusal
from lockgate.ledger.registers.book import Done
from lockgate.ledger.registers.engine import perform_all
from lockgate.tower.seeing.sight import Sight

LARGEST: Final = 25 * 2**20


def act(sight: Sight, actions: Sequence[Action], unread: Sequence[Refusal] = ()) -> Done:
    """Let actions happen that belong together, or return every reason why not.

    `unread` is what could not even be read: it is told with what the engine says of the rest, and nothing happens.
    """
    actor, moment = sight.actor, sight.desk.moment
    hidden = sight.hidden(actions)
    if not (unread or hidden):
        return sight.desk.book.perform(actions, actor=actor, moment=moment)
    told = {one.field for one in unread}
    rest = perform_all(actions, actor=actor, known=sight.known, moment=moment).refusals
    new = tuple(one for one in rest if not one.field or one.field not in told)
    return Done((), (*unread, *(new or hidden)), sight.known.entries)


def attaching(
    sight: Sight, record: str, field: str, content: bytes, *, name: str = "", version: int | None = None
) -> Edit:
    """Keep a file and return the change that attaches it; a field for one file asks for the version that was read."""
    if len(content) > LARGEST:
        raise UsageError(
            _("The file is too large."),
            why=_("It has {size} bytes, and {most} are taken.").format(size=number(len(content)), most=number(LARGEST)),
            do=_("Attach a smaller one, or attach it on the command line: `lockgate register attach`."),
        )
    if not content:
        raise UsageError(_("The file is empty."), do=_("Choose one with something in it."))
    wanted = sight.desk.attaching(record, field, content, name=name)
    kept_as = sight.known.registers[sight.entry(record).register].field(field)
    if version is not None and kept_as is not None and not kept_as.several:
        return replace(wanted, version=version)
    return wanted
