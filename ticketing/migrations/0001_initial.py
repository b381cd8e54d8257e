import django.db.models.deletion
import django.db.models.functions.text
import i18nfield.fields
import pgtrigger.compiler
import pgtrigger.migrations
import ticketing.identifiers
import ticketing.models.media
import ticketing.models.orders
import ticketing.models.printing
import ticketing.models.programme
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Cluster',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(unique=True)),
                ('name', models.CharField(max_length=120)),
            ],
        ),
        migrations.CreateModel(
            name='Genre',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=30, unique=True)),
                ('name', i18nfield.fields.I18nCharField(max_length=80)),
                ('position', models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                'ordering': ['position', 'code'],
            },
        ),
        migrations.CreateModel(
            name='Hall',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=20)),
                ('name', i18nfield.fields.I18nCharField(max_length=120)),
                ('licensed_capacity', models.PositiveIntegerField()),
            ],
            options={
                'ordering': ['code'],
            },
        ),
        migrations.CreateModel(
            name='Performer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=160)),
                ('slug', models.SlugField(max_length=160, unique=True)),
                ('website', models.URLField(blank=True)),
            ],
            options={
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='Customer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=ticketing.identifiers.uuid7, editable=False, unique=True)),
                ('email', models.EmailField(max_length=254)),
                ('email_proved_at', models.DateTimeField(blank=True, null=True)),
                ('first_name', models.CharField(blank=True, max_length=80)),
                ('last_name', models.CharField(blank=True, max_length=80)),
                ('phone', models.CharField(blank=True, max_length=40)),
                ('street', models.CharField(blank=True, max_length=200)),
                ('postcode', models.CharField(blank=True, max_length=12)),
                ('city', models.CharField(blank=True, max_length=100)),
                ('country', models.CharField(blank=True, max_length=2)),
                ('language', models.CharField(default='nl', max_length=2)),
                ('created_at', models.DateTimeField()),
                ('merged_into', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='aliases', to='ticketing.customer')),
                ('user', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='customer', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('email'), condition=models.Q(('merged_into__isnull', True)), name='one_living_customer_per_email')],
            },
        ),
        migrations.CreateModel(
            name='Entitlement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(max_length=40)),
                ('slots', models.PositiveSmallIntegerField(default=1)),
                ('valid_from', models.DateField()),
                ('valid_until', models.DateField(blank=True, null=True)),
                ('customer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='entitlements', to='ticketing.customer')),
            ],
        ),
        migrations.CreateModel(
            name='House',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(unique=True)),
                ('name', models.CharField(max_length=120)),
                ('legal_name', models.CharField(max_length=200)),
                ('tagline', i18nfield.fields.I18nCharField(blank=True, max_length=200)),
                ('about', i18nfield.fields.I18nTextField(blank=True)),
                ('country', models.CharField(choices=[('BE', 'België'), ('NL', 'Nederland'), ('FR', 'France')], default='BE', max_length=2)),
                ('languages', models.JSONField(default=list)),
                ('default_language', models.CharField(default='nl', max_length=2)),
                ('email', models.EmailField(max_length=254)),
                ('phone', models.CharField(blank=True, max_length=40)),
                ('street', models.CharField(blank=True, max_length=200)),
                ('postcode', models.CharField(blank=True, max_length=12)),
                ('city', models.CharField(blank=True, max_length=100)),
                ('enterprise_number', models.CharField(blank=True, max_length=20)),
                ('vat_number', models.CharField(blank=True, max_length=20)),
                ('accent', models.CharField(default='#8A1538', max_length=7)),
                ('display_font', models.CharField(default='Gloock', max_length=40)),
                ('logo_light', models.FileField(blank=True, upload_to='logos/')),
                ('logo_dark', models.FileField(blank=True, upload_to='logos/')),
                ('hold_minutes', models.PositiveSmallIntegerField(default=15)),
                ('max_places_per_order', models.PositiveSmallIntegerField(default=20)),
                ('cancel_until_hours', models.PositiveSmallIntegerField(blank=True, help_text='Customers may cancel until so many hours before the start; empty: never.', null=True)),
                ('payment_minutes', models.PositiveSmallIntegerField(default=15)),
                ('terms', i18nfield.fields.I18nTextField(blank=True)),
                ('privacy_notice', i18nfield.fields.I18nTextField(blank=True)),
                ('practical', i18nfield.fields.I18nTextField(blank=True)),
                ('order_prefix', models.CharField(default='P', max_length=3)),
                ('programme_version', models.BigIntegerField(default=1)),
                ('is_active', models.BooleanField(default=True)),
                ('cluster', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='houses', to='ticketing.cluster')),
            ],
            options={
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='Fee',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', i18nfield.fields.I18nCharField(max_length=80)),
                ('amount', models.DecimalField(decimal_places=2, max_digits=6)),
                ('activity_class', models.CharField(default='service', max_length=20)),
                ('channel_kinds', models.JSONField(default=list)),
                ('families', models.JSONField(default=list)),
                ('is_active', models.BooleanField(default=True)),
                ('house', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='fees', to='ticketing.house')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('amount__gte', 0)), name='fee_not_negative')],
            },
        ),
        migrations.CreateModel(
            name='DocumentSeries',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('invoice', 'Invoice'), ('credit_note', 'Credit note'), ('z_report', 'Z report'), ('cancellation_coupon', 'Cancellation coupon')], max_length=20)),
                ('prefix', models.CharField(max_length=12)),
                ('last_number', models.PositiveIntegerField(default=0)),
                ('house', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='document_series', to='ticketing.house')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('house', 'kind', 'prefix'), name='series_once')],
            },
        ),
        migrations.CreateModel(
            name='Basket',
            fields=[
                ('id', models.UUIDField(default=ticketing.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('language', models.CharField(max_length=2)),
                ('state', models.CharField(choices=[('open', 'Open'), ('ordered', 'Ordered')], default='open', max_length=8)),
                ('created_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('extensions', models.PositiveSmallIntegerField(default=0)),
                ('codes', models.JSONField(default=list)),
                ('first_name', models.CharField(blank=True, max_length=80)),
                ('last_name', models.CharField(blank=True, max_length=80)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('customer', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='ticketing.customer')),
                ('house', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ticketing.house')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state', 'open')), fields=['expires_at'], name='basket_to_tidy'), models.Index(condition=models.Q(('customer__isnull', False)), fields=['customer'], name='basket_of_customer')],
            },
        ),
        migrations.CreateModel(
            name='ApiKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80)),
                ('key_hash', models.CharField(max_length=64, unique=True)),
                ('hint', models.CharField(max_length=8)),
                ('scopes', models.JSONField(default=list)),
                ('created_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField(blank=True, null=True)),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('house', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='api_keys', to='ticketing.house')),
            ],
        ),
        migrations.CreateModel(
            name='HouseDomain',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('host', models.CharField(max_length=200, unique=True)),
                ('house', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='domains', to='ticketing.house')),
            ],
        ),
        migrations.CreateModel(
            name='HouseRelation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('note', models.TextField(blank=True)),
                ('since', models.DateTimeField()),
                ('customer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='relations', to='ticketing.customer')),
                ('house', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='relations', to='ticketing.house')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('customer', 'house'), name='relation_once_per_house')],
            },
        ),
        migrations.CreateModel(
            name='CustomerLabel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=40)),
                ('source', models.CharField(max_length=40)),
                ('valid_from', models.DateField()),
                ('valid_until', models.DateField(blank=True, null=True)),
                ('relation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='labels', to='ticketing.houserelation')),
            ],
            options={
                'indexes': [models.Index(fields=['code'], name='customer_label_code')],
            },
        ),
        migrations.CreateModel(
            name='IdempotencyRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=120)),
                ('request_hash', models.CharField(max_length=64)),
                ('status', models.PositiveSmallIntegerField(null=True)),
                ('body', models.JSONField(null=True)),
                ('created_at', models.DateTimeField()),
                ('api_key', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='ticketing.apikey')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('api_key', 'key'), name='idempotency_key_once')],
            },
        ),
        migrations.CreateModel(
            name='Label',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=40)),
                ('name', i18nfield.fields.I18nCharField(max_length=80)),
                ('house', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='labels', to='ticketing.house')),
            ],
            options={
                'ordering': ['code'],
                'constraints': [models.UniqueConstraint(fields=('house', 'code'), name='label_once_per_house')],
            },
        ),
        migrations.CreateModel(
            name='MediaAsset',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=ticketing.models.media.media_id, editable=False, max_length=12, unique=True)),
                ('file', models.ImageField(height_field='height', upload_to='media/', width_field='width')),
                ('width', models.PositiveIntegerField(editable=False)),
                ('height', models.PositiveIntegerField(editable=False)),
                ('focal_x', models.FloatField(default=0.5)),
                ('focal_y', models.FloatField(default=0.5)),
                ('alt', i18nfield.fields.I18nCharField(blank=True, max_length=300)),
                ('credit', models.CharField(blank=True, max_length=200)),
                ('licence_until', models.DateField(blank=True, null=True)),
                ('created_at', models.DateTimeField()),
                ('house', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='media', to='ticketing.house')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('focal_x__gte', 0), ('focal_x__lte', 1), ('focal_y__gte', 0), ('focal_y__lte', 1)), name='focal_point_inside_picture')],
            },
        ),
        migrations.AddField(
            model_name='house',
            name='default_image',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='ticketing.mediaasset'),
        ),
        migrations.CreateModel(
            name='MediaRendition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('spec', models.CharField(max_length=20)),
                ('file', models.FileField(upload_to='renditions/')),
                ('width', models.PositiveIntegerField()),
                ('height', models.PositiveIntegerField()),
                ('asset', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='renditions', to='ticketing.mediaasset')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('asset', 'spec'), name='rendition_once')],
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('box_office', 'Box office'), ('programme', 'Programme'), ('finance', 'Finance'), ('manager', 'Manager')], max_length=20)),
                ('valid_until', models.DateField(blank=True, null=True)),
                ('house', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='ticketing.house')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('user', 'house', 'role'), name='membership_once')],
            },
        ),
        migrations.CreateModel(
            name='Order',
            fields=[
                ('id', models.UUIDField(default=ticketing.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('reference', models.CharField(max_length=12, unique=True)),
                ('state', models.CharField(choices=[('preparing', 'Preparing'), ('awaiting_payment', 'Awaiting payment'), ('paid', 'Paid'), ('abandoned', 'Abandoned')], default='preparing', max_length=16)),
                ('language', models.CharField(max_length=2)),
                ('first_name', models.CharField(max_length=80)),
                ('last_name', models.CharField(max_length=80)),
                ('email', models.EmailField(max_length=254)),
                ('total', models.DecimalField(decimal_places=2, max_digits=9)),
                ('placed_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField(blank=True, null=True)),
                ('paid_at', models.DateTimeField(blank=True, null=True)),
                ('abandoned_at', models.DateTimeField(blank=True, null=True)),
                ('abandon_reason', models.CharField(blank=True, max_length=40)),
                ('link_secret', models.CharField(default=ticketing.models.orders.link_secret, editable=False, max_length=16)),
                ('is_historical', models.BooleanField(default=False)),
                ('basket', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='orders', to='ticketing.basket')),
                ('customer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='orders', to='ticketing.customer')),
                ('house', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='orders', to='ticketing.house')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state__in', ['preparing', 'awaiting_payment'])), fields=['expires_at'], name='order_to_expire'), models.Index(fields=['email'], name='order_by_email')],
                'constraints': [models.CheckConstraint(condition=models.Q(('total__gte', 0)), name='order_total_not_negative'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'paid'), _negated=True), ('paid_at__isnull', False), _connector='OR'), name='paid_has_moment')],
            },
        ),
        migrations.CreateModel(
            name='LedgerGroup',
            fields=[
                ('id', models.UUIDField(default=ticketing.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('sale', 'Sale'), ('payment', 'Payment'), ('cancellation', 'Cancellation'), ('refund', 'Refund'), ('chargeback', 'Chargeback'), ('chargeback_reversal', 'Chargeback reversed'), ('voucher', 'Voucher given')], max_length=20)),
                ('booked_at', models.DateTimeField()),
                ('order', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='ledger_groups', to='ticketing.order')),
            ],
        ),
        migrations.CreateModel(
            name='ConsentEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(choices=[('newsletter', 'Newsletter'), ('partners', 'Passing on to partners'), ('profiling', 'Suggestions from behaviour')], max_length=20)),
                ('channel', models.CharField(default='email', max_length=10)),
                ('granted', models.BooleanField()),
                ('text_version', models.CharField(max_length=40)),
                ('source', models.CharField(max_length=40)),
                ('answered_at', models.DateTimeField()),
                ('customer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='consent_entries', to='ticketing.customer')),
                ('house', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ticketing.house')),
                ('order', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='consent_entries', to='ticketing.order')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('customer__isnull', False), ('order__isnull', False), _connector='OR'), name='consent_is_of_somebody')],
            },
        ),
        migrations.CreateModel(
            name='OrderLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('place', 'Place'), ('gift_card', 'Gift card'), ('cancellation', 'Cancellation')], max_length=12)),
                ('family', models.CharField(blank=True, max_length=12)),
                ('gross', models.DecimalField(decimal_places=2, max_digits=8)),
                ('components', models.JSONField(default=list)),
                ('description', models.JSONField(default=dict)),
                ('created_at', models.DateTimeField()),
                ('house', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ticketing.house')),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='ticketing.order')),
                ('replaces', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='ticketing.orderline')),
            ],
            options={
                'ordering': ['id'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('gross__lte', 0), ('kind', 'cancellation'), ('replaces__isnull', False)), ('gross__gte', 0), _connector='OR'), name='only_cancellations_are_negative')],
            },
        ),
        migrations.CreateModel(
            name='GiftCard',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('gift_card', 'Gift card'), ('payment_voucher', 'Payment voucher')], default='gift_card', max_length=16)),
                ('code', models.CharField(max_length=16, unique=True)),
                ('value', models.DecimalField(decimal_places=2, max_digits=8)),
                ('issued_at', models.DateTimeField()),
                ('expires_on', models.DateField()),
                ('blocked_at', models.DateTimeField(blank=True, null=True)),
                ('house', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='gift_cards', to='ticketing.house')),
                ('line', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='gift_card', to='ticketing.orderline')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('value__gt', 0)), name='gift_card_has_value')],
            },
        ),
        migrations.CreateModel(
            name='Payment',
            fields=[
                ('id', models.UUIDField(default=ticketing.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('means', models.CharField(choices=[('provider', 'Payment provider'), ('gift_card', 'Gift card')], max_length=10)),
                ('amount', models.DecimalField(decimal_places=2, max_digits=9)),
                ('state', models.CharField(choices=[('created', 'Created'), ('open', 'Open'), ('pending', 'Pending'), ('paid', 'Paid'), ('failed', 'Failed'), ('cancelled', 'Cancelled'), ('expired', 'Expired')], default='created', max_length=10)),
                ('provider_id', models.CharField(blank=True, max_length=64)),
                ('idempotency_key', models.UUIDField(default=ticketing.identifiers.uuid7, editable=False, unique=True)),
                ('method', models.CharField(blank=True, max_length=40)),
                ('checkout_url', models.URLField(blank=True, max_length=500)),
                ('created_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField(blank=True, null=True)),
                ('paid_at', models.DateTimeField(blank=True, null=True)),
                ('polled_at', models.DateTimeField(blank=True, null=True)),
                ('gift_card', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='payments', to='ticketing.giftcard')),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='payments', to='ticketing.order')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state__in', ['created', 'open', 'pending'])), fields=['created_at'], name='payment_to_poll')],
                'constraints': [models.CheckConstraint(condition=models.Q(('amount__gte', 0)), name='payment_not_negative'), models.CheckConstraint(condition=models.Q(models.Q(('means', 'gift_card'), _negated=True), ('gift_card__isnull', False), _connector='OR'), name='card_is_named')],
            },
        ),
        migrations.CreateModel(
            name='Chargeback',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('provider_id', models.CharField(max_length=64)),
                ('amount', models.DecimalField(decimal_places=2, max_digits=9)),
                ('reason', models.CharField(blank=True, max_length=120)),
                ('charged_back_at', models.DateTimeField()),
                ('reversed_at', models.DateTimeField(blank=True, null=True)),
                ('payment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='chargebacks', to='ticketing.payment')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('payment', 'provider_id'), name='chargeback_once')],
            },
        ),
        migrations.CreateModel(
            name='PaymentAccount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('provider', models.SlugField(max_length=20)),
                ('name', models.CharField(max_length=80)),
                ('settings', models.JSONField(blank=True, default=dict)),
                ('methods', models.JSONField(blank=True, default=list)),
                ('is_active', models.BooleanField(default=True)),
                ('house', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='payment_accounts', to='ticketing.house')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('is_active', True)), fields=('house', 'provider'), name='one_active_account_per_provider')],
            },
        ),
        migrations.AddField(
            model_name='payment',
            name='account',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ticketing.paymentaccount'),
        ),
        migrations.CreateModel(
            name='PaymentAllocation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('amount', models.DecimalField(decimal_places=2, max_digits=9)),
                ('line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='allocations', to='ticketing.orderline')),
                ('payment', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='allocations', to='ticketing.payment')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('payment', 'line'), name='allocation_once')],
            },
        ),
        migrations.CreateModel(
            name='PaymentSplit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('amount', models.DecimalField(decimal_places=2, max_digits=9)),
                ('house', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ticketing.house')),
                ('payment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='splits', to='ticketing.payment')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('payment', 'house'), name='split_once_per_house')],
            },
        ),
        migrations.CreateModel(
            name='Performance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('plan_variant', models.CharField(blank=True, max_length=40)),
                ('code', models.CharField(default=ticketing.models.programme.performance_code, editable=False, max_length=8, unique=True)),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('on_sale', 'On sale'), ('cancelled', 'Cancelled'), ('postponed', 'Postponed')], default='draft', max_length=10)),
                ('starts_at', models.DateTimeField()),
                ('doors_at', models.DateTimeField(blank=True, null=True)),
                ('ends_at', models.DateTimeField(blank=True, null=True)),
                ('sales_from', models.DateTimeField(blank=True, null=True)),
                ('sales_until', models.DateTimeField(blank=True, null=True)),
                ('refuse_orphans', models.BooleanField(default=True)),
                ('max_places_per_order', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('note', i18nfield.fields.I18nCharField(blank=True, max_length=200)),
                ('hall', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='performances', to='ticketing.hall')),
                ('house', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='performances', to='ticketing.house')),
            ],
            options={
                'ordering': ['starts_at', 'id'],
                'indexes': [models.Index(fields=['house', 'state', 'starts_at'], name='performance_agenda')],
            },
        ),
        migrations.AddField(
            model_name='orderline',
            name='performance',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='ticketing.performance'),
        ),
        migrations.CreateModel(
            name='EntitlementUse',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slot', models.PositiveSmallIntegerField()),
                ('entitlement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='uses', to='ticketing.entitlement')),
                ('line', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ticketing.orderline')),
                ('performance', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='ticketing.performance')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('entitlement', 'performance', 'slot'), name='entitlement_slot_once')],
            },
        ),
        migrations.CreateModel(
            name='Contingent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', i18nfield.fields.I18nCharField(max_length=120)),
                ('rule', models.JSONField(default=dict)),
                ('channels', models.JSONField(default=list)),
                ('cap', models.PositiveIntegerField(blank=True, null=True)),
                ('release_at', models.DateTimeField(blank=True, null=True)),
                ('performance', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='contingents', to='ticketing.performance')),
            ],
        ),
        migrations.CreateModel(
            name='Block',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('soft', 'Soft'), ('hard', 'Hard')], max_length=4)),
                ('owner', models.CharField(max_length=120)),
                ('reason', models.CharField(blank=True, max_length=200)),
                ('release_at', models.DateTimeField(blank=True, null=True)),
                ('created_at', models.DateTimeField()),
                ('performance', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='blocks', to='ticketing.performance')),
            ],
        ),
        migrations.AddField(
            model_name='apikey',
            name='performance',
            field=models.ForeignKey(blank=True, help_text='A door key may be limited to one performance.', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='ticketing.performance'),
        ),
        migrations.CreateModel(
            name='Credit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', i18nfield.fields.I18nCharField(blank=True, max_length=120)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('performer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='credits', to='ticketing.performer')),
            ],
            options={
                'ordering': ['position', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Place',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('index', models.IntegerField()),
                ('code', models.CharField(max_length=8)),
                ('seat', models.CharField(blank=True, max_length=80)),
                ('area', models.CharField(max_length=40)),
                ('kind', models.CharField(choices=[('seat', 'Seat'), ('standing', 'Standing'), ('wheelchair', 'Wheelchair'), ('companion', 'Companion'), ('table', 'Table')], default='seat', max_length=10)),
                ('state', models.CharField(choices=[('available', 'Available'), ('held', 'In a basket'), ('reserved', 'Reserved'), ('blocked_soft', 'Blocked, may be released'), ('blocked_hard', 'Blocked, not in the inventory'), ('sold', 'Sold')], default='available', max_length=12)),
                ('held_until', models.DateTimeField(blank=True, null=True)),
                ('holder', models.UUIDField(blank=True, null=True)),
                ('changed_xid', models.BigIntegerField(default=0, editable=False)),
                ('block', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='places', to='ticketing.block')),
                ('performance', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='places', to='ticketing.performance')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('kind', 'standing'), ('state', 'available')), fields=['performance', 'area', 'index'], name='standing_place_to_pick'), models.Index(condition=models.Q(('state', 'held')), fields=['performance', 'held_until'], name='place_held_until'), models.Index(fields=['performance', 'changed_xid'], name='place_changes'), models.Index(condition=models.Q(('block__isnull', False)), fields=['block'], name='place_of_block')],
                'constraints': [models.UniqueConstraint(fields=('performance', 'index'), name='place_once_per_performance'), models.CheckConstraint(condition=models.Q(models.Q(('held_until__isnull', False), ('holder__isnull', False), ('state', 'held')), models.Q(models.Q(('state', 'held'), _negated=True), ('held_until__isnull', True)), _connector='OR'), name='held_place_has_holder_and_end'), models.CheckConstraint(condition=models.Q(models.Q(('holder__isnull', False), ('state__in', ['held', 'reserved', 'sold'])), models.Q(('holder__isnull', True), ('state__in', ['available', 'blocked_soft', 'blocked_hard'])), _connector='OR'), name='holder_only_when_taken')],
            },
        ),
        migrations.AddField(
            model_name='orderline',
            name='place',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='ticketing.place'),
        ),
        migrations.CreateModel(
            name='ContingentSlot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('contingent', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='slots', to='ticketing.contingent')),
                ('place', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='slot', to='ticketing.place')),
            ],
        ),
        migrations.CreateModel(
            name='PriceGrid',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('is_archived', models.BooleanField(default=False)),
                ('house', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='price_grids', to='ticketing.house')),
            ],
        ),
        migrations.CreateModel(
            name='PriceGridVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('created_at', models.DateTimeField()),
                ('grid', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='ticketing.pricegrid')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('grid', 'number'), name='grid_version_once')],
            },
        ),
        migrations.CreateModel(
            name='PerformancePriceGrid',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateTimeField()),
                ('performance', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='price_history', to='ticketing.performance')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ticketing.pricegridversion')),
            ],
            options={
                'ordering': ['valid_from', 'id'],
            },
        ),
        migrations.AddField(
            model_name='performance',
            name='price_grid_version',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='performances', to='ticketing.pricegridversion'),
        ),
        migrations.CreateModel(
            name='PriceType',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=40)),
                ('letter', models.CharField(max_length=1)),
                ('name', i18nfield.fields.I18nCharField(max_length=80)),
                ('explanation', i18nfield.fields.I18nCharField(blank=True, max_length=200)),
                ('family', models.CharField(choices=[('full', 'Full'), ('reduced', 'Reduced'), ('subscription', 'Subscription'), ('free', 'Free'), ('other', 'Other')], max_length=12)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('is_archived', models.BooleanField(default=False)),
                ('house', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='price_types', to='ticketing.house')),
            ],
            options={
                'ordering': ['position', 'id'],
                'constraints': [models.UniqueConstraint(fields=('house', 'code'), name='price_type_once_per_house'), models.UniqueConstraint(condition=models.Q(('is_archived', False)), fields=('house', 'letter'), name='price_type_letter_once_per_house')],
            },
        ),
        migrations.CreateModel(
            name='PriceCondition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('channel', 'Sales channel'), ('minimum', 'At least so many'), ('maximum', 'At most so many'), ('label', 'Label of the customer'), ('code', 'Code'), ('period', 'Period'), ('proof', 'Proof at the door')], max_length=10)),
                ('value', models.JSONField(blank=True, default=dict)),
                ('price_type', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='conditions', to='ticketing.pricetype')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('price_type', 'kind'), name='condition_once_per_kind')],
            },
        ),
        migrations.AddField(
            model_name='orderline',
            name='price_type',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ticketing.pricetype'),
        ),
        migrations.AddField(
            model_name='entitlement',
            name='price_type',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='entitlements', to='ticketing.pricetype'),
        ),
        migrations.CreateModel(
            name='PriceVoucher',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=24)),
                ('name', models.CharField(max_length=120)),
                ('effect', models.CharField(choices=[('price_type', 'Opens a price type'), ('percent', 'Percentage off'), ('amount', 'Amount off')], max_length=10)),
                ('value', models.DecimalField(decimal_places=2, default=0, max_digits=6)),
                ('max_uses', models.PositiveIntegerField(blank=True, help_text='Places in all; empty: no limit.', null=True)),
                ('max_per_order', models.PositiveSmallIntegerField(default=10)),
                ('valid_from', models.DateTimeField()),
                ('valid_until', models.DateTimeField(blank=True, null=True)),
                ('house', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='price_vouchers', to='ticketing.house')),
                ('price_type', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='vouchers', to='ticketing.pricetype')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('house', 'code'), name='price_voucher_once_per_house'), models.CheckConstraint(condition=models.Q(models.Q(('effect', 'price_type'), ('price_type__isnull', False)), models.Q(('effect', 'percent'), ('value__gt', 0), ('value__lte', 100)), models.Q(('effect', 'amount'), ('value__gt', 0)), _connector='OR'), name='price_voucher_does_something'), models.CheckConstraint(condition=models.Q(('valid_until__isnull', True), ('valid_until__gt', models.F('valid_from')), _connector='OR'), name='price_voucher_period')],
            },
        ),
        migrations.AddField(
            model_name='orderline',
            name='price_voucher',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ticketing.pricevoucher'),
        ),
        migrations.CreateModel(
            name='BasketLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('place', 'Place'), ('gift_card', 'Gift card')], default='place', max_length=10)),
                ('gross', models.DecimalField(decimal_places=2, max_digits=8)),
                ('components', models.JSONField(default=list)),
                ('basket', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='ticketing.basket')),
                ('house', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ticketing.house')),
                ('performance', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='ticketing.performance')),
                ('place', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='ticketing.place')),
                ('price_type', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ticketing.pricetype')),
                ('price_voucher', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ticketing.pricevoucher')),
            ],
            options={
                'ordering': ['id'],
                'constraints': [models.UniqueConstraint(fields=('basket', 'place'), name='place_once_per_basket'), models.CheckConstraint(condition=models.Q(('gross__gte', 0)), name='basket_line_not_negative'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'place'), ('performance__isnull', False), ('place__isnull', False), ('price_type__isnull', False)), models.Q(('kind', 'gift_card'), ('place__isnull', True)), _connector='OR'), name='basket_line_is_whole')],
            },
        ),
        migrations.CreateModel(
            name='Production',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=120)),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('online', 'Online'), ('archived', 'Archived')], default='draft', max_length=10)),
                ('online_at', models.DateTimeField(blank=True, null=True)),
                ('title', i18nfield.fields.I18nCharField(max_length=200)),
                ('subtitle', i18nfield.fields.I18nCharField(blank=True, max_length=200)),
                ('teaser', i18nfield.fields.I18nCharField(blank=True, max_length=400)),
                ('description', i18nfield.fields.I18nTextField(blank=True)),
                ('activity_class', models.CharField(choices=[('performing_arts', 'Performing arts'), ('concert', 'Concert'), ('cinema', 'Cinema'), ('exhibition', 'Exhibition'), ('course', 'Course')], default='performing_arts', max_length=20)),
                ('duration_minutes', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('has_interval', models.BooleanField(default=False)),
                ('age_from', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('spoken_language', models.CharField(blank=True, max_length=60)),
                ('surtitles', models.CharField(blank=True, max_length=60)),
                ('access', i18nfield.fields.I18nTextField(blank=True)),
                ('genre', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='productions', to='ticketing.genre')),
                ('house', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='productions', to='ticketing.house')),
                ('image', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, to='ticketing.mediaasset')),
                ('labels', models.ManyToManyField(blank=True, related_name='productions', to='ticketing.label')),
                ('performers', models.ManyToManyField(related_name='productions', through='ticketing.Credit', to='ticketing.performer')),
            ],
            options={
                'indexes': [models.Index(fields=['house', 'state'], name='production_by_house')],
                'constraints': [models.UniqueConstraint(fields=('house', 'slug'), name='production_once_per_house')],
            },
        ),
        migrations.AddField(
            model_name='pricevoucher',
            name='production',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='ticketing.production'),
        ),
        migrations.AddField(
            model_name='performance',
            name='production',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='performances', to='ticketing.production'),
        ),
        migrations.AddField(
            model_name='credit',
            name='production',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='credits', to='ticketing.production'),
        ),
        migrations.CreateModel(
            name='Rank',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=40)),
                ('name', i18nfield.fields.I18nCharField(max_length=80)),
                ('tone', models.PositiveSmallIntegerField(default=1)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('house', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ranks', to='ticketing.house')),
            ],
            options={
                'ordering': ['position', 'id'],
                'constraints': [models.UniqueConstraint(fields=('house', 'code'), name='rank_once_per_house'), models.CheckConstraint(condition=models.Q(('tone__gte', 1), ('tone__lte', 4)), name='rank_tone_is_known')],
            },
        ),
        migrations.CreateModel(
            name='PriceOverride',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('channel_kind', models.CharField(blank=True, max_length=10)),
                ('price', models.DecimalField(decimal_places=2, max_digits=8)),
                ('valid_from', models.DateTimeField()),
                ('valid_until', models.DateTimeField(blank=True, null=True)),
                ('performance', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='price_overrides', to='ticketing.performance')),
                ('price_type', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ticketing.pricetype')),
                ('rank', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ticketing.rank')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('price__gte', 0)), name='override_price_not_negative')],
            },
        ),
        migrations.CreateModel(
            name='PriceGridCell',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('price', models.DecimalField(decimal_places=2, max_digits=8)),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='cells', to='ticketing.pricegridversion')),
                ('price_type', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ticketing.pricetype')),
                ('rank', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ticketing.rank')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('version', 'rank', 'price_type'), name='grid_cell_once'), models.CheckConstraint(condition=models.Q(('price__gte', 0)), name='grid_price_not_negative')],
            },
        ),
        migrations.AddField(
            model_name='place',
            name='rank',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ticketing.rank'),
        ),
        migrations.CreateModel(
            name='Refund',
            fields=[
                ('id', models.UUIDField(default=ticketing.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('amount', models.DecimalField(decimal_places=2, max_digits=9)),
                ('state', models.CharField(choices=[('requested', 'Requested'), ('pending', 'Pending'), ('refunded', 'Refunded'), ('failed', 'Failed')], default='requested', max_length=10)),
                ('reason', models.CharField(max_length=40)),
                ('provider_id', models.CharField(blank=True, max_length=64)),
                ('idempotency_key', models.UUIDField(default=ticketing.identifiers.uuid7, editable=False, unique=True)),
                ('requested_at', models.DateTimeField()),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
                ('payment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='refunds', to='ticketing.payment')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='refund_is_positive')],
            },
        ),
        migrations.CreateModel(
            name='GiftCardEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('amount', models.DecimalField(decimal_places=2, max_digits=8)),
                ('booked_at', models.DateTimeField()),
                ('card', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='ticketing.giftcard')),
                ('payment', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ticketing.payment')),
                ('refund', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ticketing.refund')),
            ],
        ),
        migrations.CreateModel(
            name='SalesChannel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=20)),
                ('kind', models.CharField(choices=[('web', 'Webshop'), ('desk', 'Desk'), ('api', 'API'), ('partner', 'Partner')], max_length=10)),
                ('name', models.CharField(max_length=80)),
                ('is_active', models.BooleanField(default=True)),
                ('house', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='channels', to='ticketing.house')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('house', 'code'), name='channel_once_per_house')],
            },
        ),
        migrations.AddField(
            model_name='order',
            name='channel',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ticketing.saleschannel'),
        ),
        migrations.AddField(
            model_name='basket',
            name='channel',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ticketing.saleschannel'),
        ),
        migrations.CreateModel(
            name='Season',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField()),
                ('house', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='seasons', to='ticketing.house')),
            ],
            options={
                'ordering': ['-starts_on'],
                'constraints': [models.UniqueConstraint(fields=('house', 'name'), name='season_once_per_house'), models.CheckConstraint(condition=models.Q(('ends_on__gt', models.F('starts_on'))), name='season_ends_after_start')],
            },
        ),
        migrations.AddField(
            model_name='production',
            name='season',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='productions', to='ticketing.season'),
        ),
        migrations.CreateModel(
            name='SeatingPlan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('is_archived', models.BooleanField(default=False)),
                ('hall', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='plans', to='ticketing.hall')),
            ],
        ),
        migrations.CreateModel(
            name='SeatingPlanVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('document', models.JSONField()),
                ('compiled', models.JSONField()),
                ('checksum', models.CharField(max_length=64)),
                ('place_count', models.PositiveIntegerField()),
                ('created_at', models.DateTimeField()),
                ('frozen_at', models.DateTimeField(blank=True, null=True)),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='ticketing.seatingplan')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('plan', 'number'), name='plan_version_once')],
            },
        ),
        migrations.AddField(
            model_name='performance',
            name='plan_version',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='ticketing.seatingplanversion'),
        ),
        migrations.CreateModel(
            name='SentMail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=120, unique=True)),
                ('template', models.CharField(max_length=40)),
                ('language', models.CharField(max_length=2)),
                ('recipient_hash', models.CharField(max_length=64)),
                ('sent_at', models.DateTimeField()),
                ('is_historical', models.BooleanField(default=False)),
                ('house', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='ticketing.house')),
                ('order', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='sent_mails', to='ticketing.order')),
            ],
            options={
                'indexes': [models.Index(fields=['recipient_hash', 'sent_at'], name='mails_to_somebody')],
            },
        ),
        migrations.CreateModel(
            name='TariffGrant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(max_length=40)),
                ('reference', models.CharField(blank=True, max_length=120)),
                ('price', models.DecimalField(decimal_places=2, max_digits=8)),
                ('expires_at', models.DateTimeField()),
                ('line', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='grant', to='ticketing.basketline')),
            ],
        ),
        migrations.CreateModel(
            name='Ticket',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('serial', models.CharField(max_length=16, unique=True)),
                ('code', models.CharField(max_length=12, unique=True)),
                ('state', models.CharField(choices=[('valid', 'Valid'), ('cancelled', 'Cancelled')], default='valid', max_length=10)),
                ('issued_at', models.DateTimeField()),
                ('cancelled_at', models.DateTimeField(blank=True, null=True)),
                ('holder_name', models.CharField(blank=True, max_length=160)),
                ('line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tickets', to='ticketing.orderline')),
                ('performance', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tickets', to='ticketing.performance')),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tickets', to='ticketing.place')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'valid')), fields=('place',), name='one_valid_ticket_per_place'), models.CheckConstraint(condition=models.Q(models.Q(('cancelled_at__isnull', True), ('state', 'valid')), models.Q(('cancelled_at__isnull', False), ('state', 'cancelled')), _connector='OR'), name='cancelled_ticket_has_moment')],
            },
        ),
        migrations.CreateModel(
            name='Scan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('gate', models.CharField(blank=True, max_length=40)),
                ('nonce', models.UUIDField(unique=True)),
                ('result', models.CharField(choices=[('accepted', 'Accepted'), ('already_used', 'Already used'), ('wrong_performance', 'Wrong performance'), ('refunded', 'Refunded'), ('unknown', 'Unknown'), ('forged', 'Forged')], max_length=20)),
                ('scanned_at', models.DateTimeField()),
                ('received_at', models.DateTimeField()),
                ('was_offline', models.BooleanField(default=False)),
                ('is_conflict', models.BooleanField(default=False)),
                ('api_key', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ticketing.apikey')),
                ('performance', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='scans', to='ticketing.performance')),
                ('ticket', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='scans', to='ticketing.ticket')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('result', 'accepted')), fields=('ticket',), name='ticket_accepted_once')],
            },
        ),
        migrations.CreateModel(
            name='Document',
            fields=[
                ('id', models.UUIDField(default=ticketing.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField()),
                ('content', models.JSONField(default=dict)),
                ('issued_at', models.DateTimeField()),
                ('refers_to', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ticketing.document')),
                ('series', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='ticketing.documentseries')),
                ('order', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='ticketing.order')),
                ('ticket', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='ticketing.ticket')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('series', 'number'), name='document_number_once')],
            },
        ),
        migrations.CreateModel(
            name='ChangeConfirmation',
            fields=[
                ('id', models.UUIDField(default=ticketing.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('asked_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='change_confirmations', to='ticketing.order')),
                ('tickets', models.ManyToManyField(related_name='+', to='ticketing.ticket')),
            ],
        ),
        migrations.CreateModel(
            name='TicketDocument',
            fields=[
                ('id', models.UUIDField(default=ticketing.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('file', models.FileField(blank=True, storage=ticketing.models.printing.private_storage, upload_to='tickets/%Y/%m/')),
                ('asked_at', models.DateTimeField()),
                ('rendered_at', models.DateTimeField(blank=True, null=True)),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ticket_documents', to='ticketing.order')),
                ('ticket', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='documents_printed', to='ticketing.ticket')),
            ],
            options={
                'indexes': [models.Index(fields=['rendered_at'], name='paper_to_forget')],
                'constraints': [models.UniqueConstraint(fields=('order', 'ticket'), name='one_document_per_ticket', nulls_distinct=False), models.CheckConstraint(condition=models.Q(('rendered_at__isnull', True), models.Q(('file', ''), _negated=True), _connector='OR'), name='rendered_document_has_file')],
            },
        ),
        migrations.CreateModel(
            name='TicketKey',
            fields=[
                ('key_id', models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
                ('public_point', models.BinaryField()),
                ('sealed', models.TextField(blank=True)),
                ('created_at', models.DateTimeField()),
                ('retired_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['key_id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('key_id__gte', 1), ('key_id__lte', 255)), name='key_id_is_a_byte')],
            },
        ),
        migrations.CreateModel(
            name='VatRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('country', models.CharField(max_length=2)),
                ('activity_class', models.CharField(max_length=20)),
                ('rate', models.DecimalField(decimal_places=2, max_digits=4)),
                ('valid_from', models.DateField()),
                ('valid_until', models.DateField(blank=True, null=True)),
                ('source', models.CharField(blank=True, max_length=200)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('country', 'activity_class', 'valid_from'), name='vat_rule_once'), models.CheckConstraint(condition=models.Q(('rate__gte', 0), ('rate__lt', 100)), name='vat_rate_is_percentage')],
            },
        ),
        migrations.CreateModel(
            name='LedgerEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('account', models.CharField(choices=[('receivable', 'Owed by customers'), ('provider', 'At the payment provider'), ('cash', 'Cash'), ('cash_rounding', 'Cash rounding'), ('gift_cards', 'Gift cards outstanding'), ('revenue_tickets', 'Tickets'), ('revenue_fees', 'Fees'), ('discounts', 'Discounts'), ('vat', 'VAT'), ('between_houses', 'Between houses'), ('refunds_due', 'Refunds under way'), ('chargebacks', 'Charged back')], max_length=20)),
                ('amount', models.DecimalField(decimal_places=2, max_digits=10)),
                ('family', models.CharField(blank=True, max_length=12)),
                ('till_session', models.UUIDField(null=True)),
                ('vat_rate', models.DecimalField(decimal_places=2, max_digits=4, null=True)),
                ('booked_at', models.DateTimeField()),
                ('value_date', models.DateField()),
                ('counterparty', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ticketing.house')),
                ('house', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ticketing.house')),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='ticketing.ledgergroup')),
                ('line', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ticketing.orderline')),
                ('payment', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ticketing.payment')),
                ('performance', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ticketing.performance')),
                ('price_type', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ticketing.pricetype')),
                ('production', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ticketing.production')),
                ('channel', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ticketing.saleschannel')),
                ('vat_rule', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ticketing.vatrule')),
            ],
            options={
                'indexes': [models.Index(fields=['house', 'booked_at'], name='ledger_by_house'), models.Index(fields=['performance', 'account'], name='ledger_by_performance')],
            },
        ),
        migrations.CreateModel(
            name='Venue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField()),
                ('name', models.CharField(max_length=120)),
                ('street', models.CharField(max_length=200)),
                ('postcode', models.CharField(max_length=12)),
                ('city', models.CharField(max_length=100)),
                ('country', models.CharField(default='BE', max_length=2)),
                ('latitude', models.FloatField(blank=True, null=True)),
                ('longitude', models.FloatField(blank=True, null=True)),
                ('access', i18nfield.fields.I18nTextField(blank=True)),
                ('house', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='venues', to='ticketing.house')),
            ],
            options={
                'ordering': ['name'],
                'constraints': [models.UniqueConstraint(fields=('house', 'slug'), name='venue_once_per_house')],
            },
        ),
        migrations.AddField(
            model_name='hall',
            name='venue',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='halls', to='ticketing.venue'),
        ),
        migrations.CreateModel(
            name='WaitingListEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.EmailField(max_length=254)),
                ('first_name', models.CharField(blank=True, max_length=80)),
                ('language', models.CharField(max_length=2)),
                ('quantity', models.PositiveSmallIntegerField()),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('offered', 'Offered'), ('served', 'Served'), ('lapsed', 'Lapsed'), ('withdrawn', 'Withdrawn')], default='waiting', max_length=10)),
                ('secret', models.CharField(max_length=24, unique=True)),
                ('joined_at', models.DateTimeField()),
                ('offered_until', models.DateTimeField(blank=True, null=True)),
                ('basket', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='ticketing.basket')),
                ('performance', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='waiting_list', to='ticketing.performance')),
                ('rank', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='ticketing.rank')),
            ],
            options={
                'ordering': ['joined_at', 'id'],
                'constraints': [models.UniqueConstraint(models.F('performance'), django.db.models.functions.text.Lower('email'), condition=models.Q(('state__in', ['waiting', 'offered'])), name='waits_once'), models.CheckConstraint(condition=models.Q(('quantity__gte', 1), ('quantity__lte', 10)), name='waits_for_some_places')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ledgergroup',
            trigger=pgtrigger.compiler.Trigger(name='groups_stay', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='1075843fc4d460ddfae8927423c3e61dde93e334', operation='UPDATE OR DELETE', pgid='pgtrigger_groups_stay_8a30c', table='ticketing_ledgergroup', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='consententry',
            trigger=pgtrigger.compiler.Trigger(name='consent_log_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='34d8684676d12ba7786eccef17c001b6c704d470', operation='UPDATE', pgid='pgtrigger_consent_log_stays_ad1ca', table='ticketing_consententry', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='payment',
            constraint=models.UniqueConstraint(condition=models.Q(('provider_id', ''), _negated=True), fields=('account', 'provider_id'), name='provider_payment_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='performancepricegrid',
            trigger=pgtrigger.compiler.Trigger(name='price_history_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='01f0fbb1097e4d34bed200384f8683aad669fec4', operation='UPDATE OR DELETE', pgid='pgtrigger_price_history_stays_0a42b', table='ticketing_performancepricegrid', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='orderline',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'place'), _negated=True), models.Q(('performance__isnull', False), ('place__isnull', False)), _connector='OR'), name='place_line_names_its_place'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='orderline',
            trigger=pgtrigger.compiler.Trigger(name='lines_stay', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'order lines are never rewritten';", hash='08d6b6b96f5b571cc9d3d9daf9938eaec441d87a', operation='UPDATE OR DELETE', pgid='pgtrigger_lines_stay_f3888', table='ticketing_orderline', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='credit',
            constraint=models.UniqueConstraint(fields=('production', 'performer'), name='credit_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='pricegridcell',
            trigger=pgtrigger.compiler.Trigger(name='grid_cells_stay', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='ff3ef04927f11087dc730bc40a020a99bd9728ce', operation='UPDATE', pgid='pgtrigger_grid_cells_stay_6accf', table='ticketing_pricegridcell', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='place',
            trigger=pgtrigger.compiler.Trigger(name='stamp_change', sql=pgtrigger.compiler.UpsertTriggerSql(func='NEW.changed_xid = pg_current_xact_id()::text::bigint; RETURN NEW;', hash='14d5dc5dfced0a47a23264d2072ff73db709ae9e', operation='INSERT OR UPDATE', pgid='pgtrigger_stamp_change_28a49', table='ticketing_place', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='giftcardentry',
            trigger=pgtrigger.compiler.Trigger(name='card_entries_stay', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='527df5d5d8b5669d2055160bafe4eb4ad52c71a6', operation='UPDATE OR DELETE', pgid='pgtrigger_card_entries_stay_8081d', table='ticketing_giftcardentry', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='giftcardentry',
            trigger=pgtrigger.compiler.Trigger(name='card_never_negative', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func="\n                    PERFORM 1 FROM ticketing_giftcard WHERE id = NEW.card_id FOR UPDATE;\n                    IF (SELECT sum(amount) FROM ticketing_giftcardentry WHERE card_id = NEW.card_id) < 0 THEN\n                        RAISE EXCEPTION 'gift card % would go below zero', NEW.card_id\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    RETURN NULL;\n                    ", hash='af997a78158c9e5acae25aea0455c16ad707bf5e', operation='INSERT', pgid='pgtrigger_card_never_negative_966a3', table='ticketing_giftcardentry', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='seatingplanversion',
            trigger=pgtrigger.compiler.Trigger(name='frozen_plan_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."frozen_at" IS NOT NULL)', func="RAISE EXCEPTION 'a frozen seating plan version never changes';", hash='2a5d161e51704d6644a0e5b0a0d3c1aa832408af', operation='UPDATE OR DELETE', pgid='pgtrigger_frozen_plan_stays_bcf1c', table='ticketing_seatingplanversion', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='performance',
            index=models.Index(fields=['production', 'starts_at'], name='performance_of_production'),
        ),
        migrations.AddConstraint(
            model_name='performance',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'on_sale'), _negated=True), ('price_grid_version__isnull', False), _connector='OR'), name='on_sale_has_prices'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ledgerentry',
            trigger=pgtrigger.compiler.Trigger(name='entries_stay', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='a4ef8aab67f776791a5c9d595a8bdf867c10160e', operation='UPDATE OR DELETE', pgid='pgtrigger_entries_stay_7ded8', table='ticketing_ledgerentry', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ledgerentry',
            trigger=pgtrigger.compiler.Trigger(name='group_is_zero', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    IF EXISTS (\n                        SELECT 1 FROM written GROUP BY group_id, house_id HAVING sum(amount) <> 0\n                    ) THEN\n                        RAISE EXCEPTION 'a ledger group does not sum to zero' USING ERRCODE = 'check_violation';\n                    END IF;\n                    RETURN NULL;\n                    ", hash='e1ec3afd25fed66b102c51bef36a14c5a489ddc3', level='STATEMENT', operation='INSERT', pgid='pgtrigger_group_is_zero_62fe2', referencing='REFERENCING NEW TABLE AS written ', table='ticketing_ledgerentry', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='hall',
            constraint=models.UniqueConstraint(fields=('venue', 'code'), name='hall_once_per_venue'),
        ),
    ]
