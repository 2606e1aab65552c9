"""Links count how often they were opened; a statement says which time it was about."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('meetings', '0008_group_meetings_keep_people_busy'),
        ('selfservice', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='statement',
            name='about',
            field=models.DateTimeField(default=django.utils.timezone.now, verbose_name='time of the interview then'),
            preserve_default=False,
        ),
        migrations.CreateModel(
            name='Opening',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('times', models.PositiveIntegerField(default=0, verbose_name='times opened')),
                ('link', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='opening', to='meetings.citizenlink', verbose_name='link')),
            ],
            options={
                'verbose_name': 'count of openings',
                'verbose_name_plural': 'counts of openings',
            },
        ),
    ]
