"""How does what was mended get into Odoo? By the same load, which finds by external ids what is there already."""

from collections.abc import Sequence

from lockgate.practices.migration.perform.bench import Aim, Bench
from lockgate.practices.migration.perform.rejecting.answers import RejectsAnswer
from lockgate.practices.migration.perform.rejecting.mended import take_in
from lockgate.practices.migration.perform.rejecting.rejected import rejects
from lockgate.practices.migration.perform.sending.loaded import load_all

_WORKERS = 2


def again(bench: Bench, aim: Aim, only: Sequence[str]) -> RejectsAnswer:
    """Take what was mended and load it; return what is not in Odoo even then."""
    before = rejects(bench, only)
    mended, domains = 0, dict[str, None]()
    for one in before["files"]:
        if one["kind"] == "refused":
            mapping = bench.migration.mappings[one["of"]]
            mended += take_in(bench, mapping, bench.store.rejects / f"{mapping.key}.csv")
            domains[one["domain"]] = None
    if not domains:
        return before
    loaded = load_all(bench, aim, tuple(domains), workers=_WORKERS)
    after = rejects(bench, only)
    return {**after, "mended": mended, "load": loaded}
