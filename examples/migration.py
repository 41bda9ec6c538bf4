"""Rehearse the migration of the sample three times, until it went well twice in a row; then sign it and open its gate.

    python examples/migration.py

Needs the lab and the Odoo of examples/template.py. It works on copies of that, in the workspace of examples/tower.py,
so that the tower shows what came of it. What people say is in examples/meridian_decisions.py. A second call finds it
done.
"""

import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import meridian_decisions
import template
import tower

EXTRACTS = tower.HERE / "extracts"
INSTANCE = """
[instances.rehearsal]
role = "rehearsal"
url = "{url}"
database = "meridian-rehearsal"
key_variable = "{key}"
"""
SCALE = "0.02"
SCOPE = "wave:germany"
GATE = "wave-data"
UNREACHABLE = 4
TRIES = 3


def main() -> int:
    """Rehearse, explain the gate, put right, rehearse again, decide; return the exit code."""
    tower.filled()
    began = time.monotonic()
    lab = json.loads(template.lockgate("lab", "status", "--json", quiet=True))
    os.environ |= {template.KEY: lab["api_key"], "LOCKGATE_EXTRACTS": str(EXTRACTS), "LOCKGATE_PERSON": "jonas"}
    prepare(tower.ROOT, url=lab["url"])
    if not EXTRACTS.exists():
        template.lockgate("sample", "meridian", "--scale", SCALE, "--seed", "7", "--out", str(EXTRACTS), quiet=True)

    say("Mock round 1: the data as the old systems leave it, with nothing put right.")
    rehearsed("first", "--without", "cleanse")
    say(f"It failed, and the gate `{GATE}` stays shut:")
    here("gate", "explain", GATE, "--scope", SCOPE)

    say("Mock round 2: with the rules that put values right, on a new copy.")
    rehearsed("second")
    say("Mock round 3: once is luck. All of it again, on a new copy.")
    rehearsed("third")
    say("What stands where, and how the rounds compare:")
    here("migrate", "status")
    here("migrate", "rounds")

    lacking = meridian_decisions.lacking(tower.ROOT, gate=GATE, scope=SCOPE)
    if lacking:
        say(f"Nobody signs, since this is not met: {', '.join(lacking)}.")
    else:
        say("Operations and finance sign what they saw, and the steering committee votes:")
        meridian_decisions.signed(tower.ROOT, scope=SCOPE)
        meridian_decisions.voted(tower.ROOT, gate=GATE, scope=SCOPE)
    say(f"The gate `{GATE}` now:")
    answer = here("gate", "explain", GATE, "--scope", SCOPE)
    print(f"\nThat took {(time.monotonic() - began) / 60:.0f} minutes, most of it Odoo's own work.", flush=True)
    return answer


def prepare(root: Path, *, url: str) -> None:
    """Let the sample's workspace know the Odoo for rehearsals, what it is a copy of, and the volume."""
    toml = root / "lockgate.toml"
    said = toml.read_text(encoding="utf-8")
    if "[instances.rehearsal]" not in said:
        toml.write_text(said + INSTANCE.format(url=url, key=template.KEY), encoding="utf-8")
    file = root / "migration" / "90-rehearsal.yaml"
    said = file.read_text(encoding="utf-8")
    if "fresh_from" not in said:
        file.write_text(at_this_scale(said), encoding="utf-8")


def at_this_scale(said: str) -> str:
    """Return what is declared of rehearsals, with the extracts of this scale as the whole volume."""
    share = float(SCALE)

    def smaller(found: re.Match[str]) -> str:
        return f"{found[1]}{max(1, round(int(found[2]) * share))}"

    lines = said.splitlines(keepends=True)
    inside = False
    for number, line in enumerate(lines):
        if line.startswith("    volume:"):
            inside = True
        elif inside and not line.startswith("      "):
            lines.insert(number, f"    fresh_from: {template.DATABASE}\n")
            break
        elif inside:
            lines[number] = re.sub(r"(: *)(\d+)", smaller, line)
    return "".join(lines)


def rehearsed(name: str, *words: str) -> None:
    """Rehearse once; what was killed goes on where it was, and what is done is not done again."""
    done = tower.HERE / f"{name}.rehearsed"
    if done.exists():
        print("It was run already.", flush=True)
        return
    for _ in range(TRIES):
        if here("migrate", "rehearse", "--scope", SCOPE, *words) != UNREACHABLE:
            done.touch()
            return
        print("Odoo did not answer; what is done stays, and the run goes on.", flush=True)


def here(*words: str) -> int:
    """Run a verb in the sample's workspace, and return its exit code; why it is what it is, it says itself."""
    return subprocess.run([template.LOCKGATE, *words, "--workspace", str(tower.ROOT)], check=False).returncode


def say(line: str) -> None:
    """Say what comes next."""
    print(f"\n{line}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
