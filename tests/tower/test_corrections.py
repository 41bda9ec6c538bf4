"""Can a data owner give a mended work list back on a page, after a look at what of it would be kept?"""

import csv
import io
import subprocess
import sys
from contextlib import contextmanager

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from lockgate.faces.web import handed_in
from lockgate.practices.migration.perform.laying_out import STORE
from lockgate.practices.migration.perform.rounds import folder_of
from support.migrated import _rounds, declared_only, migrate, migrated
from support.recorded import SCRIPT

__all__ = ["_rounds", "declared_only", "migrated"]

PAGE, NOW = "/migration/corrections/", "/migration/corrections/now/"
LIST = "/migration/rules/kind:email/export.csv"


def mended(browser, **values):
    """Return the work list as somebody gives it back who changed these values of its only record."""
    answer = browser.get(LIST)
    [row] = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    text = io.StringIO()
    writer = csv.DictWriter(text, list(row))
    writer.writeheader()
    writer.writerow(row | values)
    return text.getvalue().encode("utf-8-sig")


def look(browser, content, name="list.csv"):
    return browser.post(PAGE, {"file": SimpleUploadedFile(name, content)})


def token_of(page):
    return page.content.decode().partition('name="token" value="')[2].partition('"')[0]


def test_a_list_is_looked_at_taken_and_made_when_the_data_is_put_right(migrated, browser_of):
    jonas = browser_of("jonas")
    before = jonas.get("/api/ledger/head").json()

    page = look(jonas, mended(jonas, MAIL="carl@c.example"))
    told = page.content.decode()
    assert (page.status_code, "<del>nobody</del>" in told, "<ins>carl@c.example</ins>" in told) == (200, True, True)
    assert jonas.get("/api/ledger/head").json() == before

    taken = jonas.post(NOW, {"token": token_of(page)}, follow=True)
    assert "Kept: 1. Refused: 0." in taken.content.decode()
    assert migrate(migrated, "cleanse") == 0
    changes = jonas.get("/api/migration/changes?q=carl").json()["rows"]
    assert [(one["key"], one["field"], one["after"]) for one in changes] == [("C3", "MAIL", "carl@c.example")]


def test_what_is_refused_stands_there_with_the_reason_and_the_rest_can_be_kept(migrated, browser_of):
    jonas = browser_of("jonas")

    page = look(jonas, mended(jonas, MAIL="carl@c.example", CREDIT="a lot", NAME=SCRIPT))
    told = page.content.decode()
    assert ("What is refused, and why" in told, "list.csv:2" in told, SCRIPT in told) == (True, True, False)
    taken = jonas.post(NOW, {"token": token_of(page)}, follow=True)
    assert "Kept: 2. Refused: 1." in taken.content.decode()


def test_a_list_whose_last_column_was_touched_or_whose_dataset_was_not_read_is_refused_on_the_page(
    migrated, browser_of
):
    jonas = browser_of("jonas")
    content = mended(jonas, MAIL="carl@c.example")
    touched = look(jonas, mended(jonas, _record='{"dataset": [], "key": "C3", "was": {}}'))
    assert (touched.status_code, "_record no longer says which record it is" in touched.content.decode()) == (200, True)
    more = "datasets:\n  - {key: shops, title: Shops, source: erp, file: shops.csv, id: [NO]}\n"
    (migrated / "migration" / "more.yaml").write_text(more, encoding="utf-8")
    (migrated / "extracts" / "shops.csv").write_text("NO;NAME\n1;One\n", encoding="utf-8")
    assert migrate(migrated, "profile", "--new-round", "--dataset", "shops") == 0
    page = look(jonas, content)
    assert (page.status_code, "customers was not read in this round." in page.content.decode()) == (200, True)


def test_a_text_that_a_spreadsheet_might_take_for_a_formula_comes_back_as_it_was(migrated, browser_of):
    extract = migrated / "extracts" / "customers.csv"
    extract.write_text(extract.read_text(encoding="utf-8").replace("nobody", "=nobody"), encoding="utf-8")
    assert [migrate(migrated, verb) for verb in ("profile", "cleanse")] == [0, 0]
    jonas = browser_of("jonas")
    assert "'=nobody" in jonas.get(LIST).content.decode()
    assert "Nothing was mended in this list" in look(jonas, mended(jonas)).content.decode()
    assert "<ins>=carl</ins>" in look(jonas, mended(jonas, MAIL="'=carl")).content.decode()


@pytest.mark.parametrize(("content", "name", "said"), [
    (b"A;B\n1;2\n", "list.csv", "is no work list"),
    (b"no sheet", "list.xlsx", "list.xlsx"),
    (b"a", "list.txt", "Name a file that ends in .xlsx or .csv."),
    (b"a", "../../list.csv", "list.csv"),
])  # fmt: skip
def test_a_file_that_is_no_list_is_refused_with_what_to_do(migrated, browser_of, content, name, said):
    page = look(browser_of("jonas"), content, name)
    assert (page.status_code, said in page.content.decode(), token_of(page)) == (409, True, "")


def test_what_is_too_large_for_a_page_goes_by_the_command(migrated, browser_of, monkeypatch):
    monkeypatch.setattr(handed_in, "LARGEST", 10)
    page = look(browser_of("jonas"), b"x" * 11)
    assert (page.status_code, "lockgate migrate corrections" in page.content.decode()) == (409, True)


def test_without_a_file_or_a_kept_one_nothing_is_taken(migrated, browser_of):
    jonas = browser_of("jonas")
    assert "There is no file." in jonas.post(PAGE).content.decode()
    gone = jonas.post(NOW, {"token": "another"})
    assert (gone.status_code, "Choose it again" in gone.content.decode()) == (409, True)


def test_nobody_takes_what_another_looked_at_and_only_who_answers_for_the_data_looks(migrated, browser_of):
    jonas, clara, anna = browser_of("jonas"), browser_of("clara"), browser_of("anna")
    token = token_of(look(jonas, mended(jonas, MAIL="carl@c.example")))
    assert clara.post(NOW, {"token": token}).status_code == 409
    assert [anna.get(PAGE).status_code, anna.post(NOW, {"token": token}).status_code] == [403, 403]


def test_while_somebody_is_at_work_in_the_round_it_says_so(migrated, browser_of):
    jonas = browser_of("jonas")
    content = mended(jonas, MAIL="carl@c.example")
    with at_work(folder_of(migrated, 2) / STORE):
        page = look(jonas, content)
    assert (page.status_code, "Somebody else is at work" in page.content.decode()) == (409, True)


@contextmanager
def at_work(store):
    """Have another process hold the store of a round."""
    code = "import duckdb, sys; held = duckdb.connect(sys.argv[1]); print('held', flush=True); sys.stdin.read()"
    words = (sys.executable, "-c", code, str(store))
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout.readline() == "held\n"
        yield
        other.stdin.close()
