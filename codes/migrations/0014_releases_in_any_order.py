from django.db import migrations, models


def tell_revisions(apps, schema_editor):
    """The revisions that are loaded hold no more than what they change."""
    revisions = apps.get_model("codes", "Release").objects.filter(dataset="pfall", file_name__icontains="PFREV")
    revisions.update(partial=True)


class Migration(migrations.Migration):

    dependencies = [
        ("codes", "0013_codes_that_files_name"),
    ]

    operations = [
        migrations.AddField(
            model_name="release",
            name="partial",
            field=models.BooleanField(default=False, help_text="It holds no more than what it changes."),
        ),
        migrations.RemoveConstraint(model_name="release", name="release_loaded_once"),
        migrations.AddConstraint(
            model_name="release",
            constraint=models.UniqueConstraint(
                fields=("dataset", "checksum", "effective"),
                name="release_loaded_once",
                violation_error_message="This file is loaded already.",
            ),
        ),
        migrations.RunPython(tell_revisions, migrations.RunPython.noop),
    ]
