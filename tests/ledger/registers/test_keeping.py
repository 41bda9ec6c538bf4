"""Whatever people do in a ledger: its tables can be made anew, its files come back, what is refused leaves nothing."""

import shutil
import tempfile
from datetime import timedelta
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from lockgate.ledger import open_ledger
from lockgate.ledger.registers import tables
from lockgate.ledger.registers.action import Edit, Move, Raise, Remark, Tag, Tie
from lockgate.ledger.registers.book import Book
from lockgate.ledger.registers.files.csv_file import read_csv
from lockgate.ledger.registers.files.exporting import export_csv, export_xlsx
from lockgate.ledger.registers.files.importing import Plan
from lockgate.ledger.registers.files.xlsx_file import read_xlsx
from lockgate.ledger.registers.projection import project
from lockgate.ledger.registers.showing.history import history
from support.registers import GAP, KNOWN, MONDAY, actor

PEOPLE = st.sampled_from(["ada", "bea", "cyd", "dan"])
ROLES = st.sets(st.sampled_from(["analyst", "design-authority", "member"]))
TEXT = st.text(st.sampled_from("a=;\\\n' 0"), max_size=6)
VALUES = st.fixed_dictionaries(
    {},
    optional={
        "title": TEXT,
        "story": TEXT,
        "fit": st.sampled_from(["standard", "custom", "unheard-of", None]),
        "cost": st.sampled_from([1, 0.5, 20_000, "many", None]),
        "owner": st.none() | PEOPLE,
        "capabilities": st.lists(st.sampled_from(["Sales", "Inventory"])),
    },
)


class Keeping(RuleBasedStateMachine):
    """Two records that are always there, and whatever people do with them and others."""

    @initialize()
    def opens(self):
        self.folder = Path(tempfile.mkdtemp(prefix="lockgate-test-"))
        self.moment = MONDAY
        self.ledger = open_ledger(self.folder / "ledger.db", self.now)
        self.book = Book(self.ledger, KNOWN)
        self.act(actor("ada"), Raise("gap", {"title": "One"}), Raise("gap", {"title": "Two", "owner": "ada"}))

    def now(self):
        self.moment += timedelta(minutes=1)
        return self.moment

    def act(self, who, *actions):
        before = (self.ledger.head(), tables.fingerprint(self.ledger))
        done = self.book.perform(actions, actor=who, moment=self.moment)
        after = (self.ledger.head(), tables.fingerprint(self.ledger))
        assert not (done.records and done.refusals)
        assert (after == before) == (not done.records)

    @rule(person=PEOPLE, values=VALUES)
    def raises(self, person, values):
        self.act(actor(person), Raise("gap", {"title": "New", **values}))

    @rule(person=PEOPLE, roles=ROLES, number=st.integers(1, 4), behind=st.sampled_from([0, 0, 1]), values=VALUES)
    def edits(self, person, roles, number, behind, values):
        entry = self.book.known().entries.by_id.get(f"GAP-{number}")
        version = entry.version - behind if entry else 1
        self.act(actor(person, *roles), Edit(f"GAP-{number}", version, values))

    @rule(
        person=PEOPLE,
        roles=ROLES,
        move=st.builds(
            Move,
            st.sampled_from(["GAP-1", "GAP-2", "GAP-3"]),
            st.sampled_from(["propose", "decide", "accept", "reopen"]),
            st.sampled_from(["", "Because"]),
            yes=st.sampled_from([True, True, False]),
        ),
    )
    def moves(self, person, roles, move):
        self.act(actor(person, *roles), move)

    @rule(person=PEOPLE, text=TEXT, to=st.sampled_from(["GAP-2", "GAP-3", "scenario:otc-01"]), undo=st.booleans())
    def says_ties_and_tags(self, person, text, to, undo):
        who = actor(person)
        self.act(who, Remark("GAP-1", text))
        self.act(who, Tie("GAP-1", "blocks", to, undo=undo))
        self.act(who, Tag("GAP-2", ("night", "cold"), undo=undo))

    @rule(person=PEOPLE, values=VALUES)
    def does_two_things_at_once(self, person, values):
        self.act(actor(person), Raise("gap", {"title": "Both", **values}), Edit("GAP-1", 1, values))

    @invariant()
    def what_is_kept_is_what_happened(self):
        entries = tables.entries_of(self.ledger)
        assert entries.by_id == project(self.ledger.records()).by_id
        assert entries.strays == ()

    def teardown(self):
        assert tables.rebuild(self.ledger)
        entries = list(self.book.known().entries.of("gap"))
        for entry in entries:
            happened = self.book.history(entry.id)
            assert happened == history(entry.id, self.ledger.records())
            assert (happened[-1].version, happened[-1].number) == (entry.version, entry.numbers[-1])
        unchanged = Plan(unchanged=tuple(range(2, len(entries) + 2)))
        for table, quoted in (
            (read_csv(export_csv(entries, GAP), "gap.csv"), True),
            (read_xlsx(export_xlsx(entries, GAP), "gap"), False),
        ):
            head = self.ledger.head()
            done = self.book.import_table(table, GAP, actor=actor("eve"), moment=MONDAY, quoted=quoted)
            assert (done.plan, done.records, self.ledger.head()) == (unchanged, (), head)
        self.ledger.close()
        shutil.rmtree(self.folder)


TestKeeping = Keeping.TestCase
TestKeeping.settings = settings(max_examples=10, stateful_step_count=20, deadline=None)
