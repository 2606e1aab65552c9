"""Citizens are given a last day to book the time of an interview."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('courses', '0011_front_pages_foresee_by_index'),
        ('letters', '0005_citizens_get_answers_and_deadlines'),
        ('selfservice', '0002_links_count_openings'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='BookingDeadline',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('held_by', models.CharField(choices=[('a_kasse', 'a-kasse'), ('jobcentre', 'jobcentre'), ('citizen', 'citizen')], max_length=9, verbose_name='held by')),
                ('book_by', models.DateField(verbose_name='book by')),
                ('set_on', models.DateField(verbose_name='set')),
                ('reminded_on', models.DateField(blank=True, null=True, verbose_name='reminded')),
                ('outcome', models.CharField(blank=True, choices=[('met', 'booked in time'), ('closed', 'closed'), ('missed', 'not booked in time')], max_length=6, verbose_name='outcome')),
                ('settled_on', models.DateField(blank=True, null=True, verbose_name='settled')),
                ('reason', models.CharField(blank=True, choices=[('56', 'exempted from the duty to book (56)'), ('57', 'deprived of the right to book (57)'), ('75', 'the contact course is with the a-kasse (75)'), ('mistake', 'set by mistake')], max_length=7, verbose_name='why closed')),
                ('course', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='booking_deadlines', to='courses.course', verbose_name='contact course')),
                ('duty', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='booking_deadlines', to='courses.duty', verbose_name='duty')),
                ('letters', models.ManyToManyField(blank=True, related_name='booking_deadlines', to='letters.letter', verbose_name='letters')),
                ('set_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='set by')),
            ],
            options={
                'verbose_name': 'deadline for booking',
                'verbose_name_plural': 'deadlines for booking',
                'ordering': ['-set_on', '-pk'],
                'indexes': [models.Index(condition=models.Q(('outcome', '')), fields=['book_by'], name='deadlines_that_run')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('outcome', '')), fields=('duty',), name='one_open_deadline_a_duty'), models.CheckConstraint(condition=models.Q(('book_by__gt', models.F('set_on'))), name='a_deadline_lies_after_the_day_it_is_set'), models.CheckConstraint(condition=models.Q(models.Q(('outcome', ''), ('settled_on', None)), models.Q(('outcome__in', ['met', 'closed', 'missed']), ('settled_on__isnull', False)), _connector='OR'), name='exactly_settled_deadlines_say_since_when'), models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'closed'), ('reason__in', ['56', '57', '75', 'mistake'])), models.Q(models.Q(('outcome', 'closed'), _negated=True), ('reason', '')), _connector='OR'), name='exactly_closed_deadlines_say_why')],
            },
        ),
    ]
