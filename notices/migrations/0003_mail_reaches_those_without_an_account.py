
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def forget_outsiders(apps, _schema_editor):
    """Backwards: mail to somebody without an account has nowhere to stand."""
    apps.get_model("notices", "Mail").objects.filter(user=None).delete()


class Migration(migrations.Migration):

    dependencies = [
        ('notices', '0002_mail_waits_in_an_outbox'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='mail',
            name='address',
            field=models.EmailField(blank=True, max_length=254, verbose_name='address without an account'),
        ),
        migrations.AlterField(
            model_name='mail',
            name='kind',
            field=models.CharField(choices=[('invitation', 'invitation'), ('daily', 'daily mail'), ('weekly', 'weekly mail'), ('forum', 'meeting of a forum')], max_length=10, verbose_name='kind'),
        ),
        migrations.AlterField(
            model_name='mail',
            name='user',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='mails', to=settings.AUTH_USER_MODEL, verbose_name='to'),
        ),
        migrations.AddConstraint(
            model_name='mail',
            constraint=models.CheckConstraint(condition=models.Q(('user__isnull', False), models.Q(('address', ''), _negated=True), ('state', 'sent'), _connector='OR'), name='mail_goes_to_somebody'),
        ),
        migrations.RunPython(migrations.RunPython.noop, forget_outsiders, elidable=False),
    ]
