"""Files that were sent in, and the keys of the API."""

from jobboard.imports.models.key import Key, Meter
from jobboard.imports.models.upload import Upload

__all__ = ["Key", "Meter", "Upload"]
