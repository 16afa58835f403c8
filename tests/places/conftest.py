from tests.places.map import small_map

__all__ = ["small_map"]
