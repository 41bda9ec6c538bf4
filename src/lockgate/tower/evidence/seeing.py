"""Which records may somebody see? Those whose scope they see; what names no scope concerns all.

E1  Evidence and what happened to a gate is seen by whoever sees its scope.
E2  What happened to a record of a register is seen by whoever sees one of its sites.
E3  That a file was expunged is seen by whoever sees a record that names it, and so is the file.
E4  What was said of a record in a blind state is seen by nobody until it leaves it.
E5  A record that is not to be seen is not there: in no list, no count, and its own page is not found.
"""

from lockgate.faces.web.viewer import Viewer
from lockgate.ledger.artifacts import EXPUNGED
from lockgate.ledger.registers.entry import Entry
from lockgate.tower.evidence.briefs import Brief, Briefs


def visible(brief: Brief, viewer: Viewer, briefs: Briefs) -> bool:
    """Return whether a record may be shown (E1 to E4)."""
    if brief.entry and brief.entry in briefs.blind:
        return False
    if viewer.everywhere or not viewer.member:
        return viewer.member
    if brief.scope is not None:
        return viewer.sees(brief.scope)
    if brief.entry:
        entry = briefs.entries.by_id.get(brief.entry)
        return entry is not None and sees_entry(entry, viewer)
    return brief.kind != EXPUNGED or any(file_is_seen(digest, viewer, briefs) for digest in brief.files)


def sees_entry(entry: Entry, viewer: Viewer) -> bool:
    """Return whether a record of a register may be shown."""
    said = entry.values.get("site")
    return viewer.sees_sites([said] if isinstance(said, str) and said else said or ())


def file_is_seen(digest: str, viewer: Viewer, briefs: Briefs) -> bool:
    """Return whether a file may be shown (E3)."""
    naming = (briefs.of(number) for number in briefs.naming(digest))
    return any(brief.kind != EXPUNGED and visible(brief, viewer, briefs) for brief in naming)
