"""How did a measure go over the last runs? M1 to M3."""

from lockgate.faces.web.viewer import Held, Viewer
from lockgate.tower.gates.measures import RECENT, charts, series_of, subjects
from support.gate_scene import GHENT, LIEGE, evidence, gate

ANN = Viewer("ann", "Ann", (Held("sponsor"),))
DAAN = Viewer("daan", "Daan", (Held("site-lead", frozenset({"ghent"})),))


def drawn(records, numbers, viewer=ANN, **asks):
    (criterion,) = gate({"evidence": {"kind": "scenario.run"}, **asks}).criteria
    return charts(criterion, numbers, series_of(records), viewer)


def runs(*values, measure="failed", scope=GHENT, first=1, **more):
    found = enumerate(values, first)
    return [evidence(number, scope=scope, measures={measure: value, **more}) for number, value in found]


def test_only_the_measures_and_the_series_that_the_criterion_rests_on_are_drawn():  # M1
    records = [
        *runs(3, 0, seconds=9),
        evidence(3, "fit.probed", measures={"failed": 1}),
        *runs(5, 6, scope=LIEGE, first=4),
    ]

    (chart,) = drawn(records, {2}, require=["failed = 0"])

    assert (chart.measure, chart.about, chart.required) == ("failed", "site:ghent", "failed = 0")
    assert [(point.number, point.value) for point in chart.points] == [(1, 3), (2, 0)]


def test_the_limit_lies_where_the_requirement_is_a_number_or_names_one():
    records = runs(30, 10, measure="minutes", window_minutes=20)

    named = drawn(records, {2}, require=["minutes <= window_minutes"])
    said = drawn(records, {2}, require=["minutes <= 20"])
    listed = drawn(records, {2}, require=["minutes in (10, 20)"])

    assert [(chart.line, chart.limit) for chart in (*named, *said, *listed)] == [
        ("4.0,4.0 156.0,32.0", "18.0"),
        ("4.0,4.0 156.0,32.0", "18.0"),
        ("4.0,4.0 156.0,32.0", ""),
    ]


def test_a_yes_is_drawn_above_a_no_and_words_are_told():  # M2
    (yes,) = drawn(runs(*(False, True), measure="met"), {2}, require=["met = true"])
    (word,) = drawn(runs("red", "green", measure="light"), {2}, require=["light = green"])
    (single,) = drawn(runs(4), {1}, require=["failed = 0"])

    assert (yes.line, [point.said for point in yes.points]) == ("4.0,32.0 156.0,4.0", ["no", "yes"])
    assert (word.line, word.last.said, single.line) == ("", "green", "")


def test_a_measure_that_stays_the_same_is_a_line_in_the_middle():
    (chart,) = drawn(runs(0, 0, 0), {3}, require=["failed = 0"])

    assert chart.line == "4.0,18.0 80.0,18.0 156.0,18.0"


def test_a_trend_is_drawn_too_and_what_a_filter_leaves_out_is_not():
    records = [evidence(number, measures={"minutes": value, "full": full}) for number, value, full in (
        (1, 9, True), (2, 1, False), (3, 7, True))]  # fmt: skip
    asks = {"evidence": {"kind": "scenario.run", "where": ["full = true"]}}

    (chart,) = drawn(records, {3}, **asks, trend={"measure": "minutes", "direction": "falling", "over": 2})

    assert (chart.required, [point.value for point in chart.points]) == ("falling", [9, 7])


def test_what_the_viewer_does_not_see_is_left_out():  # M3
    records = runs(1, 2, scope=LIEGE)

    assert (len(drawn(records, {2}, require=["failed = 0"])), drawn(records, {2}, DAAN, require=["failed = 0"])) == (
        1,
        [],
    )


def test_the_newest_runs_stand_there_at_once_and_the_others_are_folded_away():
    (chart,) = drawn(runs(*range(RECENT + 2)), {1}, require=["failed = 0"])

    assert ([point.value for point in chart.earlier], len(chart.recent)) == ([0, 1], RECENT)


def test_evidence_is_called_by_what_it_is_about():
    assert subjects([evidence(4, scenario="otc-01", role="picker")]) == {4: "scenario otc-01, role picker"}
