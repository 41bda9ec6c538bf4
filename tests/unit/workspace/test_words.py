"""How is put into words what was probably meant?"""

from lockgate.workspace.words import advice


def test_what_has_no_order_of_its_own_is_told_in_the_same_order_every_time():
    words = [f"word{number}" for number in range(10)]
    told = "Did you mean `word3`? There are: `word0`, `word1`, `word2`, `word3`, `word4`, `word5`, `word6`, `word7`, "
    assert advice("wird3", frozenset(words)) == told + "`word8`, `word9`."


def test_what_has_an_order_keeps_it():
    assert advice("x", ["late", "early"]) == "There are: `late`, `early`."
