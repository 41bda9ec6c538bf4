"""An Odoo that the sample's template has set up: applied once for each template, copied by every file of tests."""

import fcntl
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from support.live import LiveLab, of_lab, quiet_step
from support.on_odoo import INSTANCE

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "examples" / "meridian"
MADE_BY = (
    SAMPLE / "template",
    SAMPLE / "programme",
    ROOT / "src/lockgate/practices/template",
    ROOT / "src/lockgate/odoo",
)
"""What such a database follows from; another one is made when something of it changed."""
FORGOTTEN_AFTER = 24 * 3600


@dataclass(frozen=True)
class MeridianLab:
    """The database to copy, and what applying the template to it answered."""

    database: str
    applied: Any


@pytest.fixture(scope="session")
def meridian_lab(lab: LiveLab, tmp_path_factory: pytest.TempPathFactory) -> MeridianLab:
    """A database with the sample's template applied, to be copied and never changed."""
    name = f"meridian-{_digest()}"
    answer = lab.places.data / f"{name}.json"
    with (lab.places.data / "meridian.lock").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        if not answer.exists():
            _forget(lab, lambda there: there == name or _is_old(lab, there))
            made = of_lab(lab.lab.clone(name, None, quiet_step))
            folder = tmp_path_factory.mktemp("meridian")
            workspace(folder, made.url, made.database)
            answer.write_text(json.dumps(_apply(folder, made.api_key)), encoding="utf-8")
        os.utime(answer)
    return MeridianLab(name, json.loads(answer.read_text(encoding="utf-8")))


def workspace(folder: Path, url: str, database: str) -> None:
    """Copy the sample's files into a folder, with this database to build."""
    shutil.copytree(SAMPLE, folder, ignore=shutil.ignore_patterns(".lockgate"), dirs_exist_ok=True)
    toml = folder / "lockgate.toml"
    head = toml.read_text(encoding="utf-8").partition("[instances.")[0]
    toml.write_text(head + INSTANCE.format(url=url, database=database), encoding="utf-8")
    _examples().allow(folder)


def _examples() -> Any:
    """Return the example that sets up the sample: it knows which deviation the template names."""
    spec = importlib.util.spec_from_file_location("examples_template", ROOT / "examples" / "template.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _apply(folder: Path, key: str) -> Any:
    words = ["apply", "--yes", "--by", "anna", "--json", "--workspace", str(folder)]
    environment = {**os.environ, "BUILD_KEY": key}
    ran = subprocess.run(
        [sys.executable, "-m", "lockgate", *words], capture_output=True, text=True, env=environment, check=False
    )
    assert ran.stdout, ran.stderr
    return json.loads(ran.stdout) | {"code": ran.returncode}


def _digest() -> str:
    told = hashlib.sha256()
    for file in sorted(_files()):
        told.update(f"{file.relative_to(ROOT)}\0".encode() + file.read_bytes())
    return told.hexdigest()[:12]


def _files() -> Iterator[Path]:
    for folder in MADE_BY:
        yield from (file for file in folder.rglob("*") if file.suffix in {".yaml", ".py"})


def _is_old(lab: LiveLab, name: str) -> bool:
    answer = lab.places.data / f"{name}.json"
    return not answer.exists() or time.time() - answer.stat().st_mtime > FORGOTTEN_AFTER


def _forget(lab: LiveLab, which: Callable[[str], bool]) -> None:
    """Drop such databases: what was begun and not finished, and what nobody has asked for in a day."""
    databases = lab.lab._databases()
    assert databases is not None
    for name in databases.names():
        if name.startswith("meridian-") and which(name):
            lab.lab.drop(name)
            (lab.places.data / f"{name}.json").unlink(missing_ok=True)
