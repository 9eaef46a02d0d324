-- Rings of mutual help, and how the pairs of a round were listed.

ALTER TABLE rounds
  ADD COLUMN listed     integer,                     -- how many of its best offers each need listed; all where null (or not kept yet)
  ADD COLUMN extensions bigint NOT NULL DEFAULT 0,   -- how often a need was given more
  ADD COLUMN scope      text NOT NULL DEFAULT 'market' CHECK (scope IN ('market', 'listed')),
  ADD COLUMN pairs      integer NOT NULL DEFAULT 0,  -- two communities that help each other, where that was sought
  ADD COLUMN rings      integer NOT NULL DEFAULT 0;  -- three that help in a circle

ALTER TABLE matches ADD COLUMN ring integer CHECK (ring >= 1);

-- What the bound of mutual help adds to scores from one community to another, both by their indices in the instance.
CREATE TABLE round_multipliers (
  round_id bigint NOT NULL REFERENCES rounds ON DELETE CASCADE,
  provider integer NOT NULL,
  receiver integer NOT NULL,
  value    bigint NOT NULL,
  PRIMARY KEY (round_id, provider, receiver)
);
