"""The small programme of these tests, whose files a test may replace."""

from textwrap import dedent

import pytest

from lockgate.workspace import load
from lockgate.workspace.playbook import compose
from support.programme import FILES


@pytest.fixture
def loaded(tmp_path, monkeypatch):
    """Write the programme, with some files replaced (None: removed), and load it as if no playbook brought anything."""
    monkeypatch.setattr("lockgate.workspace.loading.compose", lambda *_: compose())

    def call(files=None, *, kinds=(), dimensions=()):
        for path, text in {**FILES, **(files or {})}.items():
            if text is not None:
                (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
                (tmp_path / path).write_text(dedent(text), encoding="utf-8")
        return load(tmp_path, kinds, dimensions)

    return call


@pytest.fixture
def found(loaded):
    """Return the findings of the programme with one text in one file replaced by another."""

    def call(path, old, new):
        assert FILES[path].count(old) == 1
        workspace = loaded({path: FILES[path].replace(old, new)})
        return [f"{finding.at} {finding.code}: {finding.message}. {finding.hint}" for finding in workspace.findings]

    return call
