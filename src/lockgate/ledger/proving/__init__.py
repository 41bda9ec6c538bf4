"""Is the ledger whole, and the same that others have seen? The chain, checkpoints, and two verifiers."""
