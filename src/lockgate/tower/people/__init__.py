"""Who are they? Accounts, the roles that they have and until when, invitations and the keys of programs."""
