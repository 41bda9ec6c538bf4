"""Does `lockgate sample` write the extracts, and refuse what would be wrong?"""

import json


def test_the_answer_for_a_program_has_its_promised_keys(lockgate, tmp_path):
    ran = lockgate("sample", "meridian", "--out", str(tmp_path / "out"), "--scale", "0.02", "--json")
    answer = json.loads(ran.out)
    assert list(answer) == ["folder", "truth", "scale", "seed", "rows", "defects", "digest"]
    assert (answer["folder"], answer["truth"]) == (str(tmp_path / "out"), str(tmp_path / "out-truth"))
    assert (answer["scale"], answer["seed"], answer["rows"]["KUNDEN.CSV"]) == (0.02, 7, 240)
    assert (tmp_path / "out" / "acquired" / "kempen.db").is_file()


def test_a_person_is_told_what_was_written_and_how_far_it_is(lockgate, tmp_path):
    ran = lockgate("sample", "meridian", "--out", str(tmp_path / "out"), "--scale", "0.02")
    assert ran.code == 0
    assert "KUNDEN.CSV     240" in ran.out
    assert "Writing the extracts of meridian" in ran.err


def test_a_folder_that_holds_something_is_refused(lockgate, tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    ran = lockgate("sample", "meridian", "--out", str(tmp_path))
    assert ran.code == 5
    assert "is not empty" in ran.err


def test_a_scale_that_is_too_small_is_a_misuse(lockgate, tmp_path):
    ran = lockgate("sample", "meridian", "--out", str(tmp_path / "out"), "--scale", "0.001")
    assert ran.code == 2
    assert "Choose a scale from 0.02 to 100." in ran.err


def test_a_programme_without_extracts_is_a_misuse(lockgate, tmp_path):
    assert lockgate("sample", "nowhere", "--out", str(tmp_path / "out")).code == 2
