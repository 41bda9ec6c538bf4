"""How can a second party hold the ledger to what it is now? Its head, signed, to be kept elsewhere."""
