"""Does the API do what its description says, whatever it is asked? Requests are made up from the description itself."""

import warnings
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from support.addresses import world

EACH = 6
"""Requests of each kind to each operation."""


@pytest.fixture
def described(programme):
    """The API as its description tells it, asked through the web server's door."""
    from django.core import signals
    from django.db import close_old_connections

    from lockgate.app.wsgi import application

    ends = (signals.request_started, signals.request_finished)
    for end in ends:
        end.disconnect(close_old_connections)  # the tables of a test live in its connection
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the library, which are none of ours
        import schemathesis

        yield schemathesis.openapi.from_wsgi("/api/openapi.json", application)
    for end in ends:
        end.connect(close_old_connections)


@pytest.mark.parametrize("who", ["bart", "daan"])
def test_nothing_that_is_asked_breaks_the_api_or_its_description(described, programme, account, who):  # T30
    from schemathesis import GenerationMode
    from schemathesis.checks import not_a_server_error
    from schemathesis.core.failures import FailureGroup
    from schemathesis.specs.openapi import checks

    from lockgate.tower.people import keys

    world(programme)
    key = keys.make(account(who), "t30", writes=True, days=1, moment=datetime.now(UTC))
    asked_for = [
        not_a_server_error,
        checks.content_type_conformance,
        checks.response_schema_conformance,
        checks.status_code_conformance,
    ]
    wrong, asked = {}, []

    def ask(case):
        answer = case.call(headers={"Authorization": f"Bearer {key}"})
        asked.append(answer.status_code)
        try:
            case.validate_response(answer, checks=asked_for)
        except FailureGroup as found:
            wrong[f"{case.method} {case.path} {answer.status_code}"] = " ".join(str(one) for one in found.exceptions)[
                :400
            ]

    bounds = settings(
        max_examples=EACH,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    for found in described.get_all_operations():
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            bounds(given(case=found.ok().as_strategy(generation_mode=mode))(ask))()

    assert wrong == {}
    assert len(asked) > 100
