"""Which process is this, and does that other one still live? Asked of the operating system."""

import getpass
import os
import socket
from pathlib import Path

from lockgate.odoo.journal.rules import Holder


def this_process() -> Holder:
    """Return who is at work here."""
    return Holder(_user(), socket.gethostname(), os.getpid(), _life(os.getpid()))


def known_dead(holder: Holder) -> bool:
    """Return True when the process is certainly gone: only for one that ran on this machine."""
    return holder.host == socket.gethostname() and bool(holder.life) and _life(holder.pid) != holder.life


def _life(pid: int) -> str:
    """Return the boot and the moment in which the process began, empty when it is not there (or this is not Linux)."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return ""
    after_name = stat.rpartition(")")[2].split()
    state, began = after_name[0], after_name[19]
    return "" if state == "Z" else f"{boot}:{began}"  # a zombie is dead, it only waits to be counted


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # no entry for this uid, as in some containers
        return str(os.getuid())
