"""What must a practice offer so that Lockgate finds it? One `Practice` object behind an entry point."""

from dataclasses import dataclass, field

from lockgate.kernel.verb import Verb

ENTRY_POINT = "lockgate.practices"


@dataclass(frozen=True)
class Command:
    """A verb of the command line, named before its module is imported."""

    name: str
    summary: str
    target: str
    """`package.module:attribute` of a Typer application or of a function."""


@dataclass(frozen=True)
class FileKind:
    """Which files of a workspace hold what."""

    name: str
    """What such a file is called in messages, in the reference and in the names of its schema: `sites`."""
    pattern: str
    """Its path below the workspace; `*` is any part of a name, `**` any folders: `template/**/*.yaml`."""
    target: str
    """`package.module:Model` of the Pydantic model that says what it may hold; imported when such a file is read."""


@dataclass(frozen=True)
class Dimension:
    """Things that a workspace declares beside its definitions, for gates and registers to go over."""

    name: str
    """Like `scenario`."""
    target: str
    """`package.module:function` that takes the workspace and a scope and returns the keys."""


@dataclass(frozen=True)
class Right:
    """Who may do what on its pages and by its operations of the API."""

    operation: str
    """What its pages and operations name, like `suppliers.see`."""
    open_to: str
    """`anybody`, `signed_in`, `member`, `of_the_whole` or `administrator`: an entry of the policy of the tower; else
    `package.module:function` of the practice's own, that takes the viewer and the scope."""


@dataclass(frozen=True)
class Practice:
    """One discipline of the rollout and the faces it shows."""

    name: str
    answers: str
    """The question this practice answers, in one sentence."""
    commands: tuple[Command, ...] = field(default=())
    files: tuple[FileKind, ...] = field(default=())
    """The files that the workspace may hold for this practice."""
    dimensions: tuple[Dimension, ...] = field(default=())
    """What it declares other than by the keys in those files."""
    verbs: tuple[Verb, ...] = field(default=())
    """The long work that it does when it is asked by name."""
    pages: str = ""
    """The module that has its `urlpatterns`, imported by the tower; their templates are in `templates` beside it."""
    api: str = ""
    """The module that has its `router` of operations, imported by the tower."""
    checks: str = ""
    """`package.module:function` that takes the workspace and yields the findings that only the practice can tell."""
    rights: tuple[Right, ...] = field(default=())
    """Who may open these pages and ask these operations; what is not named here is nobody's."""
