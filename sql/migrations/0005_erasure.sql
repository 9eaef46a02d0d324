-- Erasing a community, and saying who did what.

-- A match outlives its sides: what was erased is absent, the other side keeps what it received or gave.
ALTER TABLE matches ALTER COLUMN provider_id DROP NOT NULL, ALTER COLUMN receiver_id DROP NOT NULL;
ALTER TABLE matches DROP CONSTRAINT matches_provider_id_fkey, DROP CONSTRAINT matches_receiver_id_fkey;
ALTER TABLE matches
  ADD CONSTRAINT matches_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES communities ON DELETE SET NULL,
  ADD CONSTRAINT matches_receiver_id_fkey FOREIGN KEY (receiver_id) REFERENCES communities ON DELETE SET NULL;

-- Whose a price is, absent once erased; its index stays.
ALTER TABLE round_prices ALTER COLUMN subject DROP NOT NULL;

-- How many lines of its frozen input were erased since.
ALTER TABLE rounds ADD COLUMN erased integer NOT NULL DEFAULT 0;

-- What was erased, so that a restored backup can be told: SHA-256 of a key and the slug, which names nobody without the key.
CREATE TABLE erasure_key (
  id  integer PRIMARY KEY CHECK (id = 1),
  key bytea NOT NULL CHECK (octet_length(key) = 32)
);
CREATE TABLE erasures (
  tombstone bytea PRIMARY KEY CHECK (octet_length(tombstone) = 32),
  erased_at timestamptz NOT NULL DEFAULT now()
);

-- Who changed or exported what, without what it said. Nothing here is ever changed but to take an erased name out.
CREATE TABLE audit (
  id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at      timestamptz NOT NULL DEFAULT now(),
  actor   text NOT NULL,                             -- the user of the machine, @ the database's
  action  text NOT NULL,                             -- noun.verb
  subject text COLLATE "C",                          -- a slug; absent once erased, and where many were meant
  detail  text                                       -- key=value
);
CREATE INDEX audit_by_subject ON audit (subject);
