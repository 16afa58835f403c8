"""Code systems, their releases, codes and reference texts; the metered pages that show them. Knows accounts only."""
