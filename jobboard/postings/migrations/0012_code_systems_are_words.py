from django.db import migrations

# What postings.words.keywords says from now on of each posting that names code families.
NAMES = """
UPDATE postings_posting SET keywords = concat_ws(' ', keywords, {names})
WHERE code_families <> '{{}}' AND closed_at IS NULL
""".format(
    names=", ".join(
        f"CASE WHEN array_to_string(code_families, ' ') LIKE '%{system}:%' THEN '{written}' END"
        for system, written in (("cpt", "CPT"), ("hcpcs", "HCPCS"), ("icd-10-cm", "ICD-10-CM"))
    )
)


class Migration(migrations.Migration):

    dependencies = [('postings', '0011_what_pages_show_of_employers')]

    operations = [migrations.RunSQL(NAMES, migrations.RunSQL.noop)]
