-- One-time codes: what an invited community answers with. No reader sees either table.

CREATE TABLE one_time_codes (
  id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  community_id bigint NOT NULL REFERENCES communities ON DELETE CASCADE,
  purpose      text NOT NULL CHECK (purpose IN ('invitation')),
  handle       text COLLATE "C" NOT NULL CHECK (octet_length(handle) = 4),   -- finds the code, and proves nothing
  secret       bytea NOT NULL CHECK (octet_length(secret) = 32),             -- SHA-256; the code itself is nowhere
  created_at   timestamptz NOT NULL DEFAULT now(),
  expires_at   timestamptz NOT NULL,
  used_at      timestamptz,
  revoked_at   timestamptz,
  CHECK (num_nonnulls(used_at, revoked_at) <= 1)
);
CREATE INDEX one_time_codes_by_handle ON one_time_codes (handle);
-- A new code takes the place of the one before: one at most stands, expired or not.
CREATE UNIQUE INDEX one_time_codes_standing ON one_time_codes (community_id, purpose)
  WHERE used_at IS NULL AND revoked_at IS NULL;
CREATE INDEX one_time_codes_by_community ON one_time_codes (community_id);

-- How many codes were tried and refused in an hour: by whoever is confined to a community, or by all others together.
CREATE TABLE code_guesses (
  hour         timestamptz NOT NULL,
  community_id bigint REFERENCES communities ON DELETE CASCADE,
  guesses      integer NOT NULL,
  UNIQUE NULLS NOT DISTINCT (hour, community_id)
);
CREATE INDEX code_guesses_by_community ON code_guesses (community_id);
