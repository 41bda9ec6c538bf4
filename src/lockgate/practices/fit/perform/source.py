"""How large is own code, what does it override, and was Odoo's own code edited? Read from folders that are declared.

S1  Lines count where something stands in them: of Python without comments, of XML and JavaScript. Tests don't count,
    and neither do libraries that were taken in.
S2  A method overrides when its class inherits from a model and it calls `super()`.
S3  A file of Odoo is edited when it differs from the released one, or is only in one of the two folders.
"""

import ast
import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from lockgate.kernel.errors import UsageError
from lockgate.practices.fit.decide.custom import lines_of
from lockgate.practices.fit.definition import Core

_CODE: Final = frozenset({".py", ".xml", ".js"})
_COMPARED: Final = frozenset({*_CODE, ".csv", ".scss"})
_NOT_OURS: Final = frozenset({"tests", "lib", "node_modules", "__pycache__"})
_MANIFEST: Final = "__manifest__.py"


def counted(root: Path, sources: Iterable[str]) -> dict[str, tuple[int, int]]:
    """Return by module its lines and how many standard methods it overrides (S1, S2)."""
    found: dict[str, tuple[int, int]] = {}
    for source in sources:
        for manifest in sorted(_folder(root, source).glob(f"*/{_MANIFEST}")):
            found[manifest.parent.name] = _sums(manifest.parent)
    return found


def core_edits(root: Path, core: Core | None) -> int | None:
    """Return how many files of Odoo were edited, None where nobody said what to compare (S3)."""
    if core is None:
        return None
    runs, released = (_digests(_folder(root, one)) for one in (core.runs, core.released))
    return sum(1 for name in runs.keys() | released.keys() if runs.get(name) != released.get(name))


def _folder(root: Path, said: str) -> Path:
    folder = (root / said).expanduser()
    if not folder.is_dir():
        why = f"fit/custom.yaml names `{said}`, and {folder} is no folder."
        raise UsageError("Own code can't be counted.", why=why, do="Fetch the code, or name its folder.")
    return folder


def _sums(module: Path) -> tuple[int, int]:
    lines = overrides = 0
    for file in _files(module, _CODE):
        text = file.read_text(encoding="utf-8", errors="replace")
        if file.suffix == ".py":
            lines += lines_of(text)
            overrides += _overriding(text)
        else:
            lines += sum(1 for line in text.splitlines() if line.strip())
    return lines, overrides


def _files(folder: Path, suffixes: frozenset[str]) -> Iterator[Path]:
    for file in sorted(folder.rglob("*")):
        inside = file.relative_to(folder).parts[:-1]
        if file.suffix in suffixes and _NOT_OURS.isdisjoint(inside) and file.is_file():
            yield file


def _overriding(text: str) -> int:
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError):
        return 0  # Odoo could not load it either
    classes = [node for node in ast.walk(tree) if isinstance(node, ast.ClassDef) and _inherits(node)]
    methods = [one for node in classes for one in node.body if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef)]
    return sum(1 for method in methods if any(_calls_super(node) for node in ast.walk(method)))


def _inherits(node: ast.ClassDef) -> bool:
    named = (one.targets for one in node.body if isinstance(one, ast.Assign))
    return any(isinstance(target, ast.Name) and target.id == "_inherit" for targets in named for target in targets)


def _calls_super(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "super"


def _digests(folder: Path) -> dict[str, str]:
    return {
        file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in _files(folder, _COMPARED)
    }
