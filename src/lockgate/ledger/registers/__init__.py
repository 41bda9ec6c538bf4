"""What do people keep, and how did it come about? Records of registers, projected from the events of the ledger."""
