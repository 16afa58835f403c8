"""What goes into the log, and how much of it."""

import logging


class RefusalsInOneLine(logging.Filter):
    """Keep the traceback of what failed; a request that was refused (403, 404, ...) is one line."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record pass, and leave out where a refusal was raised."""
        if record.levelno < logging.ERROR:
            record.exc_info = None
        return True
