"""Which tables does a ledger have? Its records, and what is projected from them: that can always be made anew.

Names begin with `ledger_`, keys are single whole numbers or texts and nothing leans on one database's own features, so
that other tables, Django's for instance, can live beside them and read them.
"""

import re
from typing import Final

MADE_AS: Final = 1
"""How the projected tables are made: whoever changes them, or what is projected into them, counts on. Those that were
made in another way are made anew from the records."""

ABOUT = """
create table if not exists ledger_about (key {text} primary key, value {text} not null) {options};
"""

RECORDS = """
create table if not exists ledger_record (
    number {number} primary key, at {text} not null, kind {text} not null, behind {number} not null,
    previous {text} not null, hash {text} not null, body {bytes} not null
) {options};
create index if not exists ledger_record_kind on ledger_record (kind, number);
"""

PROJECTED = """
create table if not exists ledger_series (
    first {number} primary key, kind {text} not null, scope {text} not null, identity {text} not null unique
) {options};
create index if not exists ledger_series_kind on ledger_series (kind, scope, first);
create table if not exists ledger_evidence (
    number {number} primary key, series {number} not null
) {options};
create index if not exists ledger_evidence_series on ledger_evidence (series, number);
create table if not exists ledger_input (
    place {text} primary key, number {number} not null, name {text} not null, digest {text} not null
) {options};
create index if not exists ledger_input_name on ledger_input (name, number);
create table if not exists ledger_run (
    first {number} primary key, begun {text} not null, before {text} not null
) {options};
create table if not exists ledger_late (number {number} primary key, reach {text} not null) {options};
"""

PROJECTED_NAMES: Final = tuple(re.findall(r"create table if not exists (\w+)", PROJECTED))
"""The tables that can be made anew."""
