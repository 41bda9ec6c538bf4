"""The lab on the real Odoo: what `lockgate lab` promises, and what becomes of it when things go wrong."""

import contextlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
import urllib.request
from dataclasses import replace

import pytest

from lockgate.kernel.errors import UnreachableError, UsageError
from lockgate.lab.databases import Databases
from lockgate.lab.debian_lab import DebianLab
from lockgate.lab.places import Places
from lockgate.lab.provider import Wish, Workbench
from lockgate.lab.state import Process, read_state, write_state
from lockgate.lab.template import provide_template, template_name
from support.live import TEST_LAB, quiet_step


class Steps:
    """Notes which steps a verb announced."""

    def __init__(self):
        self.titles = []

    @contextlib.contextmanager
    def __call__(self, title):
        self.titles.append(title)
        yield


def ask(live, model, method, **arguments):
    """Ask the server with nothing of Lockgate in between."""
    request = urllib.request.Request(  # noqa: S310 - the lab's own address
        f"{live.url}/json/2/{model}/{method}",
        json.dumps(arguments).encode(),
        {
            "Authorization": f"bearer {live.api_key}",
            "X-Odoo-Database": live.database,
            "Content-Type": "application/json",
        },
    )
    with urllib.request.urlopen(request, timeout=60) as reply:  # noqa: S310 - as above
        return json.load(reply)


