"""What can only be told of the whole workspace? What is right in each file, and yet does not fit together.

Each of these looks at the files that it needs once they are right, whatever is wrong in the others.

W1  Enough people hold a role to reach the quorum of what it decides, once anybody holds it.
W2  A pair of site and capability goes live in one wave, and the site has that capability.
W3  Waves don't wait for each other in a circle, and none goes live before one that it comes after.
W4  Nothing goes live at a site on a day of a blackout.
W5  What the workspace changes in registers leaves them sound, and what it extends is there.
"""

from collections.abc import Callable, Iterator

from lockgate.kernel.finding import Finding
from lockgate.workspace.frame.periods import PeriodKind
from lockgate.workspace.frame.programme import Programme
from lockgate.workspace.playbook.folders import folders
from lockgate.workspace.registers import registers_of
from lockgate.workspace.text.document import Steps
from lockgate.workspace.tree import Sites, tree_of
from lockgate.workspace.words import listed
from lockgate.workspace.workspace import Workspace

_PEOPLE = "programme/people.yaml"
_WAVES = "programme/waves.yaml"
_UNTOLD = Programme.model_construct(currency="", time_zone="UTC")


def quorums(workspace: Workspace) -> Iterator[Finding]:
    """Return the decision rights that nobody could use (W1)."""
    for number, right in enumerate(workspace.own_people.decision_rights):
        holders = [each.key for each in workspace.people.values() if any(one.role == right.role for one in each.roles)]
        if 0 < len(holders) < right.quorum:
            message = f"{right.quorum} must agree, but `{right.role}` is only {listed(holders)}"
            steps: Steps = ("decision_rights", number, "quorum")
            yield _finding(workspace, (_PEOPLE, steps), "out-of-reach", message, "Lower it, or name more.")


def pairs(workspace: Workspace) -> Iterator[Finding]:
    """Return what goes live twice, or where it is not (W2)."""
    sites = _sites(workspace)
    seen: dict[tuple[str, str], str] = {}
    for number, wave in enumerate(workspace.waves.values()):
        for place, each in enumerate(wave.sites):
            if each.site not in sites:
                continue
            has = sites[each.site].capabilities
            steps: Steps = ("waves", number, "sites", place)
            for which, capability in enumerate(has if each.capabilities is None else each.capabilities):
                at = (*steps, "site") if each.capabilities is None else (*steps, "capabilities", which)
                if capability not in has:
                    message = f"the site `{each.site}` has no {capability}"
                    yield _finding(workspace, (_WAVES, at), "not-in-scope", message, f"It has {listed(has)}.")
                elif (each.site, capability) in seen:
                    message = f"{capability} at `{each.site}` goes live in two waves"
                    hint = f"The first is `{seen[each.site, capability]}`."
                    yield _finding(workspace, (_WAVES, at), "declared-twice", message, hint)
                seen.setdefault((each.site, capability), wave.key)


def order(workspace: Workspace) -> Iterator[Finding]:
    """Return waves that can't come in the order asked for (W3)."""
    for number, wave in enumerate(workspace.waves.values()):
        for place, before in enumerate(wave.after):
            steps: Steps = ("waves", number, "after", place)
            first = workspace.waves.get(before)
            if first is None:
                continue
            if wave.key in _all_before(workspace, before):
                itself = wave.key == before
                message = (
                    f"`{wave.key}` waits for itself" if itself else f"`{wave.key}` and `{before}` wait for each other"
                )
                hint = "Remove it." if itself else "Remove one of the two."
                yield _finding(workspace, (_WAVES, steps), "circle", message, hint)
            elif wave.go_live and first.go_live and wave.go_live < first.go_live:
                message = f"`{wave.key}` goes live before `{before}`, on {wave.go_live}"
                yield _finding(
                    workspace, (_WAVES, steps), "out-of-order", message, f"That one does on {first.go_live}."
                )


def blackouts(workspace: Workspace) -> Iterator[Finding]:
    """Return what goes live when nothing may change (W4)."""
    sites = _sites(workspace)
    for number, wave in enumerate(workspace.waves.values()):
        if wave.go_live is None:
            continue
        for each in wave.sites:
            site = sites.get(each.site)
            for period in site.busy(wave.go_live, kind=PeriodKind.BLACKOUT) if site else ():
                message = f"{wave.go_live} is in the blackout `{period.name}` of `{each.site}`"
                steps: Steps = ("waves", number, "go_live")
                yield _finding(workspace, (_WAVES, steps), "blackout", message, "Choose another day.")


def registers(workspace: Workspace) -> Iterator[Finding]:
    """Return what is wrong in registers once they are put together (W5)."""
    if workspace.of("registers") and workspace.playbooks is not None:
        yield from registers_of(workspace, folders(*workspace.playbooks)).findings


def _all_before(workspace: Workspace, wave: str) -> set[str]:
    found: set[str] = set()
    waiting = [wave]
    while waiting:
        each = waiting.pop()
        if each not in found:
            found.add(each)
            waiting.extend(workspace.waves[each].after if each in workspace.waves else ())
    return found


def _sites(workspace: Workspace) -> Sites:
    """Return the sites, also while the file of the programme is wrong: none of this looks at what they have from it."""
    return tree_of(workspace.site_definitions, workspace.declared_programme or _UNTOLD, workspace.periods)


def _finding(workspace: Workspace, place: tuple[str, Steps], code: str, message: str, hint: str) -> Finding:
    path, steps = place
    return Finding(workspace.documents[path].at(steps), code, message, hint)


CHECKS: tuple[Callable[[Workspace], Iterator[Finding]], ...] = (quorums, pairs, order, blackouts, registers)
