"""The site's own typefaces as PDF documents can embed them (SIL Open Font License, static/fonts/OFL.txt).

The pages use variable fonts in WOFF2. A document embeds one weight, which takes a second to cut; each is cut once for a
machine and kept beside its other files.
"""

import tempfile
from pathlib import Path

from django.conf import settings
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

_FONTS = settings.BASE_DIR / "static" / "fonts"

# Family and style as fpdf2 names them, the file, and the weight to cut.
FACES = [
    ("text", "", "source-sans-3-latin-wght-normal.woff2", 400),
    ("text", "B", "source-sans-3-latin-wght-normal.woff2", 650),
    ("text", "I", "source-sans-3-latin-wght-italic.woff2", 400),
    ("display", "", "source-serif-4-latin-wght-normal.woff2", 600),
    ("code", "", "source-code-pro-latin-wght-normal.woff2", 500),
]


def cut(name: str, weight: int) -> Path:
    """The file of one weight of a variable font, cut now if nobody did before."""
    path = Path(settings.VAR_DIR) / "fonts" / f"{Path(name).stem}-{weight}.ttf"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        font = instantiateVariableFont(TTFont(_FONTS / name), {"wght": weight})
        font.flavor = None
        with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as part:
            font.save(part)
        Path(part.name).replace(path)  # whole or not at all: two requests may cut at once
    return path
