"""Is this export of a ledger whole? Needs Python 3.10 or newer and nothing else, nothing of Lockgate least of all.

    python verify_ledger.py FOLDER [--checkpoint FILE]... [--key KEY]

Looked at is every record, every file it names and every checkpoint that you hold. Ends with 0 when all is right, with 1
and the first bad record when not. A cut end, a rewritten history and an old backup are found against a checkpoint only.
"""

import argparse
import base64
import hashlib
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

LINE = re.compile(rb'\{"hash":"([0-9a-f]{64})","previous":"([0-9a-f]{64})","body":(\{.*\})\}\n')
NOTE = re.compile(
    "(lockgate-ledger-checkpoint-1\nledger ([0-9a-f]{32})\nnumber ([1-9][0-9]*)\nhash ([0-9a-f]{64})\n"
    "at \\S+\nkey (lockgate\\+([0-9a-f]{8})\\+(\\S+))\n)\n\u2014 lockgate (\\S+)\n"
)
FIELDS = {"at": str, "by": str, "kind": str, "number": int, "payload": dict}
Held = list[tuple[str, int, str]]
Point = tuple[int, int]
P, L, D = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493, -121665 * pow(121666, -1, 2**255 - 19)


def main() -> int:
    """Look at an export and say what was found."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--checkpoint", type=Path, action="append", default=[])
    parser.add_argument("--key", help="the public key that the checkpoints must be signed with")
    asked = parser.parse_args()
    try:
        held = [checkpoint(path.read_bytes().decode(), asked.key) for path in asked.checkpoint]
        said, code = f"ok: {verify(asked.folder, held)}, {len(held)} checkpoints", 0
    except (OSError, ValueError, KeyError, TypeError) as bad:
        said, code = f"BAD: {bad}", 1
    sys.stdout.write(f"{said}\n")
    return code


def verify(folder: Path, held: Held) -> str:
    """Return in a few words what the export holds; raise when something is wrong with it."""
    number, head, ledger = 0, "0" * 64, ""
    files: dict[str, tuple[int, bool]] = {}  # digest: by which record, and whether it is to be there
    with (folder / "records.jsonl").open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            head, kind, payload = follow(number, head, line)
            if (kind == "ledger.opened") != (number == 1):
                raise ValueError(f"record {number}: the first record opens a ledger, and no other does")
            ledger = payload["ledger"] if number == 1 else ledger
            if any(seen == number and (one, then) != (ledger, head) for one, seen, then in held):
                raise ValueError(f"record {number}: the checkpoint saw another history or ledger up to here")
            if kind == "artifact.expunged":
                files[payload["digest"]] = (number, False)
            new = [digest for digest in digests(payload, named=False) if not files.get(digest, (0, False))[1]]
            files.update(dict.fromkeys(new, (number, True)))
    longest = max((seen for _, seen, _ in held), default=0)
    if longest > number:
        raise ValueError(f"record {number + 1}: it is missing, the checkpoint saw {longest} records")
    for first, wanted, digest in sorted((*is_to_be, digest) for digest, is_to_be in files.items()):
        path = folder / "artifacts" / digest[:2] / digest[2:]
        if path.exists() != wanted or (wanted and hashlib.sha256(path.read_bytes()).hexdigest() != digest):
            what = "missing or altered" if wanted else "expunged and back again"
            raise ValueError(f"record {first}: its file {digest} is {what}")
    about = json.loads((folder / "export.json").read_bytes())
    if (about["records"], about["head"], about["ledger"]) != (number, head, ledger):
        raise ValueError(f"record {number + 1}: export.json speaks of {about['records']} records")
    return f"{number} records, {len(files)} files; ledger {ledger}, head {head}"


def follow(number: int, previous: str, line: bytes) -> tuple[str, str, dict[str, Any]]:
    """Return hash, kind and payload of a record that follows from the one before."""
    found = LINE.fullmatch(line)
    if found is None:
        raise ValueError(f"record {number}: its line has not the form of a record")
    told, body = found[1].decode(), found[3]
    if found[2].decode() != previous:
        raise ValueError(f"record {number}: it does not follow the record before, their hashes differ")
    if told != hashlib.sha256(b"lockgate-ledger-1\n" + found[2] + b"\n" + body).hexdigest():
        raise ValueError(f"record {number}: it was altered, its hash is not that of its content")
    try:
        said = json.loads(
            body, parse_float=lambda text: int(x) if (x := float(text)).is_integer() and abs(x) <= 2**53 else x
        )
        again = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()
    except (ValueError, RecursionError) as error:
        raise ValueError(f"record {number}: its content is not canonical: {error}") from None
    if again != body or {name: type(value) for name, value in said.items()} != FIELDS or said["number"] != number:
        raise ValueError(f"record {number}: its content is not that of record {number} in canonical form")
    return told, said["kind"], said["payload"]


def digests(payload: Any, *, named: bool) -> Iterator[str]:
    """Yield the digests of files that a payload names under `artifact` or `artifacts`."""
    if isinstance(payload, (dict, list)):
        for key, value in payload.items() if isinstance(payload, dict) else enumerate(payload):
            yield from digests(value, named=named or key in ("artifact", "artifacts"))
    elif named and isinstance(payload, str) and re.fullmatch("[0-9a-f]{64}", payload):
        yield payload


def checkpoint(note: str, key: str | None) -> tuple[str, int, str]:
    """Return ledger, number and hash that a checkpoint speaks of, once its signature was found right."""
    found = NOTE.fullmatch(note)
    if found is None or key not in (None, found[5]):
        raise ValueError("the checkpoint is none, or it was signed with another key")
    typed, signature = base64.b64decode(found[7]), base64.b64decode(found[8])
    mark = hashlib.sha256(b"lockgate\n" + typed).digest()[:4]
    if mark.hex() != found[6] or signature[:4] != mark or not signed(typed[1:], found[1].encode(), signature[4:]):
        raise ValueError("the checkpoint's signature is wrong")
    return found[2], int(found[3]), found[4]


def signed(key: bytes, text: bytes, signature: bytes) -> bool:
    """Return whether an Ed25519 signature is right (RFC 8032): a few points of a curve, added up."""

    def point(text: bytes) -> Point:
        y = int.from_bytes(text, "little") & (2**255 - 1)
        square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
        x = pow(square, (P + 3) // 8, P)
        x = x if x * x % P == square else x * pow(2, (P - 1) // 4, P) % P
        if y >= P or x * x % P != square:
            raise ValueError("the checkpoint's key or signature is no point of the curve")
        return (x if x & 1 == text[31] >> 7 else P - x, y)

    def add(p: Point, q: Point) -> Point:
        k, cross = D * p[0] * q[0] * p[1] * q[1], p[0] * q[1] + q[0] * p[1]
        return cross * pow(1 + k, -1, P) % P, (p[1] * q[1] + p[0] * q[0]) * pow(1 - k, -1, P) % P

    def times(factor: int, p: Point) -> Point:
        return add(times(factor >> 1, add(p, p)), p if factor & 1 else (0, 1)) if factor else (0, 1)

    r, s = signature[:32], int.from_bytes(signature[32:], "little")
    h = int.from_bytes(hashlib.sha512(r + key + text).digest(), "little")
    right = (len(key), len(signature)) == (32, 64) and s < L
    return right and times(s, point(b"\x58" + b"\x66" * 31)) == add(point(r), times(h % L, point(key)))


if __name__ == "__main__":
    sys.exit(main())
