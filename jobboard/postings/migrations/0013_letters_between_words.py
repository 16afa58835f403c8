from django.contrib.postgres.operations import CreateExtension
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [('postings', '0012_code_systems_are_words')]

    operations = [CreateExtension('fuzzystrmatch')]
