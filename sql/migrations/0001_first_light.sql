-- First light: the vocabulary, territories, communities, rounds and their results, partners.
-- Text that identifies is compared byte by byte (COLLATE "C"), so that order never depends on a locale.

CREATE DOMAIN slug AS text COLLATE "C"
  CHECK (VALUE ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND octet_length(VALUE) <= 63);
-- Parts per million of one.
CREATE DOMAIN share AS integer CHECK (VALUE BETWEEN 0 AND 1000000);

-- ---------------------------------------------------------------- vocabulary

CREATE TABLE skills (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  slug        slug NOT NULL UNIQUE,
  label_fr    text NOT NULL,
  label_en    text NOT NULL,
  broader_id  bigint REFERENCES skills,
  synonyms_fr text[] NOT NULL DEFAULT '{}',
  synonyms_en text[] NOT NULL DEFAULT '{}'
);

-- "Who knows skill_id can largely help with related_id."
CREATE TABLE skill_relations (
  skill_id   bigint NOT NULL REFERENCES skills,
  related_id bigint NOT NULL REFERENCES skills,
  strength   share NOT NULL,
  PRIMARY KEY (skill_id, related_id),
  CHECK (skill_id <> related_id)
);

-- ---------------------------------------------------------------- territories

CREATE TABLE territories (
  code         text COLLATE "C" PRIMARY KEY,
  name         text NOT NULL,
  folded_name  text COLLATE "C" NOT NULL,            -- lower case, no accents: what a search compares
  postcodes    text[] NOT NULL DEFAULT '{}',
  departement  text NOT NULL,
  region       text NOT NULL,
  latitude_e6  integer CHECK (latitude_e6 BETWEEN -90000000 AND 90000000),
  longitude_e6 integer CHECK (longitude_e6 BETWEEN -180000000 AND 180000000),
  population   integer,
  CHECK ((latitude_e6 IS NULL) = (longitude_e6 IS NULL))
);
CREATE INDEX territories_by_name ON territories (folded_name text_pattern_ops);
CREATE INDEX territories_by_postcode ON territories USING gin (postcodes);

-- ---------------------------------------------------------------- communities

CREATE TABLE communities (
  id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  slug         slug NOT NULL UNIQUE,
  name         text NOT NULL,
  kind         text NOT NULL,
  status       text NOT NULL CHECK (status IN ('unconfirmed', 'active', 'paused')),
  stage        text,
  parent_id    bigint REFERENCES communities,
  territory    text COLLATE "C",                     -- a code of territories, or one not loaded yet
  latitude_e6  integer CHECK (latitude_e6 BETWEEN -90000000 AND 90000000),
  longitude_e6 integer CHECK (longitude_e6 BETWEEN -180000000 AND 180000000),
  languages    text[] NOT NULL,
  modes        text[] NOT NULL,
  slots        text[] NOT NULL DEFAULT '{}',
  max_km       integer NOT NULL,
  give         integer NOT NULL,
  receive      integer NOT NULL,
  visibility   text NOT NULL CHECK (visibility IN ('public', 'partners', 'private')),
  confirmed_on date,                                 -- when the community last said that this is right
  created_at   timestamptz NOT NULL DEFAULT now(),
  updated_at   timestamptz NOT NULL DEFAULT now(),
  CHECK ((latitude_e6 IS NULL) = (longitude_e6 IS NULL)),
  CHECK (parent_id <> id)
);
CREATE INDEX communities_by_parent ON communities (parent_id) WHERE parent_id IS NOT NULL;

-- Kept apart: the reader role never sees these two.
CREATE TABLE contacts (
  community_id bigint PRIMARY KEY REFERENCES communities ON DELETE CASCADE,
  contact      text NOT NULL
);
CREATE TABLE sources (
  source       text COLLATE "C" NOT NULL,            -- which kind of file the community came from
  source_id    text COLLATE "C" NOT NULL,            -- its identity there
  community_id bigint NOT NULL REFERENCES communities ON DELETE CASCADE,
  PRIMARY KEY (source, source_id)
);
CREATE INDEX sources_by_community ON sources (community_id);

CREATE TABLE consents (
  community_id bigint NOT NULL REFERENCES communities ON DELETE CASCADE,
  purpose      text NOT NULL CHECK (purpose IN ('matching', 'publication', 'contact', 'research')),
  granted      boolean NOT NULL,
  text_version text NOT NULL,
  channel      text NOT NULL CHECK (channel IN ('self', 'phone', 'mail', 'meeting')),
  given_at     timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (community_id, purpose)
);

CREATE TABLE offers (
  community_id bigint NOT NULL REFERENCES communities ON DELETE CASCADE,
  skill_id     bigint NOT NULL REFERENCES skills,
  level        integer NOT NULL CHECK (level BETWEEN 1 AND 4),
  capacity     integer NOT NULL CHECK (capacity >= 0),
  posture      text,
  formats      text[] NOT NULL DEFAULT '{}',
  modes        text[] NOT NULL DEFAULT '{}',
  languages    text[] NOT NULL DEFAULT '{}',
  slots        text[] NOT NULL DEFAULT '{}',
  group_max    integer,
  until        date,
  suggested    boolean NOT NULL DEFAULT false,       -- read from a file of places; a promise only once confirmed
  PRIMARY KEY (community_id, skill_id)
);
CREATE INDEX offers_by_skill ON offers (skill_id);

