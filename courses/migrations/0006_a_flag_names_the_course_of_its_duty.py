"""One reference over two columns: a flag names the course of its duty, and costs half to raise.

A reference that is checked locks the row it points at; the first sweep spent most of its time so.
"""

import django.db.models.deletion
from django.db import migrations, models

FORWARDS = """
ALTER TABLE courses_flag ADD CONSTRAINT flags_name_the_course_of_their_duty
    FOREIGN KEY (duty_id, course_id) REFERENCES courses_duty (id, course_id)
    DEFERRABLE INITIALLY DEFERRED
"""
BACKWARDS = "ALTER TABLE courses_flag DROP CONSTRAINT flags_name_the_course_of_their_duty"


class Migration(migrations.Migration):
    dependencies = [
        ('courses', '0005_a_call_keeps_the_jobcentre_in_sight'),
        ('partnerships', '0002_organisations_have_a_short_name'),
    ]

    operations = [
        migrations.AlterField(
            model_name='duty',
            name='a_kasse',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.organisation'),
        ),
        migrations.AlterField(
            model_name='duty',
            name='course',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='duties', to='courses.course', verbose_name='contact course'),
        ),
        migrations.AlterField(
            model_name='duty',
            name='jobcentre',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.organisation'),
        ),
        migrations.AlterField(
            model_name='flag',
            name='course',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='flags', to='courses.course', verbose_name='contact course'),
        ),
        migrations.AlterField(
            model_name='flag',
            name='duty',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='flags', to='courses.duty', verbose_name='duty'),
        ),
        migrations.AddConstraint(
            model_name='duty',
            constraint=models.UniqueConstraint(fields=('id', 'course'), name='flags_refer_to_duty_and_course'),
        ),
        migrations.RunSQL(FORWARDS, BACKWARDS),
    ]
