from pathlib import Path
from typing import Annotated

import pytest

from lockgate.kernel.errors import UsageError
from lockgate.kernel.scope import PROGRAMME, Scope
from lockgate.workspace import Declares, Definition, Dimension, FileKind, Key, Reference, load
from support.programme import FILES, PEOPLE, SITES

GHENT, BENELUX, SECOND = (Scope.parse(text) for text in ("site:ghent", "site:benelux", "wave:second"))


class Scenario(Definition):
    """A kind of file that a practice brings."""

    key: Annotated[Key, Declares("scenario")]
    role: Annotated[str, Reference("role")]
    after: tuple[Annotated[str, Reference("scenario")], ...] = ()


def shifts(workspace, scope):
    return [f"{scope.level}-shift", *workspace.sites]


SCENARIOS = FileKind("scenarios", "scenarios/**.yaml", f"{__name__}:Scenario")
SHIFTS = Dimension("shift", f"{__name__}:shifts")


def told(workspace):
    return [f"{finding.at} {finding.code}: {finding.message}. {finding.hint}" for finding in workspace.findings]


def test_a_programme_without_mistakes_has_no_findings(loaded):
    workspace = loaded()
    assert workspace.findings == ()
    assert workspace.programme.name == "Meridian"
    assert workspace.data.engine == "duckdb"
    assert list(workspace.instances) == ["production", "breda-lab"]
    assert set(workspace.documents) == set(FILES)


def test_only_the_programme_itself_is_needed(loaded):
    toml = '[programme]\nname = "P"\nplaybooks = ["distribution-governance"]\ncurrency = "EUR"\ntime_zone = "UTC"\n'
    workspace = loaded({**dict.fromkeys(FILES), "lockgate.toml": toml})
    assert workspace.findings == ()
    assert (len(workspace.sites), workspace.waves, workspace.people, workspace.calendars) == (0, {}, {}, {})
    assert (workspace.raci, workspace.decision_rights, workspace.escalations, workspace.roles) == ({}, {}, {}, {})
    assert workspace.keys("capability") == ()


def test_mistakes_of_all_files_are_told_at_once_in_order(loaded):
    workspace = loaded(
        {
            "lockgate.toml": FILES["lockgate.toml"].replace('role = "lab"', 'role = "lap"'),
            "programme/sites.yaml": SITES.replace("name: Ghent", "nama: Ghent").replace("owner: bob", "owner: bobb"),
            "programme/people.yaml": "roles:\n\t- key: x\n",
            "programme/gatez.yaml": "",
        }
    )
    assert told(workspace) == [
        (
            "lockgate.toml:14:8 unknown-choice: `lap` is none of the choices. "
            "Did you mean `lab`? There are: `lab`, `build`, `rehearsal`, `training`, `production`."
        ),
        "programme/gatez.yaml:1:1 unclaimed-file: no kind of file has this place. Did you mean `programme/waves.yaml`?",
        "programme/people.yaml:2:1 tab: a tab can't indent YAML. Indent with blanks.",
        "programme/sites.yaml:9:9 missing-key: `name` is missing. Add `name: …`: What people call it.",
        (
            "programme/sites.yaml:10:9 unknown-key: `nama` is not known here. Did you mean `name`? Known here: `key`, "
            "`name`, `kind`, `country`, `currency`, `time_zone`, `calendar`, `capabilities`, `jobs`, `owner`, "
            "`constraints`, `sites`."
        ),
    ]


def test_what_an_unreadable_file_may_declare_is_not_missed(loaded):
    workspace = loaded({"programme/people.yaml": "roles: ["})
    assert [finding.at.path for finding in workspace.findings] == ["programme/people.yaml"]


def test_a_broken_workspace_still_says_what_it_can(loaded):
    workspace = loaded({"lockgate.toml": "[programme"})
    assert list(workspace.people) == ["ann", "bob"]
    with pytest.raises(UsageError, match="not declared as it should be"):
        _ = workspace.programme
    assert "site:ghent" not in workspace.digests
    assert "role:sponsor" in workspace.digests