CREATE TABLE needs (
  community_id bigint NOT NULL REFERENCES communities ON DELETE CASCADE,
  skill_id     bigint NOT NULL REFERENCES skills,
  level_now    integer NOT NULL CHECK (level_now BETWEEN 1 AND 4),
  level        integer NOT NULL CHECK (level BETWEEN 1 AND 4),
  urgency      integer NOT NULL CHECK (urgency BETWEEN 1 AND 3),
  quantity     integer NOT NULL CHECK (quantity >= 1),
  needed_by    date,
  posture      text,
  formats      text[] NOT NULL DEFAULT '{}',
  modes        text[] NOT NULL DEFAULT '{}',
  languages    text[] NOT NULL DEFAULT '{}',
  slots        text[] NOT NULL DEFAULT '{}',
  closed_at    timestamptz,                          -- the community says that it is met
  PRIMARY KEY (community_id, skill_id)
);
CREATE INDEX needs_by_skill ON needs (skill_id);

-- ---------------------------------------------------------------- rounds

CREATE TABLE rounds (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  slug            slug NOT NULL UNIQUE,
  title           text NOT NULL,
  status          text NOT NULL CHECK (status IN ('draft', 'open', 'proposed', 'published', 'closed', 'cancelled')),
  epoch           integer NOT NULL DEFAULT 1,        -- one more at each change: a stale writer finds another number
  created_at      timestamptz NOT NULL DEFAULT now(),
  opened_at       timestamptz,
  run_at          timestamptz,
  published_at    timestamptz,
  -- The result, all of it or nothing.
  on_date         date,
  matches         integer,
  score           bigint,
  objective       bigint,
  bound           bigint,
  candidates      bigint,
  input_digest    text,
  instance_digest text,
  result_digest   text,
  CHECK (num_nulls(run_at, on_date, matches, score, objective, bound, candidates,
                   input_digest, instance_digest, result_digest) IN (0, 10)),
  CHECK ((status IN ('proposed', 'published', 'closed')) <= (run_at IS NOT NULL))
);

-- The frozen input, a line a row: parameters, vocabulary, profiles, who is absent and why, past meetings.
CREATE TABLE round_inputs (
  round_id bigint NOT NULL REFERENCES rounds ON DELETE CASCADE,
  n        integer NOT NULL,
  kind     text NOT NULL,
  subject  text COLLATE "C" NOT NULL,
  line     text NOT NULL,
  digest   text NOT NULL,                            -- SHA-256 of the line: tells which one was altered
  PRIMARY KEY (round_id, n)
);
CREATE INDEX round_inputs_by_subject ON round_inputs (round_id, kind, subject);

-- The instance: integers only, many lines a row.
CREATE TABLE round_instances (
  round_id bigint NOT NULL REFERENCES rounds ON DELETE CASCADE,
  n        integer NOT NULL,
  lines    text NOT NULL,
  PRIMARY KEY (round_id, n)
);

CREATE TABLE round_prices (
  round_id bigint NOT NULL REFERENCES rounds ON DELETE CASCADE,
  kind     text NOT NULL CHECK (kind IN ('provider', 'receiver', 'need', 'offer')),
  n        integer NOT NULL,                         -- the index in the instance
  subject  slug NOT NULL,
  skill    slug,
  price    bigint NOT NULL,
  PRIMARY KEY (round_id, kind, n)
);

CREATE TABLE matches (
  round_id       bigint NOT NULL REFERENCES rounds ON DELETE CASCADE,
  number         integer NOT NULL,
  candidate      integer NOT NULL,                   -- its index in the instance
  status         text NOT NULL,
  score          share NOT NULL,
  provider_id    bigint NOT NULL REFERENCES communities,
  offer_skill_id bigint NOT NULL REFERENCES skills,
  receiver_id    bigint NOT NULL REFERENCES communities,
  need_skill_id  bigint NOT NULL REFERENCES skills,
  distance_hm    integer,                            -- hectometres; unknown when a side has no position
  PRIMARY KEY (round_id, number),
  UNIQUE (round_id, receiver_id, need_skill_id, provider_id, offer_skill_id)
);
CREATE INDEX matches_by_provider ON matches (provider_id, round_id);
CREATE INDEX matches_by_receiver ON matches (receiver_id, round_id);

CREATE TABLE match_reasons (
  round_id bigint NOT NULL,
  number   integer NOT NULL,
  position integer NOT NULL,                         -- the order in which factors are listed
  factor   text NOT NULL,
  weight   share NOT NULL,
  value    share NOT NULL,
  points   share NOT NULL,
  PRIMARY KEY (round_id, number, position),
  FOREIGN KEY (round_id, number) REFERENCES matches ON DELETE CASCADE
);

-- ---------------------------------------------------------------- partners

CREATE TABLE partners (
  id   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  slug slug NOT NULL UNIQUE,
  name text NOT NULL
);

CREATE TABLE tokens (
  id         text COLLATE "C" PRIMARY KEY,
  partner_id bigint NOT NULL REFERENCES partners,
  secret     bytea NOT NULL CHECK (octet_length(secret) = 32),   -- SHA-256; the secret itself is nowhere
  scopes     text[] NOT NULL,
  networks   text[] NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  revoked_at timestamptz
);
CREATE INDEX tokens_by_partner ON tokens (partner_id);

-- ---------------------------------------------------------------- the role of the endpoint: it reads, and not everything

GRANT USAGE ON SCHEMA public TO entraide_reader;
GRANT SELECT ON schema_migrations, skills, skill_relations, territories, communities, consents, offers, needs,
  rounds, matches, match_reasons, partners, tokens TO entraide_reader;
