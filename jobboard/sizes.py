"""How large files are, in words."""


def megabytes(size: int) -> str:
    """A number of bytes as people read it on their own machine: "5 MB", "0.2 MB"."""
    return f"{max(size / 1_000_000, 0.1):.1f}".removesuffix(".0") + " MB"
