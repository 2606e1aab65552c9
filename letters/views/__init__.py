"""Pages about letters."""

from letters.views.post import letter, letters, pdf, resend, take_back
from letters.views.printing import batch, batch_pdf, printed, printing
from letters.views.texts import new_text, text, texts

__all__ = [
    "batch",
    "batch_pdf",
    "letter",
    "letters",
    "new_text",
    "pdf",
    "printed",
    "printing",
    "resend",
    "take_back",
    "text",
    "texts",
]
