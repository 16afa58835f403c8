from django.db import migrations

# The page of a posting shows more of its employer than a card, so all of that is a change of the posting.
SHOWN = ("suspended_at", "name", "slug", "is_agency", "website", "city", "state", "verified_at", "verified_domain", "logo")
BEFORE = ("suspended_at", "name", "is_agency")

WRITE = """
DROP TRIGGER postings_note_suspension ON employers_employer;
CREATE TRIGGER postings_note_suspension AFTER UPDATE OF {columns} ON employers_employer
    FOR EACH ROW WHEN (({old}) IS DISTINCT FROM ({new}))
    EXECUTE FUNCTION postings_note_suspension();
"""


def noting(columns):
    """The trigger that notes a change of these columns."""
    old, new = (", ".join(f"{row}.{column}" for column in columns) for row in ("OLD", "NEW"))
    return WRITE.format(columns=", ".join(columns), old=old, new=new)


class Migration(migrations.Migration):

    dependencies = [('postings', '0010_renewed_and_along')]

    operations = [migrations.RunSQL(noting(SHOWN), noting(BEFORE))]
