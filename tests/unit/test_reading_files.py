"""Files that are no text: office documents, books, mail, saved pages, subtitles, PDF."""

import gzip
import zipfile
from importlib.util import find_spec
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.article import Article
from index.errors import UnreadableArticleError
from index.reading import read_bytes, read_text

FIRST, SECOND = "The market gets a new roof in May.", "Traders were not asked, they say."
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
ODF = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "text", "style")
)


def _zip(**parts: str) -> bytes:
    """Return an archive; "__" in a name stands for "/", "_" before its end for "."."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), text)
    return buffer.getvalue()


def _run(words: str) -> str:
    return f"<w:r><w:t>{words}</w:t></w:r>"


DOCX = _zip(
    word__document_xml=f"<w:document {W}><w:body>"
    f'<w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr>{_run("New roof")}</w:p>'
    f"<w:p>{_run('The market ')}<w:del><w:r><w:delText>never </w:delText></w:r></w:del>"
    f"<w:ins>{_run('gets a ')}</w:ins>{_run('new roof in May.')}</w:p>"
    f"<w:tbl><w:tr><w:tc><w:p>{_run(SECOND)}</w:p></w:tc></w:tr></w:tbl></w:body></w:document>",
    word__comments_xml=f"<w:comments {W}><w:comment>{_run('Why?')}</w:comment></w:comments>",
    docProps__core_xml="<core><title>Template</title><creator>Ida Holm</creator></core>",
)
ODT = _zip(
    content_xml=f"<office:document-content {ODF}><office:automatic-styles>"
    '<style:style style:name="P1" style:parent-style-name="Title"/></office:automatic-styles>'
    '<office:body><office:text><text:p text:style-name="P1">New roof</text:p>'
    "<text:p>The market gets a<office:annotation><text:p>Why?</text:p></office:annotation>"
    f"<text:s/><text:span>new</text:span> roof in May.</text:p><text:p>{SECOND}</text:p>"
    "</office:text></office:body></office:document-content>",
    meta_xml="<meta><initial-creator>Ida Holm</initial-creator></meta>",
)
_PAGE = "<html><head><title>x</title></head><body>{}</body></html>"
EPUB = _zip(
    **{"META-INF__container_xml": '<c><rootfile full-path="O/p.opf"/></c>'},
    O__p_opf="<package><title>New roof</title><creator>Ida Holm</creator>"
    '<item id="two" href="b.html"/><item id="one" href="a.html"/>'
    '<item id="nav" href="n.html" properties="nav"/>'
    '<itemref idref="one"/><itemref idref="nav"/><itemref idref="two"/></package>',
    O__a_html=_PAGE.format(f"<h1>New roof</h1><p>{FIRST}</p>"),
    O__b_html=_PAGE.format(f"<p>{SECOND}</p>"),
    O__n_html=_PAGE.format("<ol><li>Contents</li></ol>"),
)


def _body(article: Article) -> list[str]:
    return [passage.text for passage in article.passages if passage.source == "article"]


@pytest.mark.parametrize("data", [DOCX, ODT, EPUB], ids=["docx", "odt", "epub"])
def test_a_document_gives_its_title_author_and_paragraphs(data: bytes) -> None:
    article = read_bytes(data)
    assert _body(article) == ["New roof", FIRST, SECOND]
    assert (article.title, article.author) == ("New roof", "Ida Holm")
    assert any("margin" in warning for warning in article.warnings) == (data != EPUB)


@pytest.mark.parametrize(
    "data",
    [
        _zip(word__document_xml=f"<w:document {W}><w:p>{'<w:r/>' * 3_000_000}</w:p></w:document>"),
        _zip(word__document_xml="<!DOCTYPE d [<!ENTITY a 'b'>]><d>&a;</d>"),
        _zip(**{"META-INF__container_xml": "<c/>"}),
        DOCX[:300],
    ],
    ids=["bomb", "entities", "no chapters", "cut"],
)
def test_a_document_made_to_hurt_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableArticleError):
        read_bytes(data)


def _mail(*parts: tuple[str, str]) -> bytes:
    head = (
        "From: =?utf-8?Q?Markt_K=C3=B6ln?= <news@market.example>\r\nTo: you@b.example\r\n"
        "Subject: =?utf-8?Q?New_roof_=E2=80=93_in_May?=\r\nDate: Fri, 1 Mar 2024 08:00:00 +0100\r\n"
        'MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary="b"\r\n\r\n'
    )
    bodies = (f"--b\r\nContent-Type: {kind}\r\n\r\n{text}\r\n" for kind, text in parts)
    return (head + "".join(bodies) + "--b--\r\n").encode("latin-1")


def test_a_newsletter_gives_subject_sender_day_and_text() -> None:
    html = f"<html><body><p>{FIRST}</p><p>{SECOND} Café.</p></body></html>"
    article = read_bytes(
        _mail(("text/plain", "See the page."), ("text/html; charset=iso-8859-1", html))
    )
    assert _body(article) == ["New roof – in May", FIRST, f"{SECOND} Café."]
    assert article.outlet == "Markt Köln"
    assert article.published_at is not None
    assert article.published_at.isoformat() == "2024-03-01T07:00:00+00:00"


def test_a_mail_in_plain_text_keeps_its_first_paragraph() -> None:
    article = read_bytes(_mail(("text/plain", f"{FIRST}\r\n\r\n{SECOND}")))
    assert _body(article) == ["New roof – in May", FIRST, SECOND]


def test_the_messages_that_answer_the_first_are_its_comments() -> None:
    def message(key: str, sender: str, answers: str, text: str) -> str:
        answer = f"In-Reply-To: <{answers}>\n" if answers else ""
        return (
            f"From a@b Fri Mar  1 08:00:00 2024\nFrom: {sender} <a@b.example>\nSubject: Roof\n"
            f"Date: Fri, 1 Mar 2024 08:00:00 +0000\nMessage-ID: <{key}>\n{answer}\n{text}\n\n"
        )

    article = read_bytes(
        "".join(
            (
                message("1", "Ida", "", FIRST),
                message("2", "Sven", "1", f"> {FIRST}\n\nNot in May, I hear.\n\n-- \nSven"),
                message("3", "Tove", "2", "In June, then?"),
                message("4", "Bot", "x", "Cheap roofs here."),
            )
        ).encode()
    )
    assert [(c.number, c.author) for c in article.comments] == [("1", "Sven"), ("1.1", "Tove")]
    assert article.comments[0].text == f"{FIRST}\n\nNot in May, I hear."
    assert any("do not answer the first, left out: 1" in one for one in article.warnings)


MHTML = (
    b"From: <Saved by a browser>\r\nSnapshot-Content-Location: https://lindau.example/harbour\r\n"
    b"Subject: Harbour\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n"
    b'\ttype="text/html";\r\n\tboundary="----part"\r\n\r\n'
    b"------part\r\nContent-Type: text/html; charset=utf-8\r\nContent-ID: <frame-1@x>\r\n"
    b"Content-Transfer-Encoding: quoted-printable\r\n"
    b"Content-Location: https://lindau.example/harbour\r\n\r\n"
    b"<html><body><p>Der Hafen schlie=C3=9Ft.</p></body></html>\r\n"
    b"------part\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBO\r\n"
    b"------part--\r\n"
)


def test_a_saved_page_gives_its_html_encoding_and_address() -> None:
    article = read_bytes(gzip.compress(MHTML))
    assert article.url == "https://lindau.example/harbour"
    assert _body(article) == ["Der Hafen schließt."]


@pytest.mark.parametrize(
    "data",
    [
        MHTML.replace(b"text/html; charset", b"text/css; charset"),
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=a\r\n\r\n",
        b"".join(
            b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=%d\n\n--%d\n" % (n, n)
            for n in range(3_000)
        ),
    ],
)
def test_a_saved_page_without_a_page_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableArticleError):
        read_bytes(data)


def test_a_turn_of_subtitles_stands_with_its_speaker() -> None:
    srt = (
        "1\n00:00:01,000 --> 00:00:02,000\nIDA HOLM: The market gets\n\n"
        "2\n00:00:02,000 --> 00:00:03,000\na new roof <i>in May</i>.\n\n"
        "3\n00:00:03,000 --> 00:00:04,000\n- Traders were not asked, they say.\n"
    )
    assert _body(read_text(srt)) == [f"IDA HOLM: {FIRST}", SECOND]


def test_voices_of_subtitles_name_nobody_for_a_line_without_one() -> None:
    vtt = (
        "WEBVTT\n\nNOTE by hand: not said\n\n00:01.000 --> 00:02.000 align:start\n"
        f"<v.loud Ida Holm>{FIRST}</v>\n\n00:03.000 --> 00:04.000\n{SECOND}\n"
    )
    assert _body(read_text(vtt)) == [f"Ida Holm: {FIRST}", SECOND]


def _pdf(*lines: str) -> bytes:
    shown = " ".join(f"({line}) Tj 0 -14 Td" for line in lines)
    stream = f"BT /F1 12 Tf 72 720 Td {shown} ET"
    objects = (
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R"
        "/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>",
        f"<</Length {len(stream)}>>stream\n{stream}\nendstream",
    )
    body = "".join(f"{n} 0 obj{one}endobj\n" for n, one in enumerate(objects, 1))
    return f"%PDF-1.4\n{body}trailer<</Root 1 0 R/Size 5>>\nstartxref\n0\n%%EOF".encode()


@pytest.mark.skipif(find_spec("pypdf") is None, reason="pypdf is not installed")
def test_the_lines_of_a_pdf_are_joined_to_paragraphs() -> None:
    article = read_bytes(
        _pdf("New roof", "The market gets a new roof in May, which the trad-",
             "ers asked for.", SECOND)
    )  # fmt: skip
    assert _body(article) == [
        "New roof",
        "The market gets a new roof in May, which the traders asked for.",
        SECOND,
    ]


@pytest.mark.skipif(find_spec("pypdf") is not None, reason="pypdf is installed")
def test_without_its_library_a_pdf_is_refused_with_the_way_to_get_it() -> None:
    with pytest.raises(UnreadableArticleError, match="pip install pypdf"):
        read_bytes(_pdf("New roof"))


@settings(max_examples=60, deadline=None)
@given(
    data=st.sampled_from([DOCX, ODT, EPUB, MHTML, _mail(("text/plain", FIRST))]),
    at=st.integers(0, 3_000),
    width=st.integers(0, 60),
    put=st.binary(max_size=12),
)
def test_a_damaged_file_gives_our_own_errors_only(
    data: bytes, at: int, width: int, put: bytes
) -> None:
    try:
        read_bytes(data[:at] + put + data[at + width :])
    except UnreadableArticleError:
        return