SITES_FILE, PEOPLE_FILE, CALENDARS_FILE, WAVES_FILE = (
    f"programme/{name}.yaml" for name in ("sites", "people", "calendars", "waves")
)
NO_DAYS = "missing-key: this period has no days. "
UP_TO = "{amount: 10000, currency: EUR}"


@pytest.mark.parametrize(
    ("path", "old", "new", "expected"),
    [
        (
            SITES_FILE, "holland", "¶hollande",
            ("unknown-reference: no calendar `hollande` is declared. Did you mean `holland`? "
            "Declared: `belgium`, `holland`."),
        ),
        (
            SITES_FILE, "[Sales, Inventory]", "[¶sales, Inventory]",
            ("unknown-reference: no capability `sales` is declared. Did you mean `Sales`? Declared: `Accounting`, "
            "`CRM`, `Documents`, `HR`, `Helpdesk`, `Inventory`, `Maintenance`, `Manufacturing`, `Planning`, "
            "`Project`, `Purchase`, `Quality` and 1 more."),
        ),
        (
            SITES_FILE, "key: web", "key: ¶ghent",
            ("declared-twice: the site `ghent` is declared twice. The first is in programme/sites.yaml. "
            "Rename or remove one."),
        ),
        (
            SITES_FILE, "NL", "¶Netherlands",
            "unknown-choice: `Netherlands` is no country. Two capital letters of ISO 3166, like BE.",
        ),
        (
            PEOPLE_FILE, "deputy: ann", "deputy: ¶bob",
            "not-valid: nobody stands in for themselves. Name another person.",
        ),
        (
            PEOPLE_FILE, "sites: [benelux]", "sites: [benelux, ghent, ¶benelux]",
            "declared-twice: `benelux` is here twice. Remove one.",
        ),
        (PEOPLE_FILE, "2d", "¶12h", "out-of-range: `12h` is not after `12h`. Each step comes later."),
        (
            PEOPLE_FILE, "2d", "¶2 days",
            "wrong-form: `2 days` is not written as it should be. A number of hours, days or weeks: 12h, 14d, 2w.",
        ),
        (
            PEOPLE_FILE, f"up_to: {UP_TO}, beyond: sponsor", "beyond: ¶sponsor",
            "not-valid: `beyond` needs `up_to`. Say the largest sum.",
        ),
        (
            PEOPLE_FILE, "amount: 10000", "amount: ¶-1",
            "out-of-range: `-1` should be greater than or equal to 0. ",
        ),
        (PEOPLE_FILE, "responsible: [site-lead]", "responsible: ¶[]", "out-of-range: too few items: at least 1. "),
        (
            PEOPLE_FILE, "key: design", f"key: ¶{'x' * 65}",
            "out-of-range: too many characters: at most 64. ",
        ),
        (
            PEOPLE_FILE, "name: Ann", "email: ¶ann@home",
            "wrong-form: `ann@home` is not written as it should be. Like ann@example.com.",
        ),
        (
            PEOPLE_FILE, "role: sponsor, up_to", "role: sponsor, quorum: ¶2, up_to",
            "out-of-reach: 2 must agree, but `sponsor` is only `ann`. Lower it, or name more.",
        ),
        (
            CALENDARS_FILE, "13:00-17:00", "¶11:00-17:00",
            "out-of-range: `11:00-17:00` overlaps the one before. It begins after `08:00-12:00` ends.",
        ),
        (
            CALENDARS_FILE, "friday: [08:00-12:00]", "friday: [¶22:00-06:00]",
            ("out-of-range: `22:00-06:00` does not end after it begins. The second time is later; 24:00 ends the day. "
            "Give a night shift as two, one a day."),
        ),
        (
            CALENDARS_FILE, "friday: [08:00-12:00]", "friday: [¶8-12]",
            "wrong-form: `8-12` is not written as it should be. From one time to another: 08:00-12:00.",
        ),
        (
            CALENDARS_FILE, "country: BE", "country: DE\n    subdivision: ¶BX",
            "unknown-choice: `BX` is no part of DE with holidays of its own. ",
        ),
        (
            CALENDARS_FILE, "country: BE", "subdivision: ¶VLG",
            "not-valid: `subdivision` needs `country`. Say the country.",
        ),
        (
            CALENDARS_FILE, "Europe/Amsterdam", "¶Europe/Amsterdm",
            "unknown-choice: `Europe/Amsterdm` is no time zone. Did you mean `Europe/Amsterdam`?",
        ),
        (
            CALENDARS_FILE, "Europe/Amsterdam", "¶../../etc",
            "unknown-choice: `../../etc` is no time zone. A name like Europe/Brussels.",
        ),
        (
            CALENDARS_FILE, "{kind: blackout, name: Year end, from: 2026-12-20, to: 2027-01-03, ",
            "¶{kind: blackout, name: Year end, from: 2026-12-20, ",
            f"{NO_DAYS}Say `from` and `to`, or `every: month` with `days_before` or `days_after`.",
        ),
        (
            CALENDARS_FILE, "every: month, days_before: 1, days_after: 2", "¶every: month",
            f"{NO_DAYS}Say `days_before`, `days_after` or both.",
        ),
        (
            CALENDARS_FILE, "2027-01-03", "¶2026-12-03",
            "out-of-range: `2026-12-03` is before `2026-12-20`. `from` is 2026-12-20; the last day is not before it.",
        ),
        (
            CALENDARS_FILE, "to: 2027-01-03", "to: 2027-01-03, days_after: ¶1",
            "not-valid: `days_after` needs `every`. Leave it out, or say `every: month`.",
        ),
        (
            CALENDARS_FILE, "to: 2027-01-03", "to: 2027-01-03, days_before: ¶1",
            "not-valid: `days_before` needs `every`. Leave it out, or say `every: month`.",
        ),
        (
            CALENDARS_FILE, "every: month", "every: month, to: ¶2026-12-31",
            "not-valid: `to` and `every` exclude each other. Keep one of them.",
        ),
        (
            CALENDARS_FILE, "every: month", "every: month, from: ¶2026-12-31",
            "not-valid: `from` and `every` exclude each other. Keep one of them.",
        ),
        (
            CALENDARS_FILE, "2027-01-03", "¶2027-02-30",
            "wrong-type: `2027-02-30` is not a date. Write it like 2026-12-31.",
        ),
        (
            "lockgate.toml", '"EUR"', '¶"EURO"',
            "unknown-choice: `EURO` is no currency. Three capital letters of ISO 4217: EUR.",
        ),
        (
            "lockgate.toml", '"https://odoo.example.com"', '¶"https://ann:secret@odoo.example.com"',
            "secret: a password does not belong into a file. Leave out what stands before the `@`.",
        ),
        (
            "lockgate.toml", '"https://odoo.example.com"', '¶"odoo.example.com"',
            "wrong-form: `odoo.example.com` is no address. Like https://odoo.example.com.",
        ),
        (
            "lockgate.toml", '"https://odoo.example.com"', '¶"https://[odoo.example.com"',
            "wrong-form: `https://[odoo.example.com` is no address. Like https://odoo.example.com.",
        ),
        (
            "lockgate.toml", "[instances.breda-lab]", "[instances.¶Breda_lab]",
            ("wrong-form: `Breda_lab` is not written as it should be. "
            "Small letters, digits and single hyphens, like `north-sea`."),
        ),
        (
            "lockgate.toml", 'playbooks = ["distribution-governance"]', "playbooks = ¶[]",
            "out-of-range: too few items: at least 1. ",
        ),
        (
            WAVES_FILE, "capabilities: [Inventory]", "capabilities: [Inventory, ¶Sales]",
            "not-in-scope: the site `breda` has no Sales. It has `Inventory`.",
        ),
        (
            WAVES_FILE, "{site: breda, capabilities: [Inventory]}", "{site: ghent, capabilities: [¶Inventory]}",
            "declared-twice: Inventory at `ghent` goes live in two waves. The first is `first`.",
        ),
        (
            WAVES_FILE, "2027-03-01", "¶2027-01-03",
            "blackout: 2027-01-03 is in the blackout `Year end` of `ghent`. Choose another day.",
        ),
        (
            WAVES_FILE, "after: [first]", "after: [¶first]\n    go_live: 2027-02-01",
            "out-of-order: `second` goes live before `first`, on 2027-02-01. That one does on 2027-03-01.",
        ),
    ],
)  # fmt: skip
def test_a_mistake_is_told_where_it_stands(found, path, old, new, expected):
    text = FILES[path].replace(old, new)
    line, column = text[: text.index("¶")].count("\n") + 1, len(text[: text.index("¶")].rpartition("\n")[2]) + 1
    (told,) = found(path, old, new.replace("¶", ""))
    assert told.startswith(f"{path}:{line}:{column} {expected}")


