"""A programme that `lockgate init` began, with a gate and people of its own: edited, committed, measured."""

import json
import os
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from lockgate.kernel.evidence import Evidence, InstanceRef, Verdict
from lockgate.kernel.scope import Scope
from lockgate.ledger import open_ledger
from lockgate.programme import opening

INIT = ("init", "meridian", "--playbook", "distribution-governance", "--time-zone", "Europe/Brussels")
MONDAY = datetime(2026, 3, 9, 9, 0, tzinfo=UTC)
GATE = "warehouse-works"
HERE = (GATE, "--scope", "main-warehouse")
GATES = """\
gates:
  - key: warehouse-works
    stage: testing
    scope: site
    title: The warehouse can work
    decides: {role: process-owner}
    guards: [production]
    criteria:
      - key: orders-ship
        title: Orders are picked and shipped
        owner: site-lead
        why: A warehouse that can't ship stands still
        do: lockgate test run shipping --site {site}
        evidence: {kind: scenario.run}
        require: [failed = 0]
"""
PEOPLE = """\
roles:
  - {key: sponsor, title: Sponsor}
  - {key: process-owner, title: Process owner}
  - {key: site-lead, title: Site lead}
people:
  - key: ann
    name: Ann Example
    roles: [{ role: sponsor }]
  - key: bob
    name: Bob Example
    roles: [{ role: process-owner }]
    deputy: ann
  - key: eve
    name: Eve Example
    roles: [{ role: site-lead, sites: [main-warehouse] }]
escalations:
  - key: open-issue
    title: An issue that nobody solves
    steps: [{ role: site-lead, after: 2d }, { role: sponsor, after: 4d }]
"""
RAN = {"failed": 0, "skipped": 0, "steps": 12, "minutes": 9, "manual": 0}


@dataclass(frozen=True)
class Meridian:
    """The workspace, and where its ledger is."""

    folder: Path
    url: str

    def edit(self, path: str, old: str, new: str) -> None:
        """Put something in the place of what stands once in a file."""
        file = self.folder / path
        text = file.read_text()
        assert text.count(old) == 1, old
        file.write_text(text.replace(old, new))

    def commit(self) -> None:
        """Commit the workspace at the time that it is now for the test."""
        now = datetime.now(UTC).isoformat()
        who = {f"GIT_{part}_{name}": "ann" for part in ("AUTHOR", "COMMITTER") for name in ("NAME", "EMAIL")}
        environment = {**os.environ, **who, "GIT_AUTHOR_DATE": now, "GIT_COMMITTER_DATE": now}
        for words in (("init", "-q"), ("add", "."), ("commit", "-q", "-m", "As it is")):
            subprocess.run(["git", "-C", self.folder, *words], env=environment, check=True, capture_output=True)

    def commit_now(self) -> str:
        """Return the commit that the workspace is at."""
        done = subprocess.run(["git", "-C", self.folder, "rev-parse", "HEAD"], check=True, capture_output=True)
        return done.stdout.decode().strip()

    def measure(self, failed: int = 0, *, by: str = "eve", instance: InstanceRef | None = None, **more: str) -> int:
        """Record that the scenario ran at the warehouse, as the workspace is now; return the number."""
        inputs = {"site:main-warehouse": opening.opened(self.folder).digest_of("site:main-warehouse"), **more}
        evidence = Evidence(
            "scenario.run",
            Scope.parse("site:main-warehouse"),
            {"scenario": "shipping"},
            Verdict.FAILED if failed else Verdict.PASSED,
            {**RAN, "failed": failed},
            inputs,
            by,
            datetime.now(UTC),
            instance,
        )
        with open_ledger(self.url, programme="meridian") as ledger:
            return ledger.record_evidence(evidence)[0].number


def begin(lockgate, folder: Path, url: str) -> Meridian:
    """Make the workspace with its gate and its people, and commit it."""
    ran = lockgate(*INIT, "--json")
    assert (ran.code, json.loads(ran.out)["folder"]) == (0, "meridian")
    programme = Meridian(folder / "meridian", url)
    (programme.folder / "programme" / "gates.yaml").write_text(GATES)
    (programme.folder / "programme" / "people.yaml").write_text(PEOPLE)
    programme.edit("programme/sites.yaml", "owner: example-site-lead", "owner: ann")
    programme.commit()
    return programme
