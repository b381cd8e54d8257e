-- One night after the other, going back from yesterday.
CREATE TEMPORARY TABLE large_night AS
WITH made AS (
    INSERT INTO ticketing_performance (
        production_id, house_id, hall_id, plan_version_id, plan_variant, code, state, starts_at, doors_at, ends_at,
        sales_from, price_grid_version_id, refuse_orphans, note)
    SELECT (%(productions)s::bigint[])[1 + n %% cardinality(%(productions)s::bigint[])], %(house)s, %(hall)s,
           %(version)s, '', upper(substr(md5('large-night-' || n), 1, 8)), 'on_sale',
           date_trunc('day', %(now)s::timestamptz) - (n + 1) * interval '1 day' + interval '20 hours',
           NULL, NULL, NULL, %(grid)s, true, ''
    FROM generate_series(%(first)s::bigint, %(first)s::bigint + %(count)s::bigint - 1) AS n
    RETURNING id, production_id, starts_at
)
SELECT id, production_id, starts_at, row_number() OVER (ORDER BY starts_at DESC) - 1 + %(first)s::bigint AS n FROM made;

INSERT INTO ticketing_performancepricegrid (performance_id, version_id, valid_from)
SELECT id, %(grid)s, starts_at - interval '120 days' FROM large_night;

CREATE TEMPORARY TABLE large_seat AS
SELECT * FROM unnest(%(indexes)s::int[], %(codes)s::text[], %(seats)s::text[], %(areas)s::text[], %(rows)s::text[],
                     %(numbers)s::text[], %(ranks)s::bigint[], %(kinds)s::text[])
    WITH ORDINALITY AS seat(index, code, seat, area, row, number, rank_id, kind, position);

-- People come in twos; the same number of them every night.
CREATE TEMPORARY TABLE large_party AS
SELECT night.id AS performance_id, night.production_id, night.n * 500 + party AS number, party,
       gen_random_uuid() AS order_id, gen_random_uuid() AS payment_id, gen_random_uuid() AS sale_id,
       gen_random_uuid() AS paid_id, 2 * %(gross)s::numeric AS total,
       night.starts_at - interval '1 hour' * (3 + (night.n * 31 + party * 17) %% 2400) AS at
FROM large_night AS night, generate_series(0, (SELECT (count(*) + 1) / 2 - 1 FROM large_seat)) AS party;

UPDATE large_party SET total = (
    SELECT count(*) FROM large_seat WHERE (position - 1) / 2 = large_party.party) * %(gross)s::numeric
WHERE party = (SELECT max(party) FROM large_party);

ANALYZE large_party;

ANALYZE large_seat;

INSERT INTO ticketing_order (id, reference, state, language, first_name, last_name, email, total, placed_at, paid_at,
                             abandon_reason, link_secret, is_historical, customer_id, house_id, channel_id)
SELECT party.order_id, 'Z-' || upper(lpad(to_hex(party.number), 8, '0')), 'paid', buyer.language, buyer.first_name,
       buyer.last_name, buyer.email, party.total, party.at, party.at + interval '3 minutes', '',
       upper(substr(md5(party.order_id::text), 1, 16)), true, buyer.id, %(house)s, %(channel)s
FROM large_party AS party
JOIN large_buyer AS buyer ON buyer.n = (party.number * 7919) %% (SELECT count(*) FROM large_buyer);

INSERT INTO ticketing_place (performance_id, index, code, seat, area, rank_id, kind, state, holder, changed_xid)
SELECT party.performance_id, seat.index, seat.code, seat.seat, seat.area, seat.rank_id, seat.kind, 'sold',
       party.order_id, 0
FROM large_party AS party JOIN large_seat AS seat ON (seat.position - 1) / 2 = party.party;

ANALYZE ticketing_place;

INSERT INTO ticketing_orderline (order_id, kind, house_id, performance_id, place_id, price_type_id, family, gross,
                                 components, description, created_at)
