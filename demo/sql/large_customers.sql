INSERT INTO ticketing_customer (public_id, email, first_name, last_name, phone, street, postcode, city, country,
                                language, created_at)
SELECT gen_random_uuid(), 'large-' || n || '@example.org',
       (%(first)s::text[])[1 + n %% cardinality(%(first)s::text[])],
       (%(last)s::text[])[1 + (n * 7 + n / 113) %% cardinality(%(last)s::text[])],
       '', 'Kerkstraat ' || (1 + n %% 180), '9870', 'Havermonde', 'BE',
       (ARRAY['nl', 'nl', 'nl', 'fr', 'fr', 'en'])[1 + n %% 6],
       %(now)s::timestamptz - n %% 1400 * interval '1 day'
FROM generate_series(%(from)s::bigint, %(upto)s::bigint) AS n;

DROP TABLE IF EXISTS large_buyer;

CREATE TEMPORARY TABLE large_buyer AS
SELECT row_number() OVER (ORDER BY id) - 1 AS n, id, email, first_name, last_name, language
FROM ticketing_customer WHERE email LIKE 'large-%%';

CREATE UNIQUE INDEX large_buyer_n ON large_buyer (n);

ANALYZE large_buyer;
