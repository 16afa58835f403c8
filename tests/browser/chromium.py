"""Which Chromium drives the browser tests: the machine's own, since none is downloaded."""

import os
import shutil
import subprocess
from functools import cache

NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
MISSING = "Browser tests were not run: there is no Chromium here. Install chromium, or name one with CHROMIUM."


@cache
def find() -> str | None:
    """The path of a Chromium that runs, or None. CHROMIUM names one; BROWSER_TESTS=required takes no None.

    Each is asked for its version: on Ubuntu `chromium-browser` may be a script that only says what to install.
    """
    wanted = os.environ.get("CHROMIUM")
    for name in (wanted,) if wanted else NAMES:
        path = shutil.which(name)
        if path and subprocess.run([path, "--version"], capture_output=True, check=False).returncode == 0:
            return path
    if wanted:
        raise RuntimeError(f"CHROMIUM={wanted} does not run")
    if os.environ.get("BROWSER_TESTS") == "required":
        raise RuntimeError(MISSING)
    return None