def test_waves_that_wait_for_each_other_are_found_at_each_place(found):
    assert found("programme/waves.yaml", "go_live: 2027-03-01", "after: [second]") == [
        "programme/waves.yaml:4:13 circle: `first` and `second` wait for each other. Remove one of the two.",
        "programme/waves.yaml:8:13 circle: `second` and `first` wait for each other. Remove one of the two.",
    ]


def test_a_capability_that_goes_live_twice_because_it_is_not_named_is_found_too(loaded):
    waves = "waves:\n  - {key: a, name: A, sites: [{site: breda}]}\n  - {key: b, name: B, sites: [{site: breda}]}\n"
    assert [(str(each.at), each.code) for each in loaded({"programme/waves.yaml": waves}).findings] == [
        ("programme/waves.yaml:3:38", "declared-twice")
    ]


def test_a_key_declared_in_two_files_is_found_in_the_second(loaded):
    files = {"scenarios/a.yaml": "key: x\nrole: sponsor\n", "scenarios/b/c.yaml": "key: x\nrole: sponsor\n"}
    assert told(loaded(files, kinds=[SCENARIOS])) == [
        (
            "scenarios/b/c.yaml:1:6 declared-twice: the scenario `x` is declared twice. "
            "The first is in scenarios/a.yaml. Rename or remove one."
        )
    ]


