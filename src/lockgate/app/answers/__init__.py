"""How is an answer shown? One file for each noun: the keys that `--json` promises, and the lines for a person."""
