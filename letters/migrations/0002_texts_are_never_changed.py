"""The database refuses to change or delete a version of a text; and the shipped texts are there."""

import tomllib
from pathlib import Path

from django.db import migrations

SHIPPED = Path(__file__).parent.parent / "data" / "texts"
KNOWN = ("summons", "change", "cancellation", "minutes", "handover", "confirmation")  # by now
FORWARDS = """
CREATE TRIGGER letter_texts_are_append_only BEFORE UPDATE OR DELETE ON letters_lettertext
    FOR EACH ROW EXECUTE FUNCTION rows_are_append_only();
"""
BACKWARDS = "DROP TRIGGER letter_texts_are_append_only ON letters_lettertext;"


def load(apps, schema_editor):
    texts = apps.get_model("letters", "LetterText")
    for path in sorted(SHIPPED.glob("*.toml")):
        rows = tomllib.loads(path.read_text(encoding="utf-8"))["text"]
        for row in (one for one in rows if one["kind"] in KNOWN):
            said = {name: text.strip() for name, text in row.items()}
            texts.objects.create(language=path.stem, version=1, **said)


class Migration(migrations.Migration):
    dependencies = [("letters", "0001_initial"), ("journal", "0002_append_only")]
    operations = [
        migrations.RunSQL(FORWARDS, BACKWARDS),
        migrations.RunPython(load, migrations.RunPython.noop),
    ]