SELECT party.order_id, 'place', %(house)s, party.performance_id, place.id, %(price_type)s, 'full', %(gross)s,
       jsonb_build_array(jsonb_build_object(
           'kind', 'ticket', 'name', jsonb_build_object('nl', 'Normaal', 'fr', 'Plein tarif', 'en', 'Full price'),
           'gross', %(gross)s::text, 'vat', %(vat)s::text, 'vat_rule', %(vat_rule)s::bigint, 'vat_rate', %(rate)s::text)),
       jsonb_build_object('title', jsonb_build_object('nl', 'Archiefstuk'), 'number', seat.number,
           'row', jsonb_build_object('nl', seat.row), 'area', jsonb_build_object('nl', seat.area)),
       party.at
FROM large_party AS party
JOIN ticketing_place AS place ON place.performance_id = party.performance_id AND place.holder = party.order_id
JOIN large_seat AS seat ON seat.index = place.index;

ANALYZE ticketing_orderline;

INSERT INTO ticketing_ticket (line_id, performance_id, place_id, serial, code, state, issued_at, holder_name)
SELECT line.id, line.performance_id, line.place_id, upper(substr(md5('serial-' || line.id), 1, 16)),
       upper(substr(md5('code-' || line.id), 1, 12)), 'valid', party.at + interval '3 minutes', ''
FROM ticketing_orderline AS line JOIN large_party AS party ON party.order_id = line.order_id;

INSERT INTO ticketing_payment (id, order_id, means, account_id, amount, state, provider_id, idempotency_key, method,
                               checkout_url, created_at, paid_at)
SELECT payment_id, order_id, 'provider', %(account)s, total, 'paid', 'large_' || number, gen_random_uuid(),
       'bancontact', '', at, at + interval '3 minutes'
FROM large_party;

INSERT INTO ticketing_paymentallocation (payment_id, line_id, amount)
SELECT party.payment_id, line.id, line.gross
FROM ticketing_orderline AS line JOIN large_party AS party ON party.order_id = line.order_id;

INSERT INTO ticketing_ledgergroup (id, kind, order_id, booked_at)
SELECT sale_id, 'sale', order_id, at + interval '3 minutes' FROM large_party
UNION ALL
SELECT paid_id, 'payment', order_id, at + interval '3 minutes' FROM large_party;

INSERT INTO ticketing_ledgerentry (group_id, house_id, account, amount, performance_id, production_id, price_type_id,
                                   family, channel_id, line_id, vat_rate, vat_rule_id, booked_at, value_date)
SELECT party.sale_id, %(house)s, booking.account, booking.amount, party.performance_id, party.production_id,
       %(price_type)s, 'full', %(channel)s, line.id, booking.rate, booking.rule, party.at + interval '3 minutes',
       party.at::date
FROM ticketing_orderline AS line
JOIN large_party AS party ON party.order_id = line.order_id
CROSS JOIN (VALUES
    ('revenue_tickets', %(vat)s::numeric - %(gross)s::numeric, %(rate)s::numeric, %(vat_rule)s::bigint),
    ('vat', -%(vat)s::numeric, %(rate)s::numeric, %(vat_rule)s::bigint),
    ('receivable', %(gross)s::numeric, NULL, NULL)
) AS booking(account, amount, rate, rule);

INSERT INTO ticketing_ledgerentry (group_id, house_id, account, amount, family, channel_id, payment_id, booked_at,
                                   value_date)
SELECT party.paid_id, %(house)s, booking.account, booking.sign * party.total, '', %(channel)s, party.payment_id,
       party.at + interval '3 minutes', party.at::date
FROM large_party AS party CROSS JOIN (VALUES ('provider', 1), ('receivable', -1)) AS booking(account, sign);

-- Without statistics of these rows the trigger that checks each group at commit would read the whole table each time.
ANALYZE ticketing_ledgerentry;

SET LOCAL enable_seqscan = off;

DROP TABLE large_night, large_seat, large_party;
