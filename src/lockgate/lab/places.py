"""Where does the lab keep its things? Downloads in the user's cache folder, databases in the user's data folder."""

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

import platformdirs

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
    """Return the folders that the XDG variables and the platform name."""
    return Places(
        cache=Path(platformdirs.user_cache_dir("lockgate")) / "lab",
        data=Path(platformdirs.user_data_dir("lockgate")) / "lab",
    )


def _fingerprint(path: Path) -> str:
    return hashlib.sha256(str(path.absolute()).encode()).hexdigest()[:12]
