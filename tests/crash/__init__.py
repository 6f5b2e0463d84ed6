"""Workers killed at every numbered point, under every fault of a network, in every class.

``python -m tests.crash.run`` is the whole of it: see `run`. The fault network's own ledger says
what became a post; the desk's rows say what people are shown.
"""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()  # before anything of the store is imported
