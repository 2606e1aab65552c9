"""What happened in the courses that the benchmark opens: about as much as in the demo world.

Each of the first thousands of two parties has an absence, hours of each month, its interviews as
held, a journal, who holds it, and where the search for work stands.
"""

from datetime import date

from django.db import connection

OPENED = 3000  # courses of each party; more than are opened

CHOSEN = """
CREATE TEMPORARY TABLE lived AS
    (SELECT * FROM courses_course WHERE a_kasse_id = 1 ORDER BY id LIMIT %(opened)s)
    UNION (SELECT * FROM courses_course WHERE jobcentre_id = 101 ORDER BY id LIMIT %(opened)s)
"""
FACTS = """
INSERT INTO courses_absence (recorded_at, source, kind, starts_on, ends_on, citizen_id)
    SELECT now(), 'file', (ARRAY['holiday', 'sick', 'job'])[1 + id %% 3], starts_on + 20,
        starts_on + 30, citizen_id FROM lived WHERE starts_on + 30 < %(day)s;
INSERT INTO courses_reportedhours (recorded_at, source, month, hours, a_kasse_id, citizen_id)
    SELECT now(), 'file', month::date, 120 + id %% 40, a_kasse_id, citizen_id
    FROM lived, generate_series(date_trunc('month', starts_on), %(day)s - 45, '1 month') month;
INSERT INTO courses_heldmeeting (recorded_at, source, kind, held_on, by, form, ordinal, citizen_id)
    SELECT now(), 'meeting', kind, met_on, responsible, 'in_person', ordinal, citizen_id
    FROM courses_duty JOIN lived ON lived.id = course_id WHERE met_on IS NOT NULL;
INSERT INTO courses_responsibility (party, starts_on, course_id)
    SELECT 'a_kasse', starts_on, id FROM lived;
INSERT INTO courses_jobsearchstatus (item, state, as_of, remark, recorded_at, course_id)
    SELECT item, 'done', starts_on + 14, '', now(), id
    FROM lived, unnest(ARRAY['cv', 'min_plan', 'job_log', 'requirements']) item
"""
INTERVIEWS = """
INSERT INTO meetings_meeting (kind, ordinal, held_by, with_other_party, starts_at, ends_at, form,
        place, state, booked_at, cancelled_by, cancel_reason, settled_at, agreed, next_step,
        course_id, duty_id, organisation_id, sequence, held_form)
    SELECT kind, ordinal, responsible, false, day + time '09:00', day + time '09:45', 'in_person',
        '', 'held', day - interval '12 days', '', '', day + time '10:00', '', '', course_id, id,
        CASE responsible WHEN 'a_kasse' THEN a_kasse_id ELSE jobcentre_id END, 0, ''
    FROM (
        SELECT duty.*, met_on AS day FROM courses_duty duty JOIN lived ON lived.id = course_id
        WHERE met_on IS NOT NULL
    ) met
"""
JOURNAL = """
INSERT INTO journal_entry (at, what, subject_kind, subject_pk, case_pk, details)
    SELECT starts_on + time '08:00', 'course-opened', 'courses.course', id, id,
        json_build_object('registered_on', registered_on) FROM lived
    UNION ALL SELECT booked_at, 'meeting-booked', 'meetings.meeting', meeting.id, course_id,
        json_build_object('kind', kind, 'starts_at', meeting.starts_at)
    FROM meetings_meeting meeting JOIN lived ON lived.id = course_id
    UNION ALL SELECT settled_at, 'meeting-held', 'meetings.meeting', meeting.id, course_id, '{}'
    FROM meetings_meeting meeting JOIN lived ON lived.id = course_id WHERE settled_at IS NOT NULL
"""


def enliven(on: date) -> None:
    """Write it into a world that is there."""
    values: dict[str, int | date] = {"opened": OPENED, "day": on}
    with connection.cursor() as cursor:
        for statement in (CHOSEN, FACTS, INTERVIEWS, JOURNAL):
            cursor.execute(statement, values)
        cursor.execute("DROP TABLE lived")
