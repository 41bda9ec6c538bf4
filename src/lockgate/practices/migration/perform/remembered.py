"""Which columns has each dataset? As they were when it was last read; so mistakes are seen before the next round."""

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

from lockgate.programme.ledger_place import FOLDER

_FILE: Final = "columns.json"


def columns_known(root: Path, datasets: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return the columns of those datasets that were read before."""
    there = _there(root)
    return {key: tuple(there[key]) for key in datasets if key in there}


def remember(root: Path, columns: Mapping[str, Sequence[str]]) -> None:
    """Keep the columns of what was read."""
    file = _file(root)
    file.parent.mkdir(parents=True, exist_ok=True)
    new = file.with_suffix(".new")
    told = {**_there(root), **{key: list(names) for key, names in columns.items()}}
    new.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    new.replace(file)


def _there(root: Path) -> dict[str, list[str]]:
    try:
        told = json.loads(_file(root).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return told if isinstance(told, dict) else {}


def _file(root: Path) -> Path:
    return root / FOLDER / "migration" / _FILE
