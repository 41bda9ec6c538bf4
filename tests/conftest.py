"""How thorough are tests of properties? Quick as a rule; `--hypothesis-profile=thorough` looks much longer."""

from hypothesis import settings

settings.register_profile("quick", max_examples=40, deadline=None)
settings.register_profile("thorough", max_examples=1000, deadline=None)
settings.load_profile("quick")
