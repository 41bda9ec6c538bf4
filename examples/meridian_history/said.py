"""What did people say of the gates? The files of `story/said/`: votes, waivers and conditions, as the commands do it.

`vote`, `waive` or `fulfil` says what is wanted; `until` and `due` are days, counted from now. What is `refused` has to
be, and the refusal is on record.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from lockgate.gates.asking.evaluating import GateState
from lockgate.gates.deciding.answer import Answer
from lockgate.gates.deciding.fulfilling import fulfil
from lockgate.gates.deciding.voting import Ballot, Basis, decide
from lockgate.gates.deciding.waiving import Plea, waive
from lockgate.gates.facts.history import Choice, Condition
from lockgate.gates.showing.explaining import explain
from lockgate.kernel import canonical
from lockgate.kernel.scope import Scope
from lockgate.programme.room import Room

from .records import STORY, read
from .scene import Happening, Scene


def said(scene: Scene) -> Iterator[Happening]:
    """Yield all that is said of gates."""
    for file in sorted((STORY / "said").glob("*.yaml")):
        for number, one in enumerate(read(file)):
            yield Happening(scene.days.at(one["day"], f"zz {number:04}"), partial(_say, scene, one))


def _say(scene: Scene, one: Mapping[str, Any]) -> None:
    room = scene.room()
    state = room.state(one["gate"], Scope.parse(one.get("scope", "programme")))
    answer = _answer(scene, room, state, one)
    if one.get("refused"):
        scene.refused(partial(room.write, answer, by=one["by"]))
    else:
        room.write(answer, by=one["by"])


def _answer(scene: Scene, room: Room, state: GateState, one: Mapping[str, Any]) -> Answer:
    match one:
        case {"vote": choice}:
            conditions = tuple(_condition(scene, said) for said in one.get("conditions", ()))
            ballot = Ballot(one["by"], Choice(choice), one.get("why", ""), conditions, one.get("behalf", ""))
            seen = room.place.artifacts.keep(canonical.encode(explain(state, room.people)))
            return decide(
                state, ballot, room.electorate(one["gate"], state.scope), Basis(room.commit, room.head.hash, seen)
            )
        case {"waive": criterion}:
            plea = Plea(criterion, one["by"], one["owner"], one["why"], _moment(scene, one["until"]))
            return waive(state, plea, room.electorate(one["gate"], state.scope))
        case _:
            return fulfil(state, _key("", one["fulfil"]), one["by"], room.people)


def _condition(scene: Scene, said: Mapping[str, Any]) -> Condition:
    key = _key(said["criterion"], said["text"])
    return Condition(key, said["text"], said["owner"], _moment(scene, said["due"]), said["criterion"])


def _key(criterion: str, text: str) -> str:
    return f"{criterion or 'also'}-{canonical.digest(text)[:4]}"


def _moment(scene: Scene, day: int) -> datetime:
    return scene.days.at(day)
