"""How do the parts become one program? They are wired together here, and nowhere else."""
