"""How does a lab of one's own come up? Odoo from Debian's package on a private PostgreSQL, filled once, then cloned."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lockgate.kernel.capability import app_sets
from lockgate.kernel.errors import UnreachableError, UsageError
from lockgate.lab.databases import Databases, check_name
from lockgate.lab.debian_packages import apt_needs, provide_odoo, unpacked_odoo
from lockgate.lab.locking import alone
from lockgate.lab.odoo_program import HOST, OdooProgram, answers, stop
from lockgate.lab.postgres import Postgres, provide_postgres, stop_cluster
from lockgate.lab.provider import Lab, Need, Step, Wish, Workbench, need_nothing
from lockgate.lab.python_parts import provide_oca, provide_python
from lockgate.lab.serving import bury, choose_port, serve, serves
from lockgate.lab.state import State, read_state, write_state
from lockgate.lab.template import provide_template, template_family

DISK_BYTES = 4_000_000_000
"""A first lab: 0.2 GB fetched, 1.3 GB of Odoo, 0.4 GB of Python, 0.3 GB for each database."""
CLONE_BYTES = 600_000_000


class DebianLab:
    """The built-in provider `debian`."""

    name = "debian"

    def __init__(self, workbench: Workbench) -> None:
        self._places = workbench.places

    def needs(self) -> tuple[Need, ...]:
        """Return what this machine lacks; nothing once Odoo is unpacked."""
        return () if unpacked_odoo(self._places) else apt_needs()

    def up(self, wish: Wish, step: Step) -> Lab:
        """Have the lab running with the main database of the wished set of apps."""
        modules = _modules_of(wish.apps)
        with alone(self._places, step):
            state = self._state()
            notes = bury(state, self._places)
            port = choose_port(state, wish.port)
            workers = state.workers if wish.workers is None else wish.workers
            program, databases = self._parts(step)
            databases.postgres.start()
            if not serves(state, port, workers):
                program.configure(
                    socket_folder=databases.postgres.socket_folder,
                    port=port,
                    workers=workers,
                    master_password=state.master_password,
                )
            main = self._provide_main(wish.apps, modules, program=program, databases=databases, state=state, step=step)
            serve(program, state, port=port, workers=workers, database=main, places=self._places, step=step)
            return self._lab(state, databases, main, notes)

    def status(self) -> Lab | None:
        """Return the lab as it stands, None when there is none."""
        state = read_state(self._places.state_file)
        if state is None or state.port is None:
            return None
        databases = self._databases()
        if databases is None or not databases.postgres.running():
            return self._lab(state, None, main_database(state.apps), ("PostgreSQL is stopped.",))
        return self._lab(state, databases, main_database(state.apps))

    def clone(self, name: str, source: str | None, step: Step) -> Lab:
        """Make a database like the source, or like new."""
        check_name(name)
        with alone(self._places, step):
            state, databases = self._standing()
            origin = source or state.origins.get(main_database(state.apps), "")
            self._check_clone(databases, name, origin, source)
            _check_disk(self._places.data, CLONE_BYTES)
            databases.copy(origin, name)
            state.origins[name] = state.origins.get(origin, origin)
            write_state(self._places.state_file, state)
            return self._lab(state, databases, name)

    def drop(self, name: str) -> None:
        """Remove a database and its files."""
        check_name(name)
        with alone(self._places):
            state, databases = self._standing()
            _must_exist(databases, name)
            databases.remove(name)
            state.origins.pop(name, None)
            write_state(self._places.state_file, state)

    def reset(self, name: str | None, step: Step) -> Lab:
        """Put a database back to what it was when new."""
        with alone(self._places, step):
            state, databases = self._standing()
            target = name or main_database(state.apps)
            check_name(target)
            _must_exist(databases, target)
            origin = state.origins.get(target, "")
            if origin not in databases.all_names():
                raise UsageError(
                    f"'{target}' can't be reset.",
                    why="The template that it was made from is gone.",
                    do="Run `lockgate lab up`, then clone or drop the database.",
                )
            with step(f"Making '{target}' as new"):
                databases.remove(target)
                databases.copy(origin, target)
            return self._lab(state, databases, target)

    def down(self, *, purge: bool) -> None:
        """Stop Odoo and PostgreSQL; with `purge`, remove the databases, files and keys too."""
        with alone(self._places):
            state = read_state(self._places.state_file) if not purge else self._state_or_none()
            stop(self._places.config_file)
            if state is not None:
                state.server = None
                write_state(self._places.state_file, state)
            stop_cluster(self._places.cluster / "data")
            if purge:
                shutil.rmtree(self._places.cluster, ignore_errors=True)
                shutil.rmtree(self._places.odoo_data, ignore_errors=True)
                for file in self._places.data.glob("*"):
                    if file.is_file() and file.name != "lock":
                        file.unlink()

    def log_file(self) -> Path | None:
        """Return the Odoo server's log."""
        return self._places.log_file

    def shell(self, database: str | None) -> tuple[list[str], dict[str, str]]:
        """Return the command and environment of Odoo's Python shell on a database."""
        state, databases = self._standing()
        name = database or main_database(state.apps)
        _must_exist(databases, name)
        program, _ = self._parts(_silent)
        return program.words("shell", "-d", name, "--no-http", "--log-level", "warn"), program.environment()

    def _provide_main(
        self,
        apps: str,
        modules: tuple[str, ...],
        *,
        program: OdooProgram,
        databases: Databases,
        state: State,
        step: Step,
    ) -> str:
        """Return the main database of a set of apps, made from its template when it is not there."""
        template = provide_template(apps, modules, databases=databases, program=program, state=state, step=step)
        main = main_database(apps)
        if main not in databases.names():
            with step(f"Copying the template to '{main}'"):
                databases.copy(template, main)
            state.origins[main] = template
        state.apps = apps
        for name, origin in state.origins.items():
            if origin.startswith(template_family(apps)):
                state.origins[name] = template
        write_state(self._places.state_file, state)
        return main

    def _parts(self, step: Step) -> tuple[OdooProgram, Databases]:
        need_nothing(self)
        self._places.make()
        if unpacked_odoo(self._places) is None:
            _check_disk(self._places.cache, DISK_BYTES)
        code = provide_odoo(self._places, step)
        python = provide_python(self._places, step)
        program = OdooProgram(code, python, provide_oca(self._places, python, step), self._places)
        return program, self._as_databases(provide_postgres(self._places, python))

    def _databases(self) -> Databases | None:
        """Return the databases of a lab that was made before, None when its parts are not there."""
        marks = sorted(self._places.cache.glob("python-*/.complete"), key=lambda mark: mark.stat().st_mtime)
        if not marks or not self._places.cluster.exists():
            return None
        return self._as_databases(provide_postgres(self._places, marks[-1].parent / "bin/python"))

    def _as_databases(self, postgres: Postgres) -> Databases:
        return Databases(postgres, self._places.odoo_data / "filestore")

    def _standing(self) -> tuple[State, Databases]:
        """Return the parts of a running lab, or stop with how to start it."""
        state, databases = read_state(self._places.state_file), self._databases()
        if state is None or databases is None or not databases.postgres.running():
            raise UnreachableError("The lab is not running.", do="Start it: `lockgate lab up`.")
        return state, databases

    def _state(self) -> State:
        """Return the lab's record, a new one when there is no lab yet."""
        state = read_state(self._places.state_file)
        if state is not None:
            return state
        if (self._places.cluster / "data").exists():
            raise UsageError(
                f"The lab's record is gone: {self._places.state_file}.",
                why="Its databases are there, but nobody knows their keys any more.",
                do="Run `lockgate lab down --purge`, then `lockgate lab up`: the lab is made anew.",
            )
        state = State.new()
        self._places.make()
        write_state(self._places.state_file, state)
        return state

    def _state_or_none(self) -> State | None:
        """Return the record, and None for one that can't be read: a purge is the way out of that."""
        try:
            return read_state(self._places.state_file)
        except UsageError:
            return None

    def _check_clone(self, databases: Databases, name: str, origin: str, source: str | None) -> None:
        if name in databases.names():
            raise UsageError(
                f"There is a database '{name}' already.", do=f"Choose another name, or `lockgate lab drop {name}`."
            )
        if source is not None:
            _must_exist(databases, source)
        elif origin not in databases.all_names():
            raise UsageError("There is no template to copy.", do="Run `lockgate lab up` first.")

    def _lab(self, state: State, databases: Databases | None, database: str, notes: tuple[str, ...] = ()) -> Lab:
        alive = state.server is not None and state.server.alive() and state.port is not None
        version = answers(state.port) if alive and state.port is not None else None
        code = unpacked_odoo(self._places)
        names = databases.names() if databases else ()
        return Lab(
            provider=self.name,
            running=version is not None,
            url=f"http://{HOST}:{state.port}",
            database=database,
            login="admin",
            password=state.password,
            api_key=state.api_key,
            version=version or (code.version.split("+")[0] if code else ""),
            databases=names,
            modules=databases.installed_modules(database) if databases and database in names else frozenset(),
            notes=notes,
        )


def main_database(apps: str) -> str:
    """Return the name of the main database of a set of apps."""
    return "lockgate" if apps == "all" else f"lockgate_{apps}"


def _modules_of(apps: str) -> tuple[str, ...]:
    try:
        return app_sets()[apps]
    except KeyError:
        raise UsageError(f"No such set of apps: {apps}.", do=f"Choose one of {', '.join(app_sets())}.") from None


def _must_exist(databases: Databases, name: str) -> None:
    if name not in databases.names():
        known = ", ".join(databases.names()) or "none"
        raise UsageError(f"There is no database '{name}' in the lab.", why=f"There are: {known}.")


def _check_disk(folder: Path, needed_bytes: int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(folder).free
    if free < needed_bytes:
        raise UsageError(
            f"Not enough room on the disk for the lab: {free / 1e9:.1f} GB free.",
            why=f"{needed_bytes / 1e9:.1f} GB are needed under {folder}.",
            do="Free some space, or move the folders: set XDG_CACHE_HOME and XDG_DATA_HOME.",
        )


@contextmanager
def _silent(_title: str) -> Iterator[None]:
    yield
