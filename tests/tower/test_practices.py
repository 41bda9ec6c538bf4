"""What do practices bring to the tower? Rules N2 and N3; that pages are found is seen by the tests of the pages."""

import logging

from lockgate.faces.web.policy import member
from lockgate.kernel.practice import Practice, Right


def test_a_practice_whose_pages_can_t_be_loaded_takes_no_other_along():  # N2
    from lockgate.tower.practices import loaded

    broken = Practice("suppliers", "Which are ready?", pages="no.such.pages")
    sound = Practice("house", "Where is it?", pages="lockgate.tower.house.pages")
    said: list[str] = []
    handler = logging.Handler()
    handler.emit = lambda record: said.append(record.getMessage())
    logging.getLogger("lockgate.tower").addHandler(handler)
    try:
        found = loaded((broken, sound, Practice("quiet", "Nothing?")), "pages")
    finally:
        logging.getLogger("lockgate.tower").removeHandler(handler)

    assert [module.__name__ for module in found] == ["lockgate.tower.house.pages"]
    assert said == ["no.such.pages can't be loaded: ModuleNotFoundError: No module named 'no'"]


def test_a_right_is_open_to_whom_the_policy_knows_and_else_to_nobody():  # N3
    from lockgate.tower.practices import entries

    said = (Right("suppliers.see", "member"), Right("suppliers.burn", "everyone"))

    assert entries((Practice("suppliers", "Which are ready?", rights=said),)) == {"suppliers.see": member}


def test_a_right_can_be_open_to_whom_a_function_of_the_practice_lets_in():  # N3
    from lockgate.tower.practices import entries

    named = "lockgate.practices.migration.perform.showing.rights:works"
    said = (Right("suppliers.rate", named), Right("suppliers.burn", "no.such:thing"))

    found = entries((Practice("suppliers", "Which are ready?", rights=said),))

    assert list(found) == ["suppliers.rate"]
    assert (
        found["suppliers.rate"].__doc__
        == "Let in who answers for data, by role or by name in the files of the migration."
    )
