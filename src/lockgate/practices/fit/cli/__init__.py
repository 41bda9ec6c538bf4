"""The verbs of fit on the command line."""
