"""Letters invite to an activity, by texts of their own.

Backwards what was written keeps its place as a confirmation that no new letter is written from.
"""

from django.db import migrations, models

KINDS = [
    ("summons", "summons"),
    ("change", "change of an interview"),
    ("cancellation", "cancellation"),
    ("minutes", "minutes"),
    ("handover", "hand-over"),
    ("confirmation", "confirmation"),
    ("answer", "answer to the citizen"),
    ("book_by", "deadline for booking"),
    ("reminder", "reminder to book"),
    ("activity", "invitation to an activity"),
]
BACKWARDS = """
ALTER TABLE letters_lettertext DISABLE TRIGGER letter_texts_are_append_only;
UPDATE letters_lettertext SET meeting_kind = kind, kind = 'confirmation'
    WHERE kind = 'activity';
ALTER TABLE letters_lettertext ENABLE TRIGGER letter_texts_are_append_only;
UPDATE letters_letter SET kind = 'confirmation' WHERE kind = 'activity';
"""


def kind() -> models.CharField:
    return models.CharField(choices=KINDS, max_length=12, verbose_name="letter")


class Migration(migrations.Migration):
    dependencies = [("letters", "0005_citizens_get_answers_and_deadlines")]

    operations = [
        migrations.RemoveConstraint("lettertext", "letter_text_kind_is_known"),
        migrations.AlterField("letter", "kind", kind()),
        migrations.AlterField("lettertext", "kind", kind()),
        migrations.AddConstraint(
            "lettertext",
            models.CheckConstraint(
                condition=models.Q(kind__in=[name for name, _text in KINDS]),
                name="letter_text_kind_is_known",
            ),
        ),
        migrations.RunSQL(migrations.RunSQL.noop, BACKWARDS),
    ]
