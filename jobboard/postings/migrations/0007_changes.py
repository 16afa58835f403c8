from django.db import migrations, models

# Statement triggers see what a bulk update or a COPY changed in one go.
WRITE = """
CREATE FUNCTION postings_note_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT count(*) FROM (SELECT FROM changed WHERE published_at IS NOT NULL LIMIT 1001) AS few) > 1000 THEN
        INSERT INTO postings_change (posting, xact, at)
        VALUES (NULL, pg_current_xact_id()::text::bigint, clock_timestamp());
    ELSE
        INSERT INTO postings_change (posting, xact, at)
        SELECT id, pg_current_xact_id()::text::bigint, clock_timestamp()
        FROM changed WHERE published_at IS NOT NULL;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER postings_note_insert AFTER INSERT ON postings_posting
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION postings_note_changes();
CREATE TRIGGER postings_note_update AFTER UPDATE ON postings_posting
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION postings_note_changes();
CREATE TRIGGER postings_note_delete AFTER DELETE ON postings_posting
    REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION postings_note_changes();

CREATE FUNCTION postings_note_suspension() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO postings_change (posting, xact, at)
    SELECT id, pg_current_xact_id()::text::bigint, clock_timestamp()
    FROM postings_posting
    WHERE employer_id = NEW.id AND published_at IS NOT NULL AND closed_at IS NULL AND retired_at IS NULL;
    RETURN NULL;
END $$;
CREATE TRIGGER postings_note_suspension AFTER UPDATE OF suspended_at ON employers_employer
    FOR EACH ROW WHEN (OLD.suspended_at IS DISTINCT FROM NEW.suspended_at)
    EXECUTE FUNCTION postings_note_suspension();
"""

ERASE = """
DROP TRIGGER postings_note_suspension ON employers_employer;
DROP FUNCTION postings_note_suspension;
DROP TRIGGER postings_note_delete ON postings_posting;
DROP TRIGGER postings_note_update ON postings_posting;
DROP TRIGGER postings_note_insert ON postings_posting;
DROP FUNCTION postings_note_changes;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('employers', '0003_trust'),
        ('postings', '0006_event_by_staff'),
    ]

    operations = [
        migrations.CreateModel(
            name='Change',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('posting', models.BigIntegerField(help_text='Its id; null where so many changed that all are read anew.', null=True)),
                ('xact', models.BigIntegerField(db_index=True, help_text='The transaction: pg_current_xact_id().')),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.RunSQL(WRITE, ERASE),
    ]
