"""An enrolment that is taken to another group meeting has a seat that is there."""

from django.db import migrations

TRIGGER = """
DROP TRIGGER enrolment_has_a_seat_there ON meetings_enrolment;
CREATE TRIGGER enrolment_has_a_seat_there BEFORE INSERT OR UPDATE OF {columns}
    ON meetings_enrolment FOR EACH ROW EXECUTE FUNCTION enrolment_has_a_seat_there();
"""


class Migration(migrations.Migration):
    dependencies = [("meetings", "0012_a_no_show_may_be_at_a_group_meeting")]
    operations = [
        migrations.RunSQL(TRIGGER.format(columns="seat, group_id"), TRIGGER.format(columns="seat"))
    ]
