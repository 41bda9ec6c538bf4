"""Is what Spark could not do told as what it was: a refusal of ours, or its own last word?"""

import pytest

from lockgate.engines.spark.exchange import at_hand, told
from lockgate.kernel.errors import UsageError


def test_a_connection_that_java_is_refused_is_no_refusal_of_ours():
    line = "java.net.ConnectException: Connection refused: localhost/127.0.0.1:7077"
    assert told(RuntimeError(f"{line}\n"), by="Spark").lines()[:2] == ("Spark could not do it.", line)


def test_a_refusal_comes_back_whole_from_among_the_words_of_java():
    with pytest.raises(RuntimeError) as passed, at_hand():
        raise UsageError("It is not so.", why="Why: refused: [1]", do="Do it.")
    java = RuntimeError(f"Job aborted.\nRuntimeError: {passed.value}\n\tat org.apache.spark")
    assert told(java, by="Spark").lines() == ("It is not so.", "Why: refused: [1]", "Do it.")
