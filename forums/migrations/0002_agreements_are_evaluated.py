
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('forums', '0001_initial'),
        ('partnerships', '0008_agreements_say_what_becomes_of_those_below'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Evaluation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('evaluated_on', models.DateField(verbose_name='evaluated')),
                ('text', models.TextField(verbose_name='what was found')),
                ('figures', models.JSONField(blank=True, default=list, verbose_name='figures')),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='evaluations', to='partnerships.agreement', verbose_name='agreement')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'evaluation of an agreement',
                'verbose_name_plural': 'evaluations of agreements',
                'ordering': ['-evaluated_on', '-pk'],
            },
        ),
    ]
