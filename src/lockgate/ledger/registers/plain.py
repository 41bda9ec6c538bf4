"""How is a record written down? As plain data with one encoding, so that the same events give the same bytes."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from typing import Any

import orjson

from lockgate.kernel.canonical import encode
from lockgate.kernel.clock import moment_of, stamp
from lockgate.ledger.registers.entry import Change, Comment, Entry, Link, Step, Vote


def shape() -> str:
    """Return what tells bodies of this version of Lockgate from those of others: the parts that they have."""
    parts = [
        [kind.__name__, *(one.name for one in fields(kind))] for kind in (Entry, Change, Comment, Link, Step, Vote)
    ]
    return hashlib.sha256(encode(parts)).hexdigest()[:16]


def body_of(entry: Entry) -> bytes:
    """Return the one encoding of a record, quickly where its numbers allow."""
    try:
        return orjson.dumps(entry, option=orjson.OPT_SORT_KEYS | orjson.OPT_UTC_Z)
    except TypeError:
        return encode(plain(entry))  # a number of more than 64 bits, which the engine would not have let in


def entry_of(body: bytes) -> Entry:
    """Return the record that `body_of` wrote."""
    said = json.loads(body)
    return Entry(
        **{
            **said,
            "raised_at": moment_of(said["raised_at"]),
            "since": moment_of(said["since"]),
            "changes": tuple(_made(Change, one, fields=tuple(one["fields"])) for one in said["changes"]),
            "heard": {person: moment_of(at) for person, at in said["heard"].items()},
            "owners": tuple(said["owners"]),
            "steps": tuple(_made(Step, one, votes=_votes(one["votes"])) for one in said["steps"]),
            "votes": _votes(said["votes"]),
            "comments": tuple(_made(Comment, one) for one in said["comments"]),
            "links": tuple(Link(**one) for one in said["links"]),
            "linked_from": tuple(Link(**one) for one in said["linked_from"]),
            "tags": tuple(said["tags"]),
            "numbers": tuple(said["numbers"]),
        }
    )


def plain(value: Any) -> Any:
    """Return frozen data as mappings, lists and texts."""
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, datetime):
        return stamp(value)
    if isinstance(value, Mapping):
        return {key: plain(inner) for key, inner in value.items()}
    return [plain(inner) for inner in value] if isinstance(value, list | tuple) else value


def _votes(said: list[dict[str, Any]]) -> tuple[Vote, ...]:
    return tuple(_made(Vote, one) for one in said)


def _made(kind: Any, said: Mapping[str, Any], **more: Any) -> Any:
    return kind(**{**said, "at": moment_of(said["at"]), **more})
