"""Plain text and Markdown, as pasted from a page: title, body, and the thread below it."""
