"""`python -m lockgate` is `lockgate`."""

from lockgate.app.main import main

main()
