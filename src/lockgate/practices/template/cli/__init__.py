"""The verbs of the template on the command line: `plan`, `apply` and `drift`."""
