import pytest

from lockgate.odoo.calls.standard import by_position, under_another_name


@pytest.mark.parametrize(
    ("method", "args", "expected"),
    [
        ("create", {"vals_list": [1]}, ([[1]], {})),
        ("search", {"domain": [], "limit": 5}, ([[]], {"limit": 5})),
        ("search", {"domain": [], "offset": 0, "limit": 5, "order": "id"}, ([[], 0, 5, "id"], {})),
        ("search_read", {"fields": ["name"], "domain": []}, ([[], ["name"]], {})),
        ("write", {"vals": {}}, ([{}], {})),
        ("write", {"values": {}}, ([], {"values": {}})),
        ("message_post", {"body": "x"}, ([], {"body": "x"})),
        ("load", {"fields": ["id"], "data": [["a"]]}, ([["id"], [["a"]]], {})),
    ],
)
def test_leading_standard_arguments_go_by_position(method, args, expected):
    assert by_position(method, args) == expected


@pytest.mark.parametrize(
    ("method", "args", "missing", "names"),
    [
        ("write", {"vals": {}}, "values", {"vals": "values"}),
        ("create", {"vals_list": []}, "values", {"vals_list": "values"}),
        ("write", {"vals": {}, "values": {}}, "values", None),
        ("write", {}, "values", None),
        ("action_confirm", {"x": 1}, "y", None),
    ],
)
def test_the_standard_argument_takes_the_name_that_is_asked_for(method, args, missing, names):
    assert under_another_name(method, args, missing) == names
