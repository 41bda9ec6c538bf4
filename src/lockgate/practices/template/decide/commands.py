"""What is written to make lines and sets as they are wished? The commands of Odoo, as few as can be.

C1  A line that is as wished is left alone, one that differs is changed, one too few is made, one too many is removed:
    lines have no life of their own beside their record.
C2  Of a set of which only members are said, those are linked or unlinked, and the rest stays.
"""

from collections.abc import Mapping
from typing import Any

from lockgate.practices.template.decide.facts import FieldFact, Models
from lockgate.practices.template.decide.names import HAS, LACKS, LINES, TO_MANY
from lockgate.practices.template.decide.values import pairs, same, same_line

Command = list[Any]
_CREATE, _UPDATE, _REMOVE, _UNLINK, _LINK, _SET = 0, 1, 2, 3, 4, 6


def commands(wished: Any, held: Any, field: FieldFact, models: Models) -> list[Command]:
    """Return the commands for a field; relations are ids by now (C1, C2)."""
    if field.type == LINES:
        return list(_of_lines(wished or [], held or [], field, models))
    if isinstance(wished, Mapping):
        there = set(held or ())
        linked = [[_LINK, each] for each in wished.get(HAS, ()) if each not in there]
        return [*linked, *([_UNLINK, each] for each in wished.get(LACKS, ()) if each in there)]
    return [[_SET, 0, list(wished or ())]]


def _of_lines(wished: list[Any], held: list[Any], field: FieldFact, models: Models) -> Any:
    fields = models[field.relation]
    for wish, there in pairs(wished, held, field, models):
        if wish is None and there is not None:
            yield [_REMOVE, there["id"]]
        elif wish is not None and there is None:
            yield [_CREATE, 0, {name: _value(wish[name], None, fields[name], models) for name in wish}]
        elif wish is not None and there is not None and not same_line(wish, there, field, models):
            differing = [name for name in wish if not same(wish[name], there.get(name), fields[name], models)]
            values = {name: _value(wish[name], there.get(name), fields[name], models) for name in differing}
            yield [_UPDATE, there["id"], values]


def _value(wished: Any, held: Any, field: FieldFact, models: Models) -> Any:
    if field.type in {LINES, TO_MANY}:
        return commands(wished, held, field, models)
    return False if wished is None else wished
