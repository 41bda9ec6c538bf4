"""How are records told to programs? By the keys that `--json` promises, which pages and the API share."""
