"""A small migration in place of the sample's, with extracts that were read in two rounds as the verbs do it."""

import shutil
from pathlib import Path

import pytest

from lockgate.app.main import run
from support.recorded import SCRIPT

DECLARED = f"""
sources:
  - {{key: erp, title: The old ERP, kind: csv, encoding: utf-8, separator: ";"}}
domains:
  - {{key: partners, title: Partners, owner: jonas, capability: Sales, why: "{SCRIPT}"}}
  - {{key: goods, title: Goods, owner: olaf, treatment: recreate, why: There are three of them}}
datasets:
  - key: customers
    title: Customers
    source: erp
    file: customers.csv
    id: [NO]
    steward: ilias
    columns:
      NO: {{required: true}}
      MAIL: {{is: email, personal: true}}
      GONE: {{type: boolean}}
      CREDIT: {{type: decimal}}
    unused: {{FAX: Nobody faxes}}
    links: [{{columns: [HEAD], to: customers}}]
left_out:
  - {{key: gone, dataset: customers, when: s.GONE, treatment: archive, why: Not a customer any more, owner: clara}}
cleansing:
  - {{key: names, dataset: customers, column: NAME, set: trim(s.NAME), why: Blanks around it were typed}}
rules:
  - {{id: name, dataset: customers, must: "length(NAME) > 1", column: NAME, why: Nobody is called so, owner: clara}}
  - {{id: limit, dataset: customers, must: CREDIT < 1000, column: CREDIT, severity: warns, why: Far too much}}
mappings:
  - key: customer
    domain: partners
    model: res.partner
    dataset: customers
    fields:
      name: s.NAME
      ref: s.NO
      email: s.MAIL
      credit_limit: s.CREDIT
      type: {{of: s.KIND, map: {{A: contact}}}}
      parent_id: {{of: s.HEAD, record: customer}}
"""
EXTRACT = f"""NO;NAME;MAIL;CREDIT;GONE;FAX;KIND;HEAD;NOTE
C1; Acme ;ann@acme.example;10;no;;A;;{SCRIPT}
C2;Bolt;bob@bolt.example;20;no;;A;C1;
C3;C;nobody;5000;no;;B;;
C4;Dole;dan@dole.example;30;yes;;A;C9;
"""


def _begin(root: Path) -> None:
    shutil.rmtree(root / "migration")
    (root / "migration").mkdir()
    (root / "migration" / "all.yaml").write_text(DECLARED, encoding="utf-8")
    (root / "extracts").mkdir()
    (root / "extracts" / "customers.csv").write_text(EXTRACT, encoding="utf-8")


def migrate(root: Path, *words: str) -> int:
    """Run a verb of the migration there."""
    return run(("migrate", *words, "--by", "jonas", "--workspace", str(root)))


@pytest.fixture(scope="session")
def _rounds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What two rounds leave, made once: read in the first, read and put right in the second."""
    root = tmp_path_factory.mktemp("rounds") / "meridian"
    shutil.copytree(Path(__file__).parents[2] / "examples" / "meridian", root)
    _begin(root)
    steps = (("profile",), ("profile", "--new-round"), ("cleanse",))
    assert [migrate(root, *words) for words in steps] == [0, 0, 0]
    return root


@pytest.fixture
def declared_only(programme):
    """The migration, of which nothing was read yet."""
    _begin(programme)
    return programme


@pytest.fixture
def migrated(declared_only, _rounds):
    """The migration after two rounds."""
    shutil.copytree(_rounds / ".lockgate", declared_only / ".lockgate", dirs_exist_ok=True)
    return declared_only
