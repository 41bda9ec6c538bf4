"""How are the pinned requirements made again? From pyproject.toml, with hashes and without addresses.

Existing pins are kept where they still fit; `--upgrade` moves all of them to the newest release.
"""

import subprocess
import sys

import pip_settings
from setup import PYTHON, ROOT, VENV

PINS: dict[str, list[str]] = {
    "base.txt": ["pyproject.toml"],
    "extras.txt": ["pyproject.toml", "--all-extras"],
    "dev.txt": ["pyproject.toml", "--extra=data", "--extra=solver", "--extra=docs", "--extra=mcp", "--group=dev"],
    "spark.txt": ["pyproject.toml", "--extra=spark", "--constraint=requirements/dev.txt"],
    "uv.txt": ["-"],
}
"""File → what is pinned in it. Development goes without Spark, except for the tests of that tier; uv comes first."""
FORM = ["--generate-hashes", "--no-header", "--no-emit-index-url", "--no-emit-find-links", "--python-version=3.11"]


def main(arguments: list[str]) -> int:
    """Compile every file of pins; return the exit code."""
    settings = pip_settings.read(PYTHON)
    compile_pins = [str(VENV / "bin" / "uv"), "pip", "compile", "--quiet", *FORM, *settings.options, *arguments]
    for name, wanted in PINS.items():
        done = subprocess.run(
            [*compile_pins, *wanted, f"--output-file=requirements/{name}"],
            cwd=ROOT,
            env=settings.environment(),
            input="uv" if wanted == ["-"] else "",
            text=True,
            check=False,
        )
        if done.returncode != 0:
            print(f"make pins: requirements/{name} was left as it was", file=sys.stderr)
            return 1
        print(f"requirements/{name} is compiled")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
