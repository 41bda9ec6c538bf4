"""What can programs ask of one record, and do with it? The same as `lockgate register`, with the same keys."""

from typing import Any

from django.http import HttpRequest
from ninja import Field, File, Form, Router, Schema, UploadedFile

from lockgate.faces.web.page import viewer_of
from lockgate.ledger.registers.action import Action, Edit, Move, Remark, Tag, Tie
from lockgate.ledger.registers.showing.offer import offer
from lockgate.ledger.registers.telling.changes import DoneAnswer, done_answer
from lockgate.ledger.registers.telling.records import whole
from lockgate.ledger.registers.telling.steps import HappeningAnswer, NextAnswer, history_answer, next_answer
from lockgate.tower.interface import AsOf, operation
from lockgate.tower.records.history import seen as seen_of
from lockgate.tower.seeing.acting import act, attaching
from lockgate.tower.seeing.sight import Sight, sight

router = Router(tags=["register"])


class EditOf(Schema):
    """What is changed, in the version that was read."""

    version: int
    values: dict[str, Any]


class MoveOf(Schema):
    """A step, or a vote on one."""

    values: dict[str, Any] = Field(default_factory=dict)
    reason: str = ""
    yes: bool = True
    version: int | None = None


class Words(Schema):
    """What is said."""

    text: str


class TieOf(Schema):
    """A link to another record, or to what the workspace declares."""

    relation: str
    to: str
    undo: bool = False


class Tags(Schema):
    """Tags, one word each."""

    tags: list[str]
    undo: bool = False


@router.get("/record/{record}", response=dict[str, Any])
@operation("register.see")
def show(request: HttpRequest, record: str, when: AsOf = "") -> dict[str, Any]:
    """Show a record with its history and links."""
    seen = sight(viewer_of(request), when)
    return whole(seen.entry(record), seen.known, seen.desk.moment, called=seen.desk.artifacts.names.of)


@router.get("/record/{record}/next", response=NextAnswer)
@operation("register.see")
def next_(request: HttpRequest, record: str, when: AsOf = "") -> NextAnswer:
    """Say what you may do with a record now, and why not the rest."""
    seen = sight(viewer_of(request), when)
    entry = seen.entry(record)
    return next_answer(offer(entry, seen.watcher, seen.known, seen.desk.moment), entry.state)


@router.get("/record/{record}/history", response=list[HappeningAnswer])
@operation("register.see")
def history(request: HttpRequest, record: str, when: AsOf = "") -> list[HappeningAnswer]:
    """Tell what happened to a record: who changed what, from what to what."""
    seen = sight(viewer_of(request), when)
    return history_answer(seen_of(seen.desk.book.history(seen.entry(record).id, seen.desk.as_of), seen))


@router.patch("/record/{record}", response=DoneAnswer)
@operation("register.change")
def edit(request: HttpRequest, record: str, said: EditOf) -> DoneAnswer:
    """Change fields of a record."""
    seen = sight(viewer_of(request))
    return _done(seen, Edit(seen.entry(record).id, said.version, said.values))


@router.post("/record/{record}/do/{step}", response=DoneAnswer)
@operation("register.change")
def do(request: HttpRequest, record: str, step: str, said: MoveOf) -> DoneAnswer:
    """Take a step with a record, or vote on one that needs several people."""
    seen = sight(viewer_of(request))
    known = seen.entry(record).id
    return _done(seen, Move(known, step, said.reason, said.values, yes=said.yes, version=said.version))


@router.post("/record/{record}/comment", response=DoneAnswer)
@operation("register.change")
def comment(request: HttpRequest, record: str, said: Words) -> DoneAnswer:
    """Say something about a record."""
    seen = sight(viewer_of(request))
    return _done(seen, Remark(seen.entry(record).id, said.text))


@router.post("/record/{record}/link", response=DoneAnswer)
@operation("register.change")
def link(request: HttpRequest, record: str, said: TieOf) -> DoneAnswer:
    """Link a record to another, or take a link away."""
    seen = sight(viewer_of(request))
    return _done(seen, Tie(seen.entry(record).id, said.relation, said.to, undo=said.undo))


@router.post("/record/{record}/tag", response=DoneAnswer)
@operation("register.change")
def tag(request: HttpRequest, record: str, said: Tags) -> DoneAnswer:
    """Put tags on a record, or take them off."""
    seen = sight(viewer_of(request))
    return _done(seen, Tag(seen.entry(record).id, tuple(said.tags), undo=said.undo))


@router.post("/record/{record}/attach", response=DoneAnswer)
@operation("register.change")
def attach(request: HttpRequest, record: str, field: Form[str], file: File[UploadedFile]) -> DoneAnswer:
    """Keep a file and attach it to a record; secrets in it are blotted out first."""
    seen = sight(viewer_of(request))
    return _done(seen, attaching(seen, seen.entry(record).id, field, file.read(), name=file.name or ""))


def _done(seen: Sight, action: Action) -> DoneAnswer:
    return done_answer(act(seen, [action]), seen.known, seen.desk.moment)
