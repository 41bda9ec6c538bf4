"""Who takes part, and who lets them? Accounts with their roles, invitations, and what an administrator does to them."""
