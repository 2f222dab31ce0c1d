"""Articles made up, no two alike, which a search tells apart."""

PLACES = ("harbour", "school", "bridge", "market", "library", "station", "theatre", "museum")


def text_of(number: int) -> str:
    """Return an invented article; no two are alike."""
    place = PLACES[number % len(PLACES)]
    return (
        f"The {place} number {number} reopens\n\n"
        f"The {place} with the number {number} opens again on Tuesday, the mayor said.\n\n"
        f"Works at {place} {number} took {number + 2} months.\n"
    )
