"""Files that are no text themselves -> article drafts: mail, office documents, books, PDF.

Which one it is shows in the content. All are read within limits of size and time.
"""

from index.reading.compression import Archive
from index.reading.draft import ArticleDraft


def draft_from_file(data: bytes) -> ArticleDraft | None:
    """Return the article in the bytes of such a file, None where they are something else.

    Raises:
        UnreadableArticleError: The file is damaged, unpacks to too much, or holds no words; or
            what reads its kind is not installed.
    """
    if data.startswith(b"%PDF-"):
        from index.reading.files.pdf import draft_from_pdf

        return draft_from_pdf(data)
    if data.startswith(b"PK\x03\x04"):
        return _draft_from_archive(data)
    from index.reading.files.mail import draft_from_mail, is_mail

    return draft_from_mail(data) if is_mail(data) else None


def _draft_from_archive(data: bytes) -> ArticleDraft | None:
    from index.reading.files import books, office

    archive = Archive(data)
    for part, read in (
        ("word/document.xml", office.draft_from_docx),
        ("META-INF/container.xml", books.draft_from_epub),
        ("content.xml", office.draft_from_odt),
    ):
        if part in archive.names:
            return read(archive)
    return None
