-- The same table by plain SQL, as someone who writes a script for this one file would: COPY into a staging table, then an
-- upsert per table. Run by psql, from the folder of the table, which is called table.csv.
--
-- Tables of the same shape as the program's own, with their indexes, checks and references, in a schema beside them; the same
-- server, with the same durability. What the program does beyond: find encoding, delimiter and columns by itself, mend cells, tell
-- each refused row with its reason, count what was lost, compare neighbours' names, and leave alone what a person has
-- confirmed.
\set ON_ERROR_STOP on
\set QUIET on
CREATE SCHEMA IF NOT EXISTS rival;
CREATE TABLE IF NOT EXISTS rival.communities (LIKE public.communities INCLUDING ALL);
CREATE TABLE IF NOT EXISTS rival.sources (
  LIKE public.sources INCLUDING ALL, FOREIGN KEY (community_id) REFERENCES rival.communities ON DELETE CASCADE);
CREATE TABLE IF NOT EXISTS rival.offers (
  LIKE public.offers INCLUDING ALL, FOREIGN KEY (community_id) REFERENCES rival.communities ON DELETE CASCADE,
  FOREIGN KEY (skill_id) REFERENCES public.skills);
CREATE TABLE IF NOT EXISTS rival.needs (
  LIKE public.needs INCLUDING ALL, FOREIGN KEY (community_id) REFERENCES rival.communities ON DELETE CASCADE,
  FOREIGN KEY (skill_id) REFERENCES public.skills);

CREATE TEMPORARY TABLE staging (
  id text, name text, kind text, territory text, latitude numeric, longitude numeric, offers text, needs text, contact text,
  slug text);
\copy staging (id, name, kind, territory, latitude, longitude, offers, needs, contact) from 'table.csv' with (format csv, header)

-- A name that tells nothing, or too long; a slug that the identifier makes the row's own.
DELETE FROM staging WHERE name IS NULL OR name !~ '[[:alnum:]]' OR octet_length(name) > 200;
UPDATE staging SET slug = left(trim(BOTH '-' FROM regexp_replace(
    translate(lower(name), 'àâäéèêëîïôöùûüç', 'aaaeeeeiioouuuc'), '[^a-z0-9]+', '-', 'g')), 50) || '-' || left(md5(id), 10);
ANALYZE staging;

INSERT INTO rival.communities AS old (slug, name, kind, status, territory, latitude_e6, longitude_e6, languages, modes, max_km,
  give, receive, visibility)
SELECT replace(slug, '--', '-'), name,
  CASE kind WHEN 'Fablabs' THEN 'fablab' WHEN 'Tiers-lieux' THEN 'third-place' WHEN 'Association' THEN 'association'
    WHEN 'Coopérative' THEN 'cooperative' ELSE 'other' END,
  'unconfirmed', territory, round(latitude * 1000000), round(longitude * 1000000), '{fr}', '{remote,on-site}', 50, 3, 2,
  'partners'
FROM staging
ON CONFLICT (slug) DO UPDATE SET name = excluded.name, kind = excluded.kind, territory = excluded.territory,
  latitude_e6 = excluded.latitude_e6, longitude_e6 = excluded.longitude_e6, updated_at = now();

INSERT INTO rival.sources AS old (source, source_id, community_id)
SELECT 'csv', t.id, c.id FROM staging AS t JOIN rival.communities AS c ON c.slug = replace(t.slug, '--', '-')
ON CONFLICT (source, source_id) DO UPDATE SET community_id = excluded.community_id;

INSERT INTO rival.offers (community_id, skill_id, level, capacity, suggested)
SELECT DISTINCT c.id, s.id, 3, 1, true
FROM staging AS t JOIN rival.communities AS c ON c.slug = replace(t.slug, '--', '-')
  CROSS JOIN LATERAL string_to_table(t.offers, '|') AS o (label) JOIN public.skills AS s ON s.label_fr = o.label
ON CONFLICT (community_id, skill_id) DO UPDATE SET level = excluded.level, capacity = excluded.capacity;

INSERT INTO rival.needs (community_id, skill_id, level_now, level, urgency, quantity)
SELECT DISTINCT c.id, s.id, 1, 2, 2, 1
FROM staging AS t JOIN rival.communities AS c ON c.slug = replace(t.slug, '--', '-')
  CROSS JOIN LATERAL string_to_table(t.needs, '|') AS n (label) JOIN public.skills AS s ON s.label_fr = n.label
ON CONFLICT (community_id, skill_id) DO UPDATE SET level = excluded.level, urgency = excluded.urgency;
