import json
import platform
from importlib.metadata import version


def test_the_answer_for_a_program_has_its_promised_keys(lockgate):
    answer = json.loads(lockgate("version", "--json").out)
    assert list(answer) == ["name", "version", "python", "platform", "commit"]
    assert (answer["name"], answer["version"]) == ("lockgate", version("lockgate"))
    assert answer["python"] == platform.python_version()
