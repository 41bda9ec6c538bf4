"""Is each mistake told exactly where it stands, with the value that is wrong and what would be right?

One mistake for each code of the reference is planted in a programme that is right. `¶` marks the place that is told.
"""

import re
from pathlib import Path

import pytest

from documents import DOCS
from lockgate.gates.criteria.reading import GATES
from lockgate.kernel.finding import Finding, Position
from lockgate.practices.fit import practice as fit
from lockgate.programme.checking import gates_checked
from lockgate.workspace import load
from support.programme import FILES

TOML, SITES, PEOPLE, CALENDARS, WAVES = FILES
GATES_FILE, GAP = "programme/gates.yaml", "programme/registers/gap.yaml"
GATE = "gates:\n  - key: g\n    stage: testing\n    scope: site\n    decides: {role: sponsor}\n    criteria:\n"
ASKED = "register: defect, require: [count = 0]"
REGISTERS = (
    "action, assumption, benefit, change-request, decision, defect, deliverable, dependency, deviation, difference, "
    "gap, issue, lesson, match-review, meeting, requirement, risk, sign-off, value-choice"
)
PROBES_FILE = "fit/probes/own.yaml"
CHECKS = "`module`, `model`, `field`, `setting`, `value`, `count`, `group`, `report`, `access`"
COMPARED = "Write it like `failed = 0`, `severity in (critical, high)` or `owner is not empty`."


def changed(path, old, new):
    """Return a file of the programme with one text replaced."""
    assert FILES[path].count(old) == 1
    return path, FILES[path].replace(old, new)


def probe(check):
    """Return a file with one claim that is tried like this."""
    return PROBES_FILE, f"probes:\n  - {{key: p, capability: Sales, title: T, why: W, check: {check}}}\n"


