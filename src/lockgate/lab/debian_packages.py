"""How does Odoo come onto this machine? As Debian's package, by the machine's own apt, unpacked and not installed.

apt reads a private list folder made from the mirror that the machine's own sources name, so neither root nor a change
of the machine is needed, and apt's signature and checksum tests hold for every file.
"""

import os
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from lockgate.kernel.errors import LockgateError, UnreachableError, UsageError
from lockgate.lab.places import Places
from lockgate.lab.provider import Need, Step
from lockgate.lab.running import ProgramFailed, last_lines, run

SUITE = "sid"
ODOO_PACKAGE = "odoo-19"
PACKAGES = (
    ODOO_PACKAGE,
    "libjs-jquery",
    "libjs-jquery-form",
    "libjs-underscore",
    "fonts-roboto-unhinted",
    "fonts-montserrat",
    "fonts-font-awesome",
    "fonts-inconsolata",
    "fonts-ocr-b",
    "fonts-glyphicons-halflings",
)
KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
MIRROR_VARIABLE = "LOCKGATE_DEBIAN_MIRROR"


@dataclass(frozen=True)
class OdooCode:
    """An unpacked Odoo."""

    root: Path
    version: str

    @property
    def python_path(self) -> Path:
        """The folder to put on Python's path."""
        return self.root / "usr/lib/python3/dist-packages"

    @property
    def command(self) -> Path:
        """Odoo's own command."""
        return self.root / "usr/bin/odoo"

    @property
    def addons(self) -> Path:
        """The folder of Odoo's own add-ons."""
        return self.python_path / "odoo/addons"


def apt_needs() -> tuple[Need, ...]:
    """Return what this machine lacks to fetch Debian packages."""
    needs = [
        Need(
            program,
            f"Debian's `{program}` fetches and unpacks Odoo; it was not found on the PATH.",
            "Run the lab on Debian or a relative of it, or use an Odoo that exists: "
            "`lockgate lab up --provider external --url …`.",
        )
        for program in ("apt-get", "dpkg")
        if shutil.which(program) is None
    ]
    if not needs and not KEYRING.exists():
        needs.append(
            Need(
                "Debian's archive keyring",
                f"Packages are only taken with Debian's signature, and {KEYRING} is not there.",
                "As root: apt-get install debian-archive-keyring",
            )
        )
    return tuple(needs)


def unpacked_odoo(places: Places) -> OdooCode | None:
    """Return the newest Odoo that was unpacked before, None when there is none."""
    found = sorted(places.cache.glob("odoo-*/.complete"), key=lambda mark: mark.stat().st_mtime)
    if not found:
        return None
    root = found[-1].parent
    return OdooCode(root, root.name.removeprefix("odoo-"))


def provide_odoo(places: Places, step: Step) -> OdooCode:
    """Return an unpacked Odoo, fetching it only when none is there."""
    known = unpacked_odoo(places)
    if known is not None:
        return known
    packages = places.cache / "packages"
    if not _all_fetched(packages):
        with step("Fetching Odoo from Debian's mirror (133 MB)"):
            _fetch(places, packages)
    with step("Unpacking Odoo"):
        return _unpack(places, packages)


def _all_fetched(folder: Path) -> bool:
    return all(any(folder.glob(f"{name}_*.deb")) for name in PACKAGES)


def _fetch(places: Places, packages: Path) -> None:
    options = _private_apt(places)
    draft = packages.with_name("packages.part")
    draft.mkdir(parents=True, exist_ok=True)
    try:
        run(["apt-get", *options, "update"])
        run(["apt-get", *options, "download", *PACKAGES], folder=draft)
    except ProgramFailed as failure:
        raise explain_apt(failure.output) from None
    shutil.rmtree(packages, ignore_errors=True)
    draft.rename(packages)


