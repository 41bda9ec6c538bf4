"""Is everything that can be used described, and is everything described there to be used?"""

import importlib
import inspect
import pkgutil
import re
from pathlib import Path

import pytest

import lockgate
from documents import DOCS, fences, rows, sections
from lockgate.app import discovery, shell
from lockgate.app.answers.backup import BackupAnswer, RestoreAnswer
from lockgate.app.answers.lab import LabAnswer
from lockgate.app.answers.ledger import CheckpointAnswer, RebuildAnswer, TransferAnswer
from lockgate.app.commands.check import CheckAnswer
from lockgate.app.commands.init import InitAnswer
from lockgate.app.commands.sample import SampleAnswer
from lockgate.app.commands.schema import SchemaAnswer
from lockgate.app.commands.version import Version
from lockgate.app.tower import set_up
from lockgate.gates.showing.explaining import GateTree
from lockgate.gates.showing.listing import Line
from lockgate.gates.showing.renewing import Rerun
from lockgate.kernel.capability import capabilities
from lockgate.kernel.errors import Exit, LockgateError
from lockgate.ledger.answers import RecordAnswer, VerifyAnswer
from lockgate.ledger.registers.telling.changes import DoneAnswer, ImportAnswer
from lockgate.odoo.client import Client
from lockgate.odoo.connect import connect
from lockgate.practices.fit.cli.answers import ProbesAnswer
from lockgate.practices.fit.cli.custom import CustomAnswer
from lockgate.practices.fit.cli.search import ConfirmAnswer, SearchAnswer
from lockgate.practices.fit.cli.trace import TraceAnswer
from lockgate.practices.migration.perform.answers import LoadAnswer, PreflightAnswer, ProfileAnswer, ReconcileAnswer
from lockgate.practices.migration.perform.behaving.answers import BehaveAnswer
from lockgate.practices.migration.perform.rehearsing.answers import RehearseAnswer, RoundsAnswer, StatusAnswer
from lockgate.practices.migration.perform.rejecting.answers import RejectsAnswer
from lockgate.practices.template.perform.telling.answers import ApplyAnswer, DriftAnswer, PlanAnswer
from lockgate.programme.installed import practices

SOURCE = Path(lockgate.__file__).parent
CLI, CLIENT, ERRORS, SETTINGS, CAPABILITIES = (
    DOCS / "reference" / f"{name}.md" for name in ("cli", "client", "errors", "settings", "capabilities")
)


def verbs():
    """Return every verb that can be typed, by its path: `lockgate lab up`."""
    offered = discovery.catalogue(discovery.own_verbs(), practices()).verbs.values()
    named = {verb.command.name: shell._load(verb) for verb in offered if verb.ours}
    found = {f"lockgate {name}": verb for name, verb in named.items()}
    for path, verb in list(found.items()):
        found |= {f"{path} {name}": below for name, below in getattr(verb, "commands", {}).items()}
    return found


VERBS = verbs()
JSON_KEYS = {
    "lockgate backup": BackupAnswer,
    "lockgate restore": RestoreAnswer,
    "lockgate check": CheckAnswer,
    "lockgate init": InitAnswer,
    "lockgate sample": SampleAnswer,
    "lockgate schema": SchemaAnswer,
    "lockgate version": Version,
    "lockgate ledger verify": VerifyAnswer,
    "lockgate ledger export": TransferAnswer,
    "lockgate ledger import": TransferAnswer,
    "lockgate ledger checkpoint": CheckpointAnswer,
    "lockgate ledger expunge": RecordAnswer,
    "lockgate ledger rebuild": RebuildAnswer,
    "lockgate ledger arm": RecordAnswer,
    "lockgate gate list": Line,
    "lockgate gate show": GateTree,
    "lockgate gate explain": GateTree,
    "lockgate gate decide": GateTree,
    "lockgate gate waive": GateTree,
    "lockgate gate fulfil": GateTree,
    "lockgate gate emergency": GateTree,
    "lockgate rerun": Rerun,
    "lockgate plan": PlanAnswer,
    "lockgate apply": ApplyAnswer,
    "lockgate drift": DriftAnswer,
    "lockgate fit custom": CustomAnswer,
    "lockgate fit search": SearchAnswer,
    "lockgate fit suggest": SearchAnswer,
    "lockgate fit confirm": ConfirmAnswer,
    "lockgate fit trace": TraceAnswer,
    "lockgate test probes": ProbesAnswer,
    "lockgate migrate profile": ProfileAnswer,
    "lockgate migrate cleanse": ProfileAnswer,
    "lockgate migrate preflight": PreflightAnswer,
    "lockgate migrate load": LoadAnswer,
    "lockgate migrate reconcile": ReconcileAnswer,
    "lockgate migrate behave": BehaveAnswer,
    "lockgate migrate rejects": RejectsAnswer,
    "lockgate migrate rehearse": RehearseAnswer,
    "lockgate migrate status": StatusAnswer,
    "lockgate migrate rounds": RoundsAnswer,
    **{f"lockgate register {verb}": DoneAnswer for verb in ("raise", "edit", "do", "comment", "link", "tag", "attach")},
    "lockgate register import": ImportAnswer,
    "lockgate lab up": LabAnswer,
    "lockgate lab status": LabAnswer,
    "lockgate lab clone": LabAnswer,
    "lockgate lab reset": LabAnswer,
}


