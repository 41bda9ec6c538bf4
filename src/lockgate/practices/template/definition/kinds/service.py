"""Which kinds of resources say when people work, what is inspected and what is maintained?"""

from typing import Final

from lockgate.practices.template.definition.kinds.kind import Kind, Short

_DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SPANS: Final = {"days": "day", "weeks": "week", "months": "month", "years": "year"}

KINDS: Final = (
    Kind(
        "working-hours",
        "resource.calendar",
        "When people or machines work in a week.",
        (
            Short("time_zone", "tz", "Where the hours count."),
            Short(
                "hours",
                "attendance_ids",
                "Each with its day.",
                lines=(
                    Short("day", "dayofweek", "The day.", choices={day: str(at) for at, day in enumerate(_DAYS)}),
                    Short("from", "hour_from", "When work begins, in hours."),
                    Short("to", "hour_to", "When it ends."),
                    Short(
                        "half",
                        "day_period",
                        "Which part of the day that is.",
                        choices={
                            "morning": "morning",
                            "break": "lunch",
                            "afternoon": "afternoon",
                            "whole day": "full_day",
                        },
                    ),
                ),
                in_lines={"day_period": "morning"},
            ),
        ),
        needs=("name", "hours"),
        of_company="company_id",
    ),
    Kind(
        "quality-test",
        "qc.test",
        "What is looked at and measured.",
        (
            Short("kind", "category", "The category of tests."),
            Short(
                "questions",
                "test_lines",
                "Each with its right answers.",
                lines=(
                    Short(
                        "answers",
                        "ql_values",
                        "What can be answered, each with whether that is right.",
                        sets={"type": "qualitative"},
                    ),
                    Short("least", "min_value", "The smallest value that is right.", sets={"type": "quantitative"}),
                    Short("most", "max_value", "The largest value that is right.", sets={"type": "quantitative"}),
                    Short("unit", "uom_id", "What it is measured in."),
                ),
            ),
        ),
        needs=("name", "questions"),
        of_company="company_id",
    ),
    Kind(
        "maintenance-plan",
        "maintenance.plan",
        "What is maintained how often, from when on.",
        (
            Short("equipment", "equipment_id", "What is maintained."),
            Short("team", "maintenance_team_id", "Who does it."),
            Short("kind", "maintenance_kind_id", "What is done."),
            Short("every", "interval", "How many."),
            Short("unit", "interval_step", "Of what.", choices=_SPANS),
            Short("from", "start_maintenance_date", "The first day."),
            Short("ahead", "maintenance_plan_horizon", "How far it is planned ahead."),
            Short("ahead_unit", "planning_step", "In what that is counted.", choices=_SPANS),
        ),
        needs=("name", "equipment", "every", "unit", "from"),
        of_company="company_id",
    ),
)