def _unpack(places: Places, packages: Path) -> OdooCode:
    version = next(packages.glob(f"{ODOO_PACKAGE}_*.deb")).name.split("_")[1].replace("%3a", ":")
    draft = places.cache / "unpacking"
    shutil.rmtree(draft, ignore_errors=True)
    for package in sorted(packages.glob("*.deb")):
        run(["dpkg", "-x", package, draft])
    (draft / ".complete").touch()
    root = places.cache / f"odoo-{version}"
    shutil.rmtree(root, ignore_errors=True)
    draft.rename(root)
    return OdooCode(root, version)


def _private_apt(places: Places) -> list[str]:
    """Return the options that make apt work in folders of its own, on the machine's own mirror."""
    home = places.cache / "apt"
    for folder in ("lists/partial", "archives/partial"):
        (home / folder).mkdir(parents=True, exist_ok=True)
    source = home / "sources.list"
    source.write_text(f"deb [signed-by={KEYRING}] {debian_mirror()} {SUITE} main\n", encoding="utf-8")
    settings = {
        "Dir::Etc::sourcelist": str(source),
        "Dir::Etc::sourceparts": "/dev/null",
        "Dir::State::lists": str(home / "lists"),
        "Dir::Cache": str(home),
        "Acquire::Languages": "none",
        "Acquire::Retries": "2",
        "APT::Sandbox::User": "root",
        "APT::Update::Error-Mode": "any",
    }
    return ["-q", *(word for name, value in settings.items() for word in ("-o", f"{name}={value}"))]


def debian_mirror() -> str:
    """Return the Debian mirror that this machine's own apt sources name."""
    chosen = os.environ.get(MIRROR_VARIABLE)
    if chosen:
        return chosen
    try:
        listing = run(
            ["apt-get", "indextargets", "--format", "$(REPO_URI) $(RELEASE) $(COMPONENT)", "Created-By: Packages"]
        )
    except ProgramFailed as failure:
        raise explain_apt(failure.output) from None
    mirror = choose_mirror(listing)
    if mirror is None:
        raise UsageError(
            "This machine's apt sources name no Debian mirror.",
            why="Odoo 19 is taken from Debian's archive, and no source with Debian's component `main` was found.",
            do=f"Set {MIRROR_VARIABLE} to the address of a Debian mirror, or use an Odoo that exists: "
            "`lockgate lab up --provider external --url …`.",
        )
    return mirror


def choose_mirror(listing: str) -> str | None:
    """Return the first main Debian archive of apt's list of `address release component` lines."""
    for line in listing.splitlines():
        address, _, rest = line.partition(" ")
        release, _, component = rest.partition(" ")
        if component == "main" and re.search(r"/debian/?$", address) and not re.search(r"[-/]", release):
            return address.rstrip("/")
    return None


def explain_apt(output: str) -> LockgateError:
    """Return the error that tells a person what apt's output means."""
    lines = [line for line in output.splitlines() if line.startswith(("E:", "W:"))] or output.splitlines()
    why = last_lines("\n".join(lines), 2)
    if re.search(r"Unable to locate package|Can't find a source|no installation candidate", output):
        return UsageError(
            f"The mirror has no package {ODOO_PACKAGE} (or one of its parts) in the suite {SUITE}.",
            why=why,
            do=f"Set {MIRROR_VARIABLE} to a full Debian mirror that carries {SUITE}.",
        )
    if re.search(r"NO_PUBKEY|is not signed|EXPKEYSIG|REVKEYSIG|BADSIG|invalid signature", output):
        return UsageError(
            "The mirror's signature can't be checked with this machine's Debian keys.",
            why=why,
            do="As root: apt-get update && apt-get install debian-archive-keyring",
        )
    if re.search(r"No space left|enough free space", output):
        return UsageError("The disk is full.", why=why, do="Free some space and run the command again.")
    return UnreachableError(
        "Odoo could not be fetched from the Debian mirror.",
        why=why,
        do="Run the command again: what is complete is kept. Behind a proxy, set http_proxy.",
    )
