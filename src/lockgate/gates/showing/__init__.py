"""How is it told? Why a gate stands as it does, which command helps, and what has to be measured again."""
