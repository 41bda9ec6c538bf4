"""Which differences are accounted for, and by what? Reasons that are kept somewhere, tried in the order given.

E1  The first reason that fits a difference explains it. What none fits is unexplained, and that is a number.
E2  A rejected record explains that it is missing, and nothing else.
E3  A merged record explains that it is missing only while the record it was merged into is not missing itself.
E4  A rule explains a value only if it turned just this left value into just this right one.
E5  A person's reason says which differences it is about: nothing explains everything.
E6  Asked again, explanations are found anew: a reason that was withdrawn explains nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from lockgate.engines.comparing.reasons import Explanation
from lockgate.engines.quoting import table


@dataclass(frozen=True)
class Explained:
    """How the differences of a domain are accounted for."""

    differences: int
    by: tuple[int, ...]
    """For each explanation, in their order, how many it accounts for."""

    @property
    def unexplained(self) -> int:
        """How many nothing accounts for."""
        return self.differences - sum(self.by)


def explain(
    connection: duckdb.DuckDBPyConnection,
    differences: str,
    explanations: Sequence[Explanation],
    *,
    domain: str = "",
) -> Explained:
    """Write to each difference of the domain what explains it, and return the counts."""
    name = table(differences)
    steps = [explanation.step(connection, name, domain) for explanation in explanations]  # refused before any change
    connection.execute(f"UPDATE {name} SET because = NULL WHERE domain = ?", [domain])  # E6
    counts = []
    for step in steps:  # E1
        source = f" FROM ({step.source}) s" if step.source else ""
        found = connection.execute(
            f"UPDATE {name} AS difference SET because = {step.because}{source}"
            f" WHERE difference.because IS NULL AND difference.domain = $domain AND ({step.where})",
            {"domain": domain, **step.values},
        ).fetchall()
        counts.append(int(found[0][0]))
    total = connection.execute(f"SELECT count(*) FROM {name} WHERE domain = ?", [domain]).fetchall()[0][0]
    return Explained(int(total), tuple(counts))
