"""Which index, folder of wheels and certificate has this machine's pip been told to use? uv does not ask, so we do.

uv reads no pip configuration. A machine behind a mirror has only that, so it is read here at run time and handed on in
uv's own words. No address is ever written down, and what a user set for uv already is left alone.
"""

import ast
import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

SECTIONS = ("global.", "install.", ":env:.")
"""Where pip looks for a setting of `pip install`; the later section wins."""


@dataclass(frozen=True)
class UvSettings:
    """What uv is to be told: options of its command line and variables of its environment."""

    options: tuple[str, ...]
    variables: Mapping[str, str]

    def environment(self) -> dict[str, str]:
        """Return this process's environment with the variables added; what is set already stays."""
        return {**self.variables, **os.environ}


def read(python: Path) -> UvSettings:
    """Return what the pip of this Python has been told, in uv's words."""
    listed = subprocess.run([python, "-m", "pip", "config", "list"], capture_output=True, text=True, check=False)
    return as_uv(parse(listed.stdout))


def parse(listing: str) -> dict[str, str]:
    """Return `pip config list` as one value per setting, the section that wins having won."""
    lines = [line.partition("=") for line in listing.splitlines() if "=" in line]
    return {
        name.removeprefix(section): str(ast.literal_eval(value))
        for section in SECTIONS
        for name, _, value in lines
        if name.startswith(section)
    }


def as_uv(pip: Mapping[str, str]) -> UvSettings:
    """Return what makes uv look where pip looks."""
    words = {name: value.split() for name, value in pip.items()}
    variables = {
        "UV_DEFAULT_INDEX": " ".join(words.get("index-url", [])),
        "UV_INDEX": " ".join(words.get("extra-index-url", [])),
        "UV_FIND_LINKS": ",".join(words.get("find-links", [])),
        "UV_INSECURE_HOST": " ".join(words.get("trusted-host", [])),
        "UV_HTTP_TIMEOUT": pip.get("timeout", pip.get("default-timeout", "")),
        "UV_INDEX_STRATEGY": "unsafe-best-match",  # as pip does: any index may hold the pinned file, its hash decides
        "SSL_CERT_FILE": pip.get("cert", ""),
        "ALL_PROXY": pip.get("proxy", ""),
    }
    no_index = pip.get("no-index", "").lower() in {"1", "true", "yes", "on"}
    return UvSettings(
        options=("--no-index",) if no_index else (),
        variables={name: value for name, value in variables.items() if value},
    )
