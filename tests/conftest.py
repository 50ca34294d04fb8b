"""The same random cases in every run: what fails fails again, and what lands stays landed.

`pytest --hypothesis-profile searching` tries new ones.
"""

from hypothesis import settings

settings.register_profile("searching", derandomize=False)
settings.register_profile("repeatable", derandomize=True)
settings.load_profile("repeatable")
