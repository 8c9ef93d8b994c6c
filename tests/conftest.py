"""What holds for all tests: none of them may fail because the machine is slow."""

from hypothesis import settings

settings.register_profile("any speed", deadline=None)
settings.load_profile("any speed")
