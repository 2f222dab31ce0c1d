"""What is on disk: articles, what was derived from them, and the search over all of them."""
