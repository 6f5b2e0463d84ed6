"""The desk's own settings on a data folder that goes away with the test run."""

import atexit
import os
import shutil
import tempfile

_folder = tempfile.mkdtemp(prefix="amends-tests-")
os.environ["AMENDS_DATA"] = _folder
os.environ["AMENDS_CLOCK_MOVES"] = "1"
atexit.register(shutil.rmtree, _folder, ignore_errors=True)

from amends.desk.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # fast, for tests only
