"""PDF on standard input -> JSON on standard output; runs alone, within limits of the system."""

import io
import json
import sys

MOST_PAGES = 500
MOST_CHARACTERS = 5_000_000
MOST_MEMORY_BYTES = 1_500_000_000


def main() -> None:
    """Write the text of each page, and what the file says of its title and author."""
    _limit_memory()
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(sys.stdin.buffer.read()))
    if reader.is_encrypted:
        reader.decrypt("")
    pages, characters = [], 0
    for page in reader.pages[:MOST_PAGES]:
        text = page.extract_text()
        characters += len(text)
        if characters > MOST_CHARACTERS:
            break
        pages.append(text)
    about = reader.metadata
    record = {
        "pages": pages,
        "is_cut": len(pages) < len(reader.pages),
        "title": str(about.title or "") if about else "",
        "author": str(about.author or "") if about else "",
    }
    sys.stdout.write(json.dumps(record))


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:
        # Windows: there the parent's limits of size and time are all there is.
        return
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY_BYTES, MOST_MEMORY_BYTES))


if __name__ == "__main__":
    main()
