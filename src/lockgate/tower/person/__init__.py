"""Who takes part, and who may decide what? Roles and who holds them where, RACI, decision rights and escalations."""
