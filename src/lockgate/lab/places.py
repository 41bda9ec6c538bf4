"""Where does the lab keep its things? Downloads in the user's cache folder, databases in the user's data folder."""

import hashlib
import os
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from lockgate.kernel.errors import UsageError

LAB_VARIABLE = "LOCKGATE_LAB"
"""Names the lab in use, for who wants several: each has its databases, all share the downloads."""

LONGEST_SOCKET_FOLDER = 90
"""A unix socket's whole path may have some 107 bytes; PostgreSQL's file name takes the rest."""


@dataclass(frozen=True)
class Places:
    """The folders of one lab."""

    cache: Path
    """What can be fetched or built again: packages, wheels, the unpacked Odoo."""
    data: Path
    """What can't: databases, files, keys."""

    @property
    def state_file(self) -> Path:
        """The lab's own record: port, keys, databases."""
        return self.data / "lab.json"

    @property
    def config_file(self) -> Path:
        """The configuration of the lab's Odoo."""
        return self.data / "odoo.conf"

    @property
    def log_file(self) -> Path:
        """What the Odoo server says."""
        return self.data / "odoo.log"

    @property
    def odoo_data(self) -> Path:
        """Odoo's own data folder (`data_dir`): attachments and sessions."""
        return self.data / "odoo"

    @property
    def cluster(self) -> Path:
        """The PostgreSQL cluster; root's lies in a folder that another user may enter (see `postgres`)."""
        if os.geteuid() == 0:
            return Path("/var/lib/lockgate") / _fingerprint(self.data)
        return self.data / "postgres"

    @property
    def socket_folder(self) -> Path:
        """The folder of PostgreSQL's unix socket, closed to other users."""
        inside = self.cluster / "data"
        if len(str(inside)) <= LONGEST_SOCKET_FOLDER:
            return inside
        return Path(tempfile.gettempdir()) / f"lockgate-{_fingerprint(self.data)}"

    def make(self) -> None:
        """Create the folders; the data folder is the user's alone."""
        self.cache.mkdir(parents=True, exist_ok=True)
        self.data.mkdir(parents=True, exist_ok=True)
        self.data.chmod(0o700)


def default_places() -> Places:
    """Return the folders of the lab in use, where the XDG variables and the platform want them."""
    name = os.environ.get(LAB_VARIABLE, "lab")
    if not re.fullmatch(r"[a-z0-9-]{1,40}", name):
        raise UsageError(
            f"'{name}' can't be a lab's name.",
            why=f"{LAB_VARIABLE} names a folder: small letters, digits and - only.",
            do=f"Unset {LAB_VARIABLE}, or choose another name.",
        )
    return Places(
        cache=Path(platformdirs.user_cache_dir("lockgate")) / "lab",
        data=Path(platformdirs.user_data_dir("lockgate")) / name,
    )


def _fingerprint(path: Path) -> str:
    return hashlib.sha256(str(path.absolute()).encode()).hexdigest()[:12]
