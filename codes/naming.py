"""What a list says where a code has no title: of many codes of CPT no more than the number is known here."""

UNDESCRIBED = "Not described here yet"


class Called:
    """Anything that has the title of a code."""

    title: str | None

    @property
    def called(self) -> str:
        """The title, or that there is none."""
        return self.title or UNDESCRIBED
