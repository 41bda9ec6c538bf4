from lockgate.lab.odoo_log import last_trouble

TRACEBACK = """\
2026-11-21 11:36:11,218 4286 INFO tpl odoo.modules.loading: loading 170 modules...
2026-11-21 11:36:12,000 4286 CRITICAL tpl odoo.modules.module: Couldn't load module stock
Traceback (most recent call last):
  File "x.py", line 1, in <module>
    import nothing
ModuleNotFoundError: No module named 'nothing'
2026-11-21 11:36:13,000 4286 INFO tpl odoo.sql_db: ConnectionPool closed
"""


def test_an_error_is_told_with_the_exception_behind_it():
    assert last_trouble(TRACEBACK) == "Couldn't load module stock / ModuleNotFoundError: No module named 'nothing'"


def test_a_bare_exception_is_told_when_nothing_was_logged_as_an_error():
    log = 'Traceback (most recent call last):\n  File "x", line 1\npsycopg2.OperationalError: no server\n'
    assert last_trouble(log) == "psycopg2.OperationalError: no server"


def test_a_log_without_errors_is_told_by_its_last_lines():
    assert last_trouble("one\ntwo\n\nthree\nfour\n") == "two / three / four"


def test_an_empty_log_tells_nothing():
    assert last_trouble("") == ""


def test_a_browser_page_s_failed_websocket_is_no_trouble():
    later = """\
2026-11-21 11:37:12,000 4286 ERROR tpl odoo.http: Exception during request handling.
RuntimeError: Couldn't bind the websocket. Is the connection opened on the evented port (8072)?
"""
    assert last_trouble(TRACEBACK + later).startswith("Couldn't load module stock")
