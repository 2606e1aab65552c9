"""A referral says which organisation answers it; until now no referral was ever kept."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("activities", "0003_what_a_referral_must_never_be"),
        ("partnerships", "0006_agreements_have_a_life"),
    ]
    operations = [
        migrations.AddField(
            model_name="referral",
            name="receiver",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="referrals_received",
                to="partnerships.organisation",
                verbose_name="answered by the party",
            ),
        ),
    ]
