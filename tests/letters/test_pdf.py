"""Letters as PDF: every kind in both languages, looked at by another program than wrote them."""

import pikepdf
import pytest
import typst

from letters.models import LetterKind, LetterText
from letters.pdf import Unreadable, pdf_of
from letters.samples import sample_content
from letters.shipped import load_texts
from letters.text_pages import sender_for
from scripts.tagged_pdf import faults, tags
from tests.factories import UserFactory
from tests.meetings.conftest import NOW, TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _shipped(db):
    """The shipped texts, also after a test that emptied the tables."""
    load_texts()


def sample(kind="summons", language="da", sender=""):
    text = LetterText.objects.filter(kind=kind, language=language, sender=sender).first()
    text = text or LetterText.objects.filter(kind=kind, language=language).first()
    return sample_content(text, sender_for(text, UserFactory(), on=TODAY), on=TODAY)


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("kind", LetterKind.values)
def test_every_letter_can_be_read_aloud(kind, language, tmp_path):
    content = sample(kind, language)
    path = tmp_path / "letter.pdf"
    path.write_bytes(pdf_of([content], at=NOW))

    assert faults(path) == []
    with pikepdf.open(path) as pdf:
        assert pdf.Root.Lang == language
        assert str(pdf.docinfo["/Title"]) == content["title"]
        names = [name for name, _node in tags(pdf)]
    assert names.count("/H1") == 1
    assert names.count("/Table") == 1
    assert names.count("/TR") == len(content["facts"]) + 1


def test_the_look_finds_what_is_wrong(tmp_path):
    """Or the test above could not fail."""
    path = tmp_path / "wrong.pdf"
    path.write_bytes(
        typst.compile(b"= One\n=== Three\n#table(columns: 2)[a][b][c][d]", format="pdf")
    )
    found = "\n".join(faults(path))

    assert "no title" in found
    assert "PDF/UA-1" in found
    assert "skips a level" in found
    assert "no header cells" in found
    path.write_bytes(typst.compile(b"Only words", format="pdf", pdf_tags=False))
    assert "there are no tags" in faults(path)
    assert any("drawn outside the tags" in fault for fault in faults(path))


def test_marks_that_nothing_refers_to_are_found(tmp_path):
    whole, broken = tmp_path / "whole.pdf", tmp_path / "broken.pdf"
    whole.write_bytes(pdf_of([sample()], at=NOW))
    with pikepdf.open(whole) as pdf:
        children = pdf.Root.StructTreeRoot.K[0].K
        del children[0]
        del pdf.Root["/Lang"]
        pdf.save(broken)

    found = "\n".join(faults(broken))
    assert "no language" in found
    assert "marks on the pages" in found


def test_nothing_in_a_letter_is_read_as_markup():
    content = sample()
    content["heading"] = '#panic("no") *x* <b> $ \\ _'

    assert pdf_of([content], at=NOW).startswith(b"%PDF")


def test_the_compiler_refuses_what_is_not_accessible():
    content = sample()
    content["title"] = ""

    with pytest.raises(Unreadable):
        pdf_of([content], at=NOW)


def test_several_letters_are_one_document_each_on_its_own_page(tmp_path):
    path = tmp_path / "batch.pdf"
    path.write_bytes(pdf_of([sample("cancellation"), sample("cancellation", "en")], at=NOW))

    assert faults(path) == []
    with pikepdf.open(path) as pdf:
        assert len(pdf.pages) == 2
        assert [name for name, _node in tags(pdf)].count("/H1") == 2


def test_the_same_letter_makes_the_same_bytes():
    content = sample()

    assert pdf_of([content], at=NOW) == pdf_of([content], at=NOW)
