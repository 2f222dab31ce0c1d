"""What each part of the page shows, as values for the templates: no HTML, no decisions on truth."""
