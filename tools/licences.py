"""May every package that Lockgate is built on be used under Apache-2.0? No GPL and no AGPL, and no licence unknown.

R1  Looked at is every pin in requirements/: the base, the extras and what development needs.
R2  A licence is what the installed package itself declares: its SPDX expression, else its classifiers, else its text.
R3  GPL, AGPL and licences that are not open are refused. LGPL and MPL are fine for a package that is only imported.
R4  A choice between licences counts as the best of them.
R5  What declares nothing, is not installed here or declares otherwise than its licence file says must be in REVIEWED,
    with the licence that a person read.

Not seen from here: libraries compiled into a wheel, what the lab installs as separate programs (Odoo, its add-ons,
PostgreSQL), and system packages. docs/decisions/0004-licence.md says why those are another matter.
"""

import re
import sys
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path

REQUIREMENTS = Path(__file__).resolve().parent.parent / "requirements"

REVIEWED = {
    "axe-playwright-python": "MIT AND MPL-2.0",
    "py4j": "BSD-3-Clause",
    "pyspark": "Apache-2.0",
    "qrcode": "BSD-3-Clause AND MIT",
}
"""Py4J and PySpark are of the extra `spark`, which development does not install: read in the packages themselves."""

REFUSED = re.compile(
    r"(?<![A-Za-z])A?GPL|Affero|GNU General Public"
    r"|Proprietary|SSPL|Server Side Public|BUSL|Business Source|Commons Clause",
    re.IGNORECASE,
)


def main() -> int:
    """Print what is refused or unknown, and how many packages were looked at; return the exit code."""
    pins = pinned(path.read_text() for path in sorted(REQUIREMENTS.glob("*.txt")))
    licences = {name: REVIEWED.get(name) or declared(name) for name in pins}
    faults = [fault for name, licence in licences.items() if (fault := judge(name, licence))]
    print("\n".join([*faults, f"{len(pins)} packages, {len(faults)} refused or unknown"]))
    return 1 if faults else 0


def pinned(files: Iterable[str]) -> list[str]:
    """Return the names of all pinned packages (R1)."""
    return sorted({name for text in files for name in re.findall(r"^([A-Za-z0-9._-]+)==", text, re.MULTILINE)})


def declared(name: str) -> str | None:
    """Return the licence that the installed package declares (R2), None when it says nothing or is not here."""
    try:
        about = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return None
    classifiers = [line.rpartition(" :: ")[2] for line in about.get_all("Classifier", []) if line.startswith("License")]
    named = " AND ".join(licence for licence in classifiers if licence not in {"OSI Approved", "DFSG approved"})
    expression, text = ("".join(about.get_all(field, [])[:1]) for field in ("License-Expression", "License"))
    first_line = text.strip().partition("\n")[0]
    return expression or named or ("" if first_line == "UNKNOWN" else first_line) or None


def judge(name: str, licence: str | None) -> str | None:
    """Return what is wrong with a package's licence, None when nothing is (R3, R5)."""
    if licence is None:
        return f"{name}: licence unknown; read it, then name it in REVIEWED (tools/licences.py)"
    return None if allowed(licence) else f"{name}: {licence} can't be a dependency of an Apache-2.0 program"


def allowed(licence: str) -> bool:
    """Tell whether a licence, or one of those that may be chosen from (R4), is not refused."""
    is_plain_choice = " AND " not in licence and "(" not in licence
    choices = licence.split(" OR ") if is_plain_choice else [licence]
    return any(not REFUSED.search(choice) for choice in choices)


if __name__ == "__main__":
    sys.exit(main())
