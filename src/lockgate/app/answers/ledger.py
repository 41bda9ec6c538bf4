"""How is a ledger shown? As the keys that `lockgate ledger … --json` promises, and as lines for a person."""

from typing import TypedDict

from lockgate.faces.output import Fields
from lockgate.faces.terminal import on_one_line
from lockgate.ledger import Head, Record
from lockgate.ledger.proving.verification import Report


class TransferAnswer(TypedDict):
    """The keys of `lockgate ledger export --json` and `import --json`."""

    folder: str
    ledger: str
    records: int
    head: str


class CheckpointAnswer(TypedDict):
    """The keys of `lockgate ledger checkpoint --json`."""

    ledger: str
    number: int
    hash: str
    at: str
    key: str
    note: str
    file: str | None


class RebuildAnswer(TypedDict):
    """The keys of `lockgate ledger rebuild --json`."""

    evidence_was_right: bool
    registers_were_right: bool


def verify_view(report: Report, checkpoints: int) -> Fields:
    """Return what was found for a person."""
    fields: dict[str, object] = {"Ledger": report.ledger or "(empty)", "Records": report.records}
    if report.ok:
        fields |= {"Verdict": "every record is as it was made", "Head": report.head.hash}
        fields |= {"Files": f"{report.artifacts:,} kept, {report.expunged:,} expunged"}
        fields["Checkpoints"] = f"{checkpoints:,} hold" if checkpoints else "none given: a cut end would not show"
    else:
        fields |= {"Verdict": "touched", "First bad": f"record {report.first_bad}: {report.why}"}
    if report.behind:
        fields["Clock ran back"] = f"at record {', '.join(map(str, report.behind[:10]))}"
    return Fields(fields)


def transfer_answer(folder: object, identity: str, head: Head) -> TransferAnswer:
    """Return what was exported or imported."""
    return TransferAnswer(folder=str(folder), ledger=identity, records=head.number, head=head.hash)


def record_line(record: Record) -> str:
    """Return a record as one line for a person."""
    about = on_one_line(", ".join(f"{key}={_short(value)}" for key, value in record.payload.items()))
    late = f" (clock {record.behind_seconds} s behind)" if record.behind_seconds else ""
    return f"{record.number:>6}  {record.at:%Y-%m-%d %H:%M:%S}Z{late}  {on_one_line(record.by)}  {record.kind}  {about}"


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= _WIDE else f"{text[: _WIDE - 1]}…"


_WIDE = 40
