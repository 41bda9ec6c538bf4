"""Do the records keep the rules of the business, and which of them are ready to load?"""

from lockgate.engines.judging.expression import Condition, parse_condition, parse_join, parse_query, tables_of
from lockgate.engines.judging.readiness import BLOCKED, Dataset, Link, Readiness, Reason, readiness
from lockgate.engines.judging.rules import FINDINGS, Judged, Rule, judge

__all__ = [
    "BLOCKED",
    "FINDINGS",
    "Condition",
    "Dataset",
    "Judged",
    "Link",
    "Readiness",
    "Reason",
    "Rule",
    "judge",
    "parse_condition",
    "parse_join",
    "parse_query",
    "readiness",
    "tables_of",
]
