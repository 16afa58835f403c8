from django.db import migrations

# What postings.words.keywords says from now on of each posting that says "HIM".
IN_FULL = r"""
UPDATE postings_posting SET keywords = keywords || ' health information management'
WHERE closed_at IS NULL AND (title || ' ' || description_text ~ '\mHIM\M' OR 'him-director' = ANY(roles))
"""


class Migration(migrations.Migration):

    dependencies = [('postings', '0014_event_taken_back')]

    operations = [migrations.RunSQL(IN_FULL, migrations.RunSQL.noop)]