def test_a_practice_adds_kinds_of_files_and_dimensions(loaded):
    files = {
        "scenarios/a.yaml": "key: a\nrole: sponsor\nafter: [b]\n",
        "scenarios/deep/er/b.yaml": "key: b\nrole: site-lead\n",
    }
    workspace = loaded(files, kinds=[SCENARIOS], dimensions=[SHIFTS])
    assert workspace.findings == ()
    assert list(workspace.of("scenarios")) == ["scenarios/a.yaml", "scenarios/deep/er/b.yaml"]
    assert workspace.keys("scenario", GHENT) == ("a", "b")
    assert workspace.keys("shift", GHENT)[:2] == ("site-shift", "benelux")
    assert workspace.keys("nothing") == ()


def test_references_between_the_files_of_practices_and_the_frame_are_checked(loaded):
    workspace = loaded({"scenarios/a.yaml": "key: a\nrole: sponsr\nafter: [c]\n"}, kinds=[SCENARIOS])
    assert told(workspace) == [
        (
            "scenarios/a.yaml:2:7 unknown-reference: no role `sponsr` is declared. Did you mean `sponsor`? "
            "Declared: `site-lead`, `sponsor`."
        ),
        "scenarios/a.yaml:3:9 unknown-reference: no scenario `c` is declared. Declared: `a`.",
    ]


