"""Which kinds are there?"""

from typing import Final

from lockgate.practices.template.definition.kinds import accounting, service, stock, trade

KINDS: Final = {one.name: one for one in (*accounting.KINDS, *stock.KINDS, *trade.KINDS, *service.KINDS)}
"""By name, each kind."""