def lockgate(*words):
    """Run the real program on the tests' lab."""
    return subprocess.run(
        [sys.executable, "-m", "lockgate", "lab", *words],
        env={**os.environ, "LOCKGATE_LAB": TEST_LAB, "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=280,
    )


def databases_of(lab) -> Databases:
    found = lab.lab._databases()
    assert found is not None
    return found


def uuid_of(live):
    return ask(live, "ir.config_parameter", "get_param", key="database.uuid")


def test_a_second_up_finds_the_lab_ready_and_does_nothing(lab):
    steps = Steps()
    again = lab.lab.up(Wish(), steps)
    assert (steps.titles, again.url, again.running) == ([], lab.url, True)


def test_all_thirteen_capabilities_are_ready(lab):
    said = json.loads(lockgate("status", "--json").stdout)
    assert {name: found["ready"] for name, found in said["capabilities"].items()} == dict.fromkeys(
        [
            "CRM", "Sales", "Purchase", "Inventory", "Accounting", "Manufacturing", "Quality", "Maintenance",
            "Planning", "Project", "Documents", "Helpdesk", "HR",
        ],
        True,
    )  # fmt: skip
    assert said["url"] == lab.url
    assert (said["login"], said["password"], said["api_key"]) == (lab.login, lab.password, lab.api_key)
    assert said["version"] == "19.0"
    assert lab.database in said["databases"]


def test_a_clone_is_a_database_of_its_own_with_the_same_key(lab):
    with lab.clone() as one, lab.clone() as two:
        ask(one, "res.partner", "create", vals_list=[{"name": "only in one"}])
        found = [ask(live, "res.partner", "search_count", domain=[["name", "=", "only in one"]]) for live in (one, two)]
        assert found == [1, 0]
        assert len({uuid_of(lab), uuid_of(one), uuid_of(two)}) == 3


def test_a_clone_of_a_database_in_use_brings_its_rows_and_its_files(lab, fresh):
    attachment = {"name": "a.bin", "raw": "", "datas": "aGVsbG8="}
    made = ask(fresh, "ir.attachment", "create", vals_list=[attachment])
    with lab.clone(fresh.database) as copy:
        assert ask(copy, "ir.attachment", "read", ids=made, fields=["datas"])[0]["datas"] == "aGVsbG8="
    assert ask(fresh, "ir.attachment", "read", ids=made, fields=["datas"])[0]["datas"] == "aGVsbG8="


def test_a_dropped_database_leaves_nothing_behind(lab):
    made = lab.make()
    files = lab.places.odoo_data / "filestore" / made.database
    assert files.exists()
    lab.lab.drop(made.database)
    assert not files.exists()
    assert made.database not in databases_of(lab).all_names()
    with pytest.raises(UsageError, match="There is no database"):
        lab.lab.drop(made.database)


def test_a_reset_database_is_as_new(lab, fresh):
    ask(fresh, "res.partner", "create", vals_list=[{"name": "soon gone"}])
    lab.lab.reset(fresh.database, quiet_step)
    assert ask(fresh, "res.partner", "search_count", domain=[["name", "=", "soon gone"]]) == 0


def test_a_name_is_given_once(lab):
    with pytest.raises(UsageError, match="already"):
        lab.lab.clone(lab.database, None, quiet_step)


def test_a_clone_of_nothing_is_refused(lab):
    with pytest.raises(UsageError, match="There is no database 'nobody'"):
        lab.lab.clone("t-of-nobody", "nobody", quiet_step)


def test_a_killed_server_is_started_again_and_its_end_is_told(lab):
    lab.kill()
    assert lab.lab.status().running is False
    steps = Steps()
    again = lab.lab.up(Wish(), steps)
    assert steps.titles == ["Starting Odoo"]
    assert again.url == lab.url
    assert "had ended by itself" in again.notes[0]
    assert ask(lab, "res.users", "search_count", domain=[]) > 0


def test_a_process_that_has_a_dead_server_s_number_is_left_alone(lab):
    state = read_state(lab.places.state_file)
    served = state.server
    bystander = subprocess.Popen(["sleep", "60"])
    try:
        lab.kill()
        state.server = Process(bystander.pid, served.started)
        write_state(lab.places.state_file, state)
        lab.lab.up(Wish(), quiet_step)
        assert bystander.poll() is None
    finally:
        bystander.kill()
        bystander.wait()
    assert lab.lab.status().running is True


def test_a_killed_postgresql_is_started_again(lab):
    pid = int((lab.places.cluster / "data/postmaster.pid").read_text().split()[0])
    os.kill(pid, 9)
    lab.lab.up(Wish(), quiet_step)
    assert ask(lab, "res.users", "search_count", domain=[]) > 0


def test_a_half_built_template_is_thrown_away_and_built_whole(lab):
    program, databases = lab.lab._parts(quiet_step)
    state = read_state(lab.places.state_file)
    modules = ("base_setup",)
    name = template_name("tiny", modules, program.code.version)
    half = name.replace("tpl_", "building_", 1)
    databases.postgres.query('CREATE DATABASE :"half" OWNER odoo', half=half)
    try:
        made = provide_template("tiny", modules, databases=databases, program=program, state=state, step=quiet_step)
        assert made == name
        assert half not in databases.all_names()
        assert "base_setup" in databases.installed_modules(name)
    finally:
        databases.remove(name)


def test_a_module_that_odoo_does_not_have_stops_the_template(lab):
    program, databases = lab.lab._parts(quiet_step)
    state = read_state(lab.places.state_file)
    with pytest.raises(UnreachableError) as stopped:
        provide_template(
            "broken", ("no_such_module",), databases=databases, program=program, state=state, step=quiet_step
        )
    assert stopped.value.why == "Left out: no_such_module."
    assert not [name for name in databases.all_names() if name.startswith("tpl_broken")]
    for name in databases.all_names():
        if name.startswith("building_broken"):
            databases.remove(name)


def test_an_odoo_that_ends_in_an_error_is_told_in_its_own_words(lab):
    program, _ = lab.lab._parts(quiet_step)
    broken = replace(program, oca_addons=lab.places.data)
    with pytest.raises(UnreachableError) as stopped:
        broken.run_script("no-such-database", "print(1)")
    assert "no-such-database" in stopped.value.why


def test_a_taken_port_is_refused_with_a_way_out(lab):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        done = lockgate("up", "--port", str(port))
    assert done.returncode == 2
    assert f"Port {port} is taken." in done.stderr
    assert "lockgate lab up --port N" in done.stderr
    assert lab.lab.status().running is True


def test_two_at_once_both_end_well(lab):
    lab.kill()
    words = [sys.executable, "-m", "lockgate", "lab", "up", "--json"]
    environment = {**os.environ, "LOCKGATE_LAB": TEST_LAB}
    both = [subprocess.Popen(words, env=environment, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    answers = [json.loads(one.communicate(timeout=120)[0]) for one in both]
    assert [one.returncode for one in both] == [0, 0]
    assert [said["url"] for said in answers] == [lab.url, lab.url]
    assert [said["running"] for said in answers] == [True, True]


def test_a_lost_record_is_refused_with_the_way_out_and_nothing_is_thrown_away(lab):
    aside = lab.places.state_file.rename(lab.places.state_file.with_suffix(".aside"))
    try:
        with pytest.raises(UsageError, match="record is gone"):
            lab.lab.up(Wish(), quiet_step)
    finally:
        aside.rename(lab.places.state_file)
    assert lab.database in databases_of(lab).names()


def test_the_record_and_the_configuration_are_their_owner_s_alone(lab):
    for file in (lab.places.state_file, lab.places.data / "odoo.conf"):
        assert file.stat().st_mode & 0o077 == 0


def test_the_shell_runs_python_in_a_database(lab):
    words, environment = lab.lab.shell(lab.database)
    done = subprocess.run(
        words,
        env={**os.environ, **environment},
        input="print('database', env.cr.dbname)\n",
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert f"database {lab.database}" in done.stdout


def test_a_lab_that_is_not_there_says_how_to_have_one(tmp_path):

    nowhere = DebianLab(Workbench(Places(cache=tmp_path / "c", data=tmp_path / "d"), None))
    assert nowhere.status() is None
    with pytest.raises(UnreachableError) as stopped:
        nowhere.clone("a", None, quiet_step)
    assert stopped.value.do == "Start it: `lockgate lab up`."


def test_the_log_is_shown_and_followed(lab):
    shown = lockgate("logs", "-n", "2")
    assert (shown.returncode, len(shown.stdout.splitlines())) == (0, 2)
    words = [sys.executable, "-m", "lockgate", "lab", "logs", "-f", "-n", "0"]
    follower = subprocess.Popen(
        words, env={**os.environ, "LOCKGATE_LAB": TEST_LAB, "PYTHONUNBUFFERED": "1"}, stdout=subprocess.PIPE, text=True
    )
    try:
        for _ in range(50):
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"{lab.url}/web/followed-{os.getpid()}", timeout=10)  # noqa: S310 - as above
            if select.select([follower.stdout], [], [], 0.5)[0]:
                break
        assert follower.stdout.readline() != ""
    finally:
        follower.send_signal(signal.SIGINT)
        follower.communicate(timeout=20)
    assert follower.returncode == 130


def test_the_address_of_a_database_is_printed_where_there_is_no_screen(lab):
    assert lockgate("open", lab.database).stdout == f"{lab.url}/web?db={lab.database}\n"
    assert lockgate("open", "nobody").returncode == 2


def test_the_databases_are_listed(lab):
    assert lab.database in json.loads(lockgate("databases", "--json").stdout)


def test_no_secret_of_the_lab_is_in_its_logs(lab):
    state = read_state(lab.places.state_file)
    secrets = [one.reveal().encode() for one in (state.password, state.api_key, state.master_password)]
    for file in lab.places.data.glob("*.log"):
        assert not [1 for secret in secrets if secret in file.read_bytes()]