def test_with_nothing_declared_a_reference_is_told_so(loaded):
    workspace = loaded(
        {"programme/people.yaml": None, "programme/sites.yaml": "sites: []", "programme/waves.yaml": None}
    )
    sites = "sites:\n  - {key: a, name: A, kind: plant, owner: ann}\n"
    workspace = loaded(
        {"programme/people.yaml": "", "programme/sites.yaml": sites, "programme/waves.yaml": "waves: []",
         "programme/calendars.yaml": "calendars: [{key: belgium, name: B, time_zone: UTC, week: {}}]",
         "lockgate.toml": FILES["lockgate.toml"].replace('sites = ["breda"]', "")}
    )  # fmt: skip
    assert told(workspace) == [
        "programme/sites.yaml:2:43 unknown-reference: no person `ann` is declared. There are none yet."
    ]


def test_a_site_has_what_it_does_not_say_from_above(loaded):
    sites = loaded().sites
    ghent, breda, web = sites["ghent"], sites["breda"], sites["web"]
    assert list(sites) == ["benelux", "ghent", "breda", "web"]
    assert sites.top() == ("benelux", "web")
    assert (ghent.country, ghent.currency, ghent.time_zone, ghent.calendar) == (
        "BE",
        "EUR",
        "Europe/Brussels",
        "belgium",
    )
    assert (ghent.capabilities, ghent.owner, ghent.above) == (("Sales", "Inventory"), "ann", "benelux")
    assert (breda.country, breda.currency, breda.time_zone, breda.calendar) == (
        "NL",
        "USD",
        "Europe/Amsterdam",
        "holland",
    )
    assert (breda.capabilities, breda.owner) == (("Inventory",), "bob")
    assert (web.country, web.capabilities, web.owner, web.below) == (None, (), None, ())
    assert [period.name for period in ghent.periods] == ["Christmas", "Year end", "Month end"]
    assert [period.name for period in web.periods] == ["Month end"]
    assert (sites.within("benelux"), sites.upwards("ghent")) == (("benelux", "ghent", "breda"), ("ghent", "benelux"))


def test_a_period_named_at_a_site_and_above_it_counts_once(loaded):
    calendars = FILES["programme/calendars.yaml"].replace("sites: [benelux]", "sites: [benelux, ghent]")
    names = [period.name for period in loaded({"programme/calendars.yaml": calendars}).sites["ghent"].periods]
    assert names == ["Christmas", "Year end", "Month end"]


def test_what_is_declared_for_a_scope_is_told_by_dimension(loaded):
    workspace = loaded()
    dimensions = ("site", "capability", "wave", "person", "instance", "role", "calendar", "activity")
    there = {str(scope): [workspace.keys(each, scope) for each in dimensions] for scope in (PROGRAMME, GHENT, SECOND)}
    roles, calendars, activities = ("sponsor", "site-lead"), ("belgium", "holland"), ("design",)
    both, instances = ("ann", "bob"), ("production", "breda-lab")
    assert there == {
        "programme": [
            ("benelux", "ghent", "breda", "web"), ("Inventory", "Sales"), ("first", "second"), both, instances,
            roles, calendars, activities,
        ],
        "site:ghent": [
            ("ghent",), ("Inventory", "Sales"), ("first",), both, ("production",), roles, calendars, activities
        ],
        "wave:second": [("breda",), ("Inventory",), ("second",), both, instances, roles, calendars, activities],
    }  # fmt: skip
    assert workspace.keys("person", Scope.parse("site:web")) == ("ann",)
    assert workspace.pairs("first") == (("ghent", "Sales"), ("ghent", "Inventory"))


def test_a_role_is_held_for_a_scope_by_whoever_has_it_for_all_of_it(loaded):
    workspace = loaded()
    assert workspace.holders("sponsor") == ("ann",)
    assert workspace.holders("site-lead") == ()
    assert workspace.holders("site-lead", GHENT) == ("bob",)
    assert workspace.holders("site-lead", BENELUX) == ("bob",)
    assert workspace.holders("site-lead", SECOND) == ("bob",)
    assert workspace.holders("site-lead", Scope.parse("site:web")) == ()


