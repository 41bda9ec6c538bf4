"""What would a legacy house leave behind? The extracts of the sample, at any scale, with the truth kept apart.

    written = write(folder, scale=0.02, seed=7)  # the extracts in folder, the truth in a folder beside it

The same scale and seed give the same bytes. `docs/reference/meridian-extracts.md` describes every file and column.
"""

from lockgate.engines.legacy.mess.kinds import KINDS
from lockgate.engines.legacy.sizes import expected_rows
from lockgate.engines.legacy.writing import Written, write

__all__ = ["KINDS", "Written", "expected_rows", "write"]
