"""Which verbs does the shell itself offer? Each module of this folder is one.

The module's name is the verb (`lab.py` is `lockgate lab`), the first line of its docstring is its summary in
`lockgate --help`, and its attribute `command` is a Typer application (a verb with verbs below it) or a function with
Typer's annotations.
A module is imported only when its verb is used. A function ends with `return Exit.NO` to answer no; None means done.
"""
