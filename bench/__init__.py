"""How fast the pages are, measured against a bare view on the same server in the same run."""
