"""Five invented articles with reader comments, and questions on them."""
