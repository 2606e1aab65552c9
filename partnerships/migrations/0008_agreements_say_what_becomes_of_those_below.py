from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0007_versions_stay_and_referrals_are_settled")]
    operations = [
        migrations.AddField(
            model_name="agreement",
            name="for_below",
            field=models.CharField(
                blank=True,
                choices=[("stand", "go on by themselves"), ("end", "end with it")],
                default="",
                max_length=5,
                verbose_name="agreements below it at the end",
            ),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=Q(for_below__in=["", "stand", "end"]),
                name="agreement_says_what_becomes_of_those_below",
            ),
        ),
    ]
