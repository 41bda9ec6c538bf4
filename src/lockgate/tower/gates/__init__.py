"""May this stage be left, and why (not)? The gates: their list, each gate, what people say to it, what to run again."""
