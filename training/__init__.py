"""Makes the bundled weights again."""