@pytest.mark.parametrize(
    ("scope", "why"), [("site:gent", "Did you mean `ghent`?"), ("wave:third", "Declared: `first`, `second`.")]
)
def test_a_scope_that_is_not_declared_is_refused(loaded, scope, why):
    with pytest.raises(UsageError) as stop:
        loaded().keys("site", Scope.parse(scope))
    assert why in stop.value.why


def programme(tmp_path, **files):
    """Write the programme below its playbooks, with some files of `programme/` replaced, and load it."""
    (tmp_path / "programme").mkdir()
    for path, text in {**FILES, **{f"programme/{name}.yaml": text for name, text in files.items()}}.items():
        (tmp_path / path).write_text(text)
    return load(tmp_path)


def test_what_the_playbooks_bring_can_be_referred_to_and_replaced(tmp_path):  # L4
    people = PEOPLE.replace("role: site-lead, sites", "role: design-authority, sites")
    workspace = programme(tmp_path, people=people)
    assert workspace.findings == ()
    assert workspace.roles["sponsor"].title == "Sponsor"
    assert workspace.roles["sponsor"] == workspace.own_people.roles[0]
    assert workspace.roles["design-authority"].title
    assert workspace.keys("role") == tuple(workspace.roles)
    assert set(workspace.own_people.model_dump()) >= {"raci", "decision_rights", "escalations"}
    assert {"design", "money", "issue"} <= {*workspace.raci, *workspace.decision_rights, *workspace.escalations}
    assert len(workspace.raci) > 1


def test_what_neither_files_nor_playbooks_bring_is_told_with_all_that_there_is(tmp_path):
    (finding,) = programme(tmp_path, people=PEOPLE.replace("role: site-lead, after", "role: site-led, after")).findings
    assert (finding.code, finding.hint[:23]) == ("unknown-reference", "Did you mean `site-lead`"[:23])


def test_a_playbook_that_does_not_ship_is_a_finding(tmp_path):
    toml = '[programme]\nname = "P"\nplaybooks = ["distribution-govern"]\ncurrency = "EUR"\ntime_zone = "UTC"\n'
    (tmp_path / "lockgate.toml").write_text(toml)
    (finding,) = load(tmp_path).findings
    assert (str(finding.at), finding.code) == ("lockgate.toml:3:14", "unknown-reference")
    assert finding.hint.startswith("Did you mean `distribution-governance`?")


def test_links_hidden_files_and_other_files(loaded, tmp_path):
    (tmp_path / ".hidden").mkdir()
    (tmp_path / ".hidden" / "x.yaml").write_text("a: [")
    (tmp_path / "README.md").write_text("# Notes")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "programme").mkdir()
    (tmp_path / "programme" / "people.yml").write_text(PEOPLE)
    (tmp_path / "programme" / ".swap.yaml").write_text("[")
    (tmp_path / "programme" / "passwd.yaml").symlink_to("/etc/hostname")
    (tmp_path / "folder.yaml").mkdir()
    (tmp_path / "linked").symlink_to("/etc")
    (tmp_path / "nothing.toml").write_text("")
    assert told(loaded()) == [
        (
            "nothing.toml:1:1 unclaimed-file: no kind of file has this place. Files of definitions are "
            "`lockgate.toml`, `programme/calendars.yaml`, `programme/people.yaml`, "
            "`programme/registers/*.yaml`, `programme/schedules.yaml`, `programme/sites.yaml`, "
            "`programme/waves.yaml`."
        ),
        (
            "programme/passwd.yaml:1:1 link-outside: this link leads out of the workspace. "
            "Copy the file into the workspace."
        ),
        "programme/people.yml:1:1 unclaimed-file: no kind of file has this place. Call it `programme/people.yaml`.",
    ]
    assert Path(tmp_path / "linked").is_symlink()
