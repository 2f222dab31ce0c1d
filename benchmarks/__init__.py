"""Comparisons and bars: each module prints one JSON object on its last line."""
