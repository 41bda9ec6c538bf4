"""Where does the whole programme stand? Sites by stages as a chain of locks, and what comes next."""
