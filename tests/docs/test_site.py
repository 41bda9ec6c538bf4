"""Do the documents build, lead somewhere and stay on this machine?"""

import re
import shutil
import subprocess
import sys

from documents import ROOT


def mkdocs(config, folder):
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-f", config, "-d", folder]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_site_builds_without_a_warning_and_fetches_nothing_from_elsewhere(tmp_path):
    built = mkdocs(ROOT / "mkdocs.yml", tmp_path)
    assert built.returncode == 0, built.stderr
    pages = sorted(tmp_path.rglob("*.html"))
    assert len(pages) > 20
    fetched = re.compile(r"<(?:script|link|img|iframe)\b[^>]*\b(?:src|href)=\"?(?:https?:)?//[^\s\">]+")
    assert [(page.name, found) for page in pages for found in fetched.findall(page.read_text())] == []


def test_a_link_to_a_heading_that_is_not_there_fails_the_build(tmp_path):
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    shutil.copytree(ROOT / "docs", tmp_path / "docs")
    with (tmp_path / "docs" / "index.md").open("a") as page:
        page.write("\n[nowhere](glossary.md#no-such-word)\n")
    built = mkdocs(tmp_path / "mkdocs.yml", tmp_path / "site")
    assert built.returncode == 1
    assert "no-such-word" in built.stderr
