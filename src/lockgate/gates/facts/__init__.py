"""What is known? The evidence, the registers, the workspace and what people said, as of one place in the ledger."""