CASES = {
    "bad-comparison": [
        (
            (GATES_FILE, f"{GATE}      - {{key: c, register: defect, require: [¶count is 0]}}\n"),
            ("'count is 0' is not a comparison", COMPARED),
        ),
        (
            (GAP, ("register: gap\nextends: true\ntransitions:\n  - {key: x, title: X, from: [open], to: retired, "
             "who: [sponsor], guards: [¶cost is 3], event: retired}\n")),
            ("'cost is 3' is not a comparison", COMPARED),
        ),
    ],
    "blackout": [
        (
            changed(WAVES, "2027-03-01", "¶2027-01-03"),
            ("2027-01-03 is in the blackout `Year end` of `ghent`", "Choose another day."),
        )
    ],
    "circle": [
        (changed(WAVES, "go_live: 2027-03-01", "after: [¶first]"), ("`first` waits for itself", "Remove it.")),
    ],
    "control-character": [
        (changed(SITES, "name: Ghent", 'name: ¶"Gh\\u0007ent"'), ("the character U+0007 is not allowed", "Remove it.")),
        (
            changed(SITES, "name: Ghent", "name: Gh¶\u0007ent"),
            ("the character U+0007 is not allowed", "Remove it; nobody can see that it is there."),
        ),
    ],
    "declared-twice": [
        (
            changed(SITES, "key: web", "key: ¶ghent"),
            ("the site `ghent` is declared twice", "The first is in programme/sites.yaml. Rename or remove one."),
        ),
        (
            changed(WAVES, "{site: breda, capabilities: [Inventory]}", "{site: ghent, capabilities: [¶Inventory]}"),
            ("Inventory at `ghent` goes live in two waves", "The first is `first`."),
        ),
    ],
    "double-key": [
        (
            (GATES_FILE, f"{GATE}      - {{key: c, {ASKED}}}\n      - {{key: ¶c, {ASKED}}}\n"),
            ("c is written twice here", "Rename one, or make one of the two."),
        )
    ],
    "duplicate-key": [
        (
            changed(SITES, "    name: Web shop\n", "    name: Web shop\n    ¶name: Shop\n"),
            ("`name` is here twice", "Keep one; the first is read."),
        ),
        (changed(TOML, 'y = "EUR"', 'y = "EUR"\n¶currency = "USD"'), ("`currency` is here twice", "Keep one.")),
    ],
    "encoding": [
        ((SITES, b"sites: []\n# caf\xe9\n"), (2, 6), ("the byte 0xe9 is not UTF-8", "Save the file as UTF-8.")),
    ],
    "endless-alias": [
        (
            (SITES, "sites: &all\n  - {key: a, name: A, kind: plant, sites: ¶*all}\n"),
            ("`*all` stands inside of itself", "Write it out."),
        )
    ],
    "incomplete-signal": [
        (
            (GAP, ("register: gap\nextends: true\nsignals:\n"
             "  - ¶{key: s, title: S, tells: age, risk: {title: Gaps stay open}}\n")),
            ("A signal that tells of age needs `days`", "See the reference of registers."),
        )
    ],
    "key-not-text": [
        (
            changed(SITES, "    kind: channel", "    kind: channel\n    ¶[a]: b"),
            ("a key is a text", "Write `key: value`, with quotes around odd keys."),
        )
    ],
    "lacking-key": [
        (
            (GATES_FILE, "gates:\n  - ¶key: g\n    stage: testing\n    scope: site\n"),
            ("the gate g lacks `decides`", "No playbook has this gate: add `decides: …`, or correct its `key`."),
        )
    ],
    "link-outside": [
        (
            ("programme/registers/passwd.yaml", Path("/etc/hostname")),
            (1, 1),
            ("this link leads out of the workspace", "Copy the file into the workspace."),
        )
    ],
    "merge-key": [
        (
            changed(SITES, "    kind: channel", "    kind: channel\n    ¶<<: {owner: ann}"),
            ("YAML 1.2 has no merge key", "Write out what it would bring in."),
        )
    ],
    "missing-key": [
        (
            changed(SITES, "- key: web\n    name: Web shop", "- ¶key: web"),
            ("`name` is missing", "Add `name: …`: What people call it."),
        )
    ],
    "mixed-question": [
        (
            (GATES_FILE, f"{GATE}      - {{key: c, {ASKED}, last: ¶2}}\n"),
            ("`last` says nothing about `register`", "It is a question of evidence."),
        )
    ],
    "no-bound": [
        (
            probe("{count: ¶{of: stock.lot}}"),
            ("it says neither how many at least nor at most", "Add `at_least` or `at_most`."),
        ),
        (
            probe("{count: {of: stock.lot, at_least: ¶2, at_most: 1}}"),
            ("no number is at least 2 and at most 1", "Exchange the two."),
        ),
    ],
    "no-question": [
        (
            (GATES_FILE, f"{GATE}      - ¶{{key: c, title: What}}\n"),
            ("c: it asks nothing", "Give it `evidence`, `register`, `all` or `any`."),
        )
    ],
    "no-requirement": [
        (
            (GATES_FILE, f"{GATE}      - ¶{{key: c, register: defect}}\n"),
            (
                "c: nothing is required of the register defect",
                "Say `require: [count = 0]`, or `every: […]` for what each record must satisfy.",
            ),
        )
    ],
    "no-right": [
        (
            probe("{access: ¶{group: a.b, of: stock.lot}}"),
            ("it names no right", "Add `may: [read]`, or `may_not: [unlink]`."),
        ),
        (
            probe("{access: {group: a.b, of: stock.lot, may: [read], may_not: ¶[read]}}"),
            ("`read` stands under `may` and `may_not`", "Remove one."),
        ),
    ],
    "not-a-domain": [
        (
            probe("{count: {of: stock.lot, at_least: 1, where: [¶a]}}"),
            ("`a` is no term of a domain", "A term is [field, operator, value], like [state, =, done]."),
        ),
    ],
    "not-in-scope": [
        (
            changed(WAVES, "capabilities: [Inventory]", "capabilities: [Inventory, ¶Sales]"),
            ("the site `breda` has no Sales", "It has `Inventory`."),
        )
    ],
    "not-valid": [
        (
            changed(PEOPLE, "deputy: ann", "deputy: ¶bob"),
            ("nobody stands in for themselves", "Name another person."),
        )
    ],
    "nothing-to-drop": [
        (
            (GATES_FILE, f"{GATE}      - {{key: c, {ASKED}}}\n      - {{key: d, drop: ¶true}}\n"),
            ("no playbook has d, so it can't be left out", "Remove it, or correct its `key`."),
        )
    ],
    "number-out-of-range": [
        (
            changed(PEOPLE, "amount: 10000", "amount: ¶1e999"),
            ("1e999 is too large a number", "Put it in quotes if it is a text."),
        )
    ],
    "one-check": [
        (probe("¶{}"), ("it says nothing to check", f"Say one of {CHECKS}.")),
        (
            probe("{module: stock, group: ¶a.b}"),
            ("a probe checks one thing", "Make a probe of each: `module`, `group`."),
        ),
    ],
    "out-of-order": [
        (
            changed(WAVES, "after: [first]", "after: [¶first]\n    go_live: 2027-02-01"),
            ("`second` goes live before `first`, on 2027-02-01", "That one does on 2027-03-01."),
        )
    ],
    "out-of-range": [
        (
            changed(PEOPLE, "amount: 10000", "amount: ¶-1"),
            ("`-1` should be greater than or equal to 0", "Write a number that is at least 0."),
        ),
        (
            changed(PEOPLE, "responsible: [site-lead]", "responsible: ¶[]"),
            ("too few items: at least 1", "Name one, or leave the key out if it may be."),
        ),
    ],
    "out-of-reach": [
        (
            changed(PEOPLE, "role: sponsor, up_to", "role: sponsor, quorum: ¶2, up_to"),
            ("2 must agree, but `sponsor` is only `ann`", "Lower it, or name more."),
        )
    ],
    "secret": [
        (
            changed(TOML, '"https://odoo.example.com"', '¶"https://ann:secret@odoo.example.com"'),
            ("a password does not belong into a file", "Leave out what stands before the `@`."),
        )
    ],
    "several-documents": [
        (
            changed(WAVES, "waves:\n", "waves: []\n¶---\nwaves:\n"),
            ("a second document begins here", "One file holds one document."),
        )
    ],
    "syntax": [
        (
            changed(SITES, "name: Ghent", "name: ¶@Ghent"),
            (
                "this is no YAML: found character that cannot start any token",
                "Put a text that begins with this character in quotes.",
            ),
        ),
        (changed(TOML, '"EUR"', "¶EUR"), ("this is no TOML: invalid value", "Put a text in quotes.")),
    ],
    "tab": [
        (
            changed(SITES, "      - key: ghent", "¶\t- key: ghent"),
            ("a tab can't indent YAML", "Indent with blanks."),
        )
    ],
    "tag": [
        (
            changed(SITES, "name: Ghent", "name: ¶!town Ghent"),
            ("the tag `!town` is not known here", "Leave the tag out."),
        )
    ],
    "too-deep": [
        (
            (SITES, f"sites: {'[' * 49}¶{'[' * 50}{']' * 100}"),
            ("more than 50 levels within each other", "Flatten it."),
        ),
        ((TOML, f"x = {'[' * 50}¶{'[' * 400}{']' * 450}"), ("more than 50 levels within each other", "Flatten it.")),
        ((TOML, f"{'a.' * 50}a¶{'.a' * 9} = 1"), ("more than 50 dots in one line", "Flatten it.")),
    ],
    "too-large": [
        ((SITES, "¶" + "# x\n" * 300_000), ("the file is larger than 1,048,576 bytes", "Split it.")),
        (
            (TOML, "¶" + "# x\n" * 30_000),
            ("the file is longer than 100,000 characters", "Leave only what belongs here."),
        ),
    ],
    "too-many-aliases": [
        (
            (SITES, f"x: &x 1\ny: [{'*x, ' * 1_000}¶*x]"),
            ("more than 1,000 aliases", "Write it out."),
        )
    ],
    "too-many-values": [
        ((SITES, f"x: [{'1, ' * 99_997}¶1, 2]"), ("more than 100,000 values in one file", "Split it.")),
    ],
    "unclaimed-file": [
        (
            ("programme/peoples.yaml", "¶people: []\n"),
            ("no kind of file has this place", "Did you mean `programme/people.yaml`?"),
        )
    ],
    "undecided-loosening": [
        (
            (GATES_FILE, "gates:\n  - key: uat-exit\n    criteria:\n      - ¶{key: uat-signed, drop: true}\n"),
            (
                "uat-signed asks less than the playbook: it is left out",
                "Have it decided, and name the decision: `by_decision: DEC-…`.",
            ),
        ),
        (
            (GATES_FILE, ("gates:\n  - key: uat-exit\n    criteria:\n"
             "      - {key: uat-signed, drop: true, by_decision: ¶DEC-9}\n")),
            ("uat-signed asks less than the playbook: it is left out", "DEC-9 is not a decision that was taken."),
        ),
    ],
    "unknown-alias": [
        (
            changed(SITES, "owner: bob", "owner: ¶*bob"),
            (
                "no anchor `&bob` stands before",
                "Name an anchor that stands before it, or put a text that begins with `*` in quotes.",
            ),
        )
    ],
    "unknown-choice": [
        (
            changed(SITES, "kind: channel", "kind: ¶chanel"),
            (
                "`chanel` is none of the choices",
                "Did you mean `channel`? There are: `legal-entity`, `region`, `warehouse`, `plant`, `channel`.",
            ),
        )
    ],
    "unknown-key": [
        (
            changed(CALENDARS, "week: {}", "week: {}\n    ¶contry: NL"),
            (
                "`contry` is not known here",
                ("Did you mean `country`? Known here: `key`, `name`, `time_zone`, `country`, `subdivision`, `week`, "
                "`closed`, `open`."),
            ),
        )
    ],
    "unknown-placeholder": [
        (
            (GATES_FILE, f"{GATE}      - {{key: c, {ASKED}, do: ¶'lockgate check {{town}}'}}\n"),
            (
                "c: `do` asks for {town}, and nothing here says which that is",
                "Known are criterion, gate, scope, site.",
            ),
        )
    ],
    "unknown-reference": [
        (
            changed(SITES, "owner: bob", "owner: ¶bop"),
            ("no person `bop` is declared", "Did you mean `bob`? Declared: `ann`, `bob`."),
        ),
    ],
    "unknown-register": [
        (
            (GAP, "register: ¶gab\nextends: true\n"),
            ("there is no register `gab` to extend", f"There are: {REGISTERS}."),
        )
    ],
    "unreadable": [
        (
            ("programme/registers/gap.yaml", Path("nowhere.yaml")),
            (1, 1),
            ("the file can't be read: No such file or directory", "Make it a file that you may read."),
        )
    ],
    "unsound-register": [
        (
            (GAP, ("register: gap\nextends: true\ntransitions:\n"
             "  - {key: x, title: X, from: [open], to: ¶lost, who: [sponsor], event: lost}\n")),
            ("There is no state 'lost'", "There are: assessed, decided, deferred, open, retired."),
        )
    ],
    "wrong-form": [
        (
            changed(PEOPLE, "2d", "¶2 days"),
            ("`2 days` is not written as it should be", "A number of hours, days or weeks: 12h, 14d, 2w."),
        )
    ],
    "wrong-scope": [
        (
            (GATES_FILE, f"{GATE}      - {{key: c, evidence: ¶{{kind: fit.custom}}, require: [lines < 9]}}\n"),
            ("fit.custom is taken per programme, not per site", "Say `at: programme`."),
        )
    ],
    "wrong-type": [
        (changed(SITES, "name: Ghent", "name: ¶9000"), ("`9000` is not a text", 'Put it in quotes: "9000".')),
    ],
}  # fmt: skip
REMARKS = {
    "nobody-acts": [
        (
            changed(PEOPLE, "people:\n", "¶people:\n"),
            (
                "nobody is `local-owner` for `site:benelux`, `site:ghent`, `site:breda` and 1 more",
                "It decides, or has to act at, `uat-exit`, `people-ready`. Name somebody under `people`.",
            ),
        )
    ],
    "too-few-decide": [
        (
            changed(PEOPLE, "people:\n", "¶people:\n  - {key: eve, roles: [{role: process-owner}]}\n"),
            (
                (
                    "2 must agree, but `process-owner` is only `eve` for `site:benelux`, `site:ghent`, `site:breda` "
                    "and 1 more"
                ),
                "It decides `uat-exit`, `hypercare-exit`. Name more under `people`.",
            ),
        )
    ],
    "decides-alone": [
        (
            changed(PEOPLE, "people:\n", "people:\n  - {key: eve, roles: [{role: ¶cutover-lead}]}\n"),
            (
                "only `eve` is `cutover-lead` for `wave:first`, `wave:second`, and owns a part of what is decided",
                (
                    "Nobody decides `cutover-ready` alone on what they own. Name a second `cutover-lead`, or another "
                    "owner."
                ),
            ),
        )
    ],
}


