"""With what does this server sign its cookies? With a key of its own, made once and readable by nobody else."""

import os
import secrets
from pathlib import Path

NAME = "tower.key"
_LENGTH = 50


def site_key(folder: Path | None) -> str:
    """Return the key that is kept in a folder, made at first use; one for this process when there is no folder."""
    if folder is None:
        return secrets.token_urlsafe(_LENGTH)
    path = folder / NAME
    try:
        return path.read_text(encoding="ascii").strip()
    except OSError:
        """There is none yet."""
    made = secrets.token_urlsafe(_LENGTH)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    except OSError:
        return made  # nowhere to keep it: sessions end with this process
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(made)
    return made
