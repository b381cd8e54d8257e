import django.db.models.deletion
import outbox.facts
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subscriber', models.CharField(max_length=100, verbose_name='subscriber')),
                ('stream', models.CharField(max_length=200, verbose_name='stream')),
                ('due_at', models.DateTimeField(verbose_name='due at')),
                ('attempt', models.PositiveIntegerField(default=0, verbose_name='attempts')),
                ('state', models.CharField(choices=[('pending', 'pending'), ('done', 'done'), ('dead', 'needs attention'), ('superseded', 'superseded by a later one'), ('skipped', 'skipped by hand')], default='pending', max_length=10, verbose_name='state')),
                ('reason', models.CharField(blank=True, default='', max_length=300, verbose_name='reason')),
                ('finished_at', models.DateTimeField(blank=True, null=True, verbose_name='finished at')),
            ],
            options={
                'verbose_name': 'delivery',
                'verbose_name_plural': 'deliveries',
                'indexes': [models.Index(condition=models.Q(('state', 'pending')), fields=['due_at'], name='outbox_delivery_due'), models.Index(condition=models.Q(('state__in', ['pending', 'dead'])), fields=['subscriber', 'stream', 'id'], name='outbox_delivery_stream'), models.Index(condition=models.Q(('attempt__gt', 0), ('state', 'pending')), fields=['subscriber', 'stream'], name='outbox_delivery_begun'), models.Index(condition=models.Q(('state__in', ['done', 'superseded', 'skipped'])), fields=['finished_at'], name='outbox_purge')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['pending', 'done', 'dead', 'superseded', 'skipped'])), name='outbox_delivery_state'), models.CheckConstraint(condition=models.Q(models.Q(('finished_at', None), ('state', 'pending')), models.Q(models.Q(('state', 'pending'), _negated=True), ('finished_at__isnull', False)), _connector='OR'), name='outbox_delivery_finished')],
            },
        ),
        migrations.CreateModel(
            name='Lease',
            fields=[
                ('name', models.CharField(max_length=100, primary_key=True, serialize=False)),
                ('holder', models.CharField(max_length=100)),
                ('taken_at', models.DateTimeField()),
                ('until', models.DateTimeField()),
            ],
            options={
                'verbose_name': 'lease',
                'verbose_name_plural': 'leases',
            },
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('action', models.CharField(choices=[('retry', 'retry'), ('skip', 'skip')], max_length=10, verbose_name='decision')),
                ('who', models.CharField(max_length=100, verbose_name='by')),
                ('reason', models.CharField(max_length=300, verbose_name='reason')),
                ('decided_at', models.DateTimeField(verbose_name='decided at')),
                ('delivery', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='decisions', to='outbox.delivery')),
            ],
            options={
                'verbose_name': 'decision',
                'verbose_name_plural': 'decisions',
            },
        ),
        migrations.CreateModel(
            name='StoredFact',
            fields=[
                ('id', models.UUIDField(default=outbox.facts.new_fact_id, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=100, verbose_name='fact')),
                ('stream', models.CharField(max_length=200, verbose_name='stream')),
                ('payload', models.JSONField()),
                ('recorded_at', models.DateTimeField(verbose_name='recorded at')),
            ],
            options={
                'verbose_name': 'fact',
                'verbose_name_plural': 'facts',
                'db_table': 'outbox_fact',
                'indexes': [models.Index(fields=['stream', 'id'], name='outbox_fact_stream'), models.Index(fields=['recorded_at'], name='outbox_fact_recorded')],
            },
        ),
        migrations.AddField(
            model_name='delivery',
            name='fact',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='outbox.storedfact'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.UniqueConstraint(fields=('fact', 'subscriber'), name='outbox_delivery_once'),
        ),
    ]