@pytest.fixture
def told(tmp_path):
    """Write the programme with one file replaced, and tell its findings, its remarks, and the place that is marked."""

    def call(path, content):
        for each, text in FILES.items():
            (tmp_path / each).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / each).write_text(text)
        file, place = tmp_path / path, None
        file.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, Path):
            file.symlink_to(content)
        elif isinstance(content, bytes):
            file.write_bytes(content)
        else:
            before = content.partition("¶")[0]
            place = (before.count("\n") + 1, len(before.rpartition("\n")[2]) + 1)
            file.write_text(content.replace("¶", ""))
        workspace = load(tmp_path, [GATES, *fit.files])
        findings, remarks = gates_checked(workspace)
        return [*workspace.findings, *findings], remarks, place

    return call


@pytest.mark.parametrize(("code", "case"), [(code, case) for code, cases in CASES.items() for case in cases])
def test_a_mistake_is_the_only_finding_and_stands_where_it_was_made(told, code, case):
    (path, content), *given, (message, hint) = case
    findings, remarks, marked = told(path, content)
    (place,) = given or [marked]
    assert findings == [Finding(Position(path, *place), code, message, hint)]
    assert remarks == ()


@pytest.mark.parametrize(("code", "case"), [(code, case) for code, cases in REMARKS.items() for case in cases])
def test_a_remark_stands_where_people_are_named(told, code, case):
    (path, content), (message, hint) = case
    findings, remarks, place = told(path, content)
    assert findings == []
    assert Finding(Position(path, *place), code, message, hint) in remarks


def test_every_code_of_the_reference_has_a_mistake_here():
    pages = [(DOCS / "reference" / name).read_text(encoding="utf-8") for name in ("workspace.md", "criteria.md")]
    tables = [page.partition("## Findings")[2] for page in pages]
    rows = [row for table in tables for row in re.findall(r"^\| (`.+?) \|", table, re.MULTILINE)]
    assert {code for row in rows for code in re.findall(r"`([a-z0-9-]+)`", row)} == {*CASES, *REMARKS}


def test_every_mistake_says_what_would_be_right():
    assert [code for code, cases in {**CASES, **REMARKS}.items() for case in cases if not case[-1][1]] == []
