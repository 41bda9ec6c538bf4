"""Does the target hold what the source says it should? Differences, explained, and control totals."""

from lockgate.engines.comparing.comparison import Compared, compare
from lockgate.engines.comparing.explaining import Explained, explain
from lockgate.engines.comparing.fields import Field, Kind
from lockgate.engines.comparing.reasons import Blocked, Changed, Explanation, Merged, Reason, Rejected
from lockgate.engines.comparing.totals import ROWS, Tie, Total, TotalDifference, compare_totals, tie, totals

__all__ = [
    "ROWS",
    "Blocked",
    "Changed",
    "Compared",
    "Explained",
    "Explanation",
    "Field",
    "Kind",
    "Merged",
    "Reason",
    "Rejected",
    "Tie",
    "Total",
    "TotalDifference",
    "compare",
    "compare_totals",
    "explain",
    "tie",
    "totals",
]
