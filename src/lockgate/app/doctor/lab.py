"""What does the lab need of this machine? Its own provider says so; here it is put in the words of the doctor."""

from collections.abc import Iterator

from lockgate.app.doctor.checks import Check, Purpose, State
from lockgate.lab.providers import current_provider
from lockgate.programme.workbench import workbench


def lab_provider() -> Iterator[Check]:
    """Check that the lab's provider can work here."""
    provider = current_provider(workbench())
    needs = provider.needs()
    if not needs:
        yield Check(f"lab provider {provider.name}", State.OK, "can work", Purpose.LAB)
    for need in needs:
        yield Check(need.name, State.MISSING, need.why, Purpose.LAB, need.do)
