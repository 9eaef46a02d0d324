-- Zones that public lists define (by commune, or by quarter of a commune), each as often as a list of it was loaded.

CREATE TABLE zones (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  slug        slug NOT NULL,
  vintage     text COLLATE "C" NOT NULL CHECK (vintage ~ '^[0-9]{4}(-[0-9]{2}-[0-9]{2})?$'),
  source      text NOT NULL,                         -- the list's address or name, for people to read
  imported_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (slug, vintage)
);

CREATE TABLE zone_parts (
  zone_id   bigint NOT NULL REFERENCES zones ON DELETE CASCADE,
  territory text COLLATE "C" NOT NULL,               -- a code of territories, or one not loaded yet
  quarter   text COLLATE "C" NOT NULL DEFAULT '',    -- the quarter's code; empty where the whole commune is meant
  name      text NOT NULL,
  PRIMARY KEY (zone_id, territory, quarter)
);
