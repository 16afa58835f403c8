from django.db import migrations

# A card names the employer, so a new name is as much a change as a suspension.
MORE = """
DROP TRIGGER postings_note_suspension ON employers_employer;
CREATE TRIGGER postings_note_suspension AFTER UPDATE OF suspended_at, name, is_agency ON employers_employer
    FOR EACH ROW WHEN ((OLD.suspended_at, OLD.name, OLD.is_agency) IS DISTINCT FROM (NEW.suspended_at, NEW.name, NEW.is_agency))
    EXECUTE FUNCTION postings_note_suspension();
"""
LESS = """
DROP TRIGGER postings_note_suspension ON employers_employer;
CREATE TRIGGER postings_note_suspension AFTER UPDATE OF suspended_at ON employers_employer
    FOR EACH ROW WHEN (OLD.suspended_at IS DISTINCT FROM NEW.suspended_at)
    EXECUTE FUNCTION postings_note_suspension();
"""


class Migration(migrations.Migration):

    dependencies = [('postings', '0008_words')]

    operations = [migrations.RunSQL(MORE, LESS)]
