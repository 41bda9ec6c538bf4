"""The disciplines of a rollout, one folder each; they meet only in the ledger."""