def test_every_verb_has_its_section_and_no_section_is_about_a_verb_that_is_not_there():
    assert {heading for heading in sections(CLI) if heading.startswith("lockgate ")} == set(VERBS)


@pytest.mark.parametrize("path", [path for path, verb in VERBS.items() if not getattr(verb, "commands", None)])
def test_every_option_of_a_verb_is_described_and_no_other(path):
    described = set(re.findall(r"`(--?[a-z][a-z-]*)", sections(CLI)[path]))
    there = {name for option in VERBS[path].params for name in option.opts if name.startswith("-")}
    assert described == there - {"--help", "--verbose"}


@pytest.mark.parametrize("path", JSON_KEYS)
def test_every_json_key_of_a_verb_is_described(path):
    text = sections(CLI)[path]
    if "the same keys as" in text:
        path = re.search(r"the same keys as \[`(.+?)`\]", text)[1]
        text = sections(CLI)[path]
    keys = re.search(r"^JSON keys: (.+?)\n\n", text + "\n\n", re.MULTILINE | re.DOTALL)[1]
    assert set(re.findall(r"`([a-z_]+)", keys)) == set(JSON_KEYS[path].__annotations__)


def test_every_exit_code_is_described():
    described = rows(CLI)
    assert {code for code in described if code.isdigit()} == {str(int(code)) for code in Exit} | {"141"}


def errors():
    """Return every public error of Lockgate."""
    set_up()  # pages can't be imported before Django has its settings
    for module in pkgutil.walk_packages(lockgate.__path__, "lockgate."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    found, waiting = [], [LockgateError]
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        if kind.__module__.startswith("lockgate.") and not kind.__name__.startswith("_"):
            found.append(kind)
    return {kind.__name__: kind for kind in found}


def test_every_error_is_described_with_its_exit_code():
    described = {name: cells[0] for name, cells in rows(ERRORS).items() if name[:1].isupper()}
    assert described == {name: str(int(kind.exit)) for name, kind in errors().items()}


def test_everything_that_a_client_can_do_is_described():
    described = set(re.findall(r"`\.([a-z_]+)", CLIENT.read_text()))
    assert {name for name in vars(Client) if not name.startswith("_")} | {"server"} <= described


def test_every_argument_of_connect_is_described():
    described = rows(CLIENT)
    assert [name for name in inspect.signature(connect).parameters if name not in described] == []


def test_every_environment_variable_is_described():
    read = {name for path in SOURCE.rglob("*.py") for name in re.findall(r"\"(LOCKGATE_[A-Z_]+)\"", path.read_text())}
    described = set(re.findall(r"`(LOCKGATE_[A-Z_]+)`", SETTINGS.read_text()))
    assert read - described == set()
    assert described - read == set()


def test_every_capability_is_described_with_the_modules_that_make_it():
    described = {name: cells for name, cells in rows(CAPABILITIES).items() if len(cells) == 3}
    del described["capability"]
    assert described == {
        each.name: [_modules(each.required), _modules(each.extras), _modules(each.enterprise)]
        for each in capabilities()
    }


def _modules(names):
    return ", ".join(f"`{name}`" for name in names) or "none"


def test_every_command_in_the_documents_can_be_typed():
    lines = [line for each in fences("console") for line in each.code.splitlines() if line.startswith("$ ")]
    typed = [found[0] for line in lines if (found := re.search(r"\blockgate( [a-z]+)+", line))]
    assert [line for line in typed if not any(f"{line} ".startswith(f"{path} ") for path in VERBS)] == []
    assert "lockgate lab up" in typed
