"""Set up an Odoo from nothing by the template of the sample: three companies, three warehouses, all thirteen areas.

    python examples/template.py

Needs a lab (`lockgate lab up`). It makes a database of its own there; a second call finds nothing to do.
"""

import json
import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

HERE = Path(__file__).resolve().parent
WORKSPACE = HERE.parent / "build" / "template"
LOCKGATE = Path(sys.executable).with_name("lockgate")
DATABASE = "meridian"
KEY = "LAB_KEY"
INSTANCE = """[instances.build]
role = "build"
url = "{url}"
database = "{database}"
key_variable = "{key}"
"""


def main() -> int:
    """Apply it, and say what to look at; return the exit code."""
    lab = json.loads(lockgate("lab", "status", "--json", quiet=True))
    if DATABASE not in lab["databases"]:
        lockgate("lab", "clone", DATABASE, quiet=True)
    os.environ[KEY] = lab["api_key"]
    workspace(WORKSPACE, url=lab["url"], database=DATABASE)
    allow(WORKSPACE)
    print("\nSetting up three companies by the template of the sample (some minutes the first time) …", flush=True)
    lockgate("apply", "--yes", "--by", "anna", "--workspace", str(WORKSPACE))
    print("\nWhat would be done now:", flush=True)
    lockgate("plan", "--workspace", str(WORKSPACE))
    print(f"\nSee for yourself: {lab['url']}/web?db={DATABASE}")
    print(f"login {lab['login']}, password {lab['password']}; switch the company at the top on the right.")
    print("Change something by hand; this names it, and who did it:")
    print(f"{KEY}={lab['api_key']} {LOCKGATE} drift --by anna --workspace {WORKSPACE}")
    return 0


def workspace(folder: Path, *, url: str, database: str) -> None:
    """Copy the sample's files into a folder, with this database to set up; a ledger that is there already stays."""
    for part in folder.glob("[!.]*"):
        shutil.rmtree(part) if part.is_dir() else part.unlink()
    shutil.copytree(HERE / "meridian", folder, ignore=shutil.ignore_patterns(".lockgate"), dirs_exist_ok=True)
    toml = folder / "lockgate.toml"
    head = toml.read_text(encoding="utf-8").partition("[instances.")[0]
    toml.write_text(head + INSTANCE.format(url=url, database=database, key=KEY), encoding="utf-8")


def allow(folder: Path) -> None:
    """Have the one deviation approved that a site of the sample names, where nothing is on record yet."""
    where = ("--workspace", str(folder))
    if json.loads(lockgate("register", "list", "deviation", "--json", *where, quiet=True)):
        return
    said = {
        "title": "Chemicals at average cost in Germany",
        "site": "meridian-deutschland",
        "resource": "product.category:chemicals",
        "layer": "extension",
        "ground": "law",
        "justification": "Tanks are filled up: the tax office takes the average of what is in them",
        "owner": "georg",
        "due": f"{datetime.now(tz=UTC) + timedelta(days=400):%Y-%m-%d}",
    }
    values = [f"{name}={value}" for name, value in said.items()]
    lockgate("register", "raise", "deviation", *values, "--by", "georg", *where, quiet=True)
    lockgate(
        "register", "do", "DEV-1", "approve", "--reason", "The law asks for it.", "--by", "lars", *where, quiet=True
    )


def lockgate(*words: str, quiet: bool = False) -> str:
    """Run the command line and return what it answers; when it says no, so does this."""
    ran = subprocess.run([LOCKGATE, *words], stdout=subprocess.PIPE if quiet else None, text=True, check=False)
    if ran.returncode != 0:
        sys.exit(ran.returncode)  # why, it has said itself
    return ran.stdout or ""


if __name__ == "__main__":
    sys.exit(main())
