-- Rings of mutual help, and how the pairs of a round were listed.

ALTER TABLE rounds
  ADD COLUMN listed     integer,                     -- how many of its best offers each need listed; all where null (or not kept yet)
  ADD COLUMN extensions bigint NOT NULL DEFAULT 0,   -- how often a need was given more
  ADD COLUMN scope      text NOT NULL DEFAULT 'market' CHECK (scope IN ('market', 'listed')),
  ADD COLUMN pairs      integer NOT NULL DEFAULT 0,  -- two communities that help each other, where that was sought
  ADD COLUMN rings      integer NOT NULL DEFAULT 0;  -- three that help in a circle

ALTER TABLE matches ADD COLUMN ring integer CHECK (ring >= 1);

-- A multiplier is the price of help from one community, the subject, to another.
ALTER TABLE round_prices ADD COLUMN other slug;
ALTER TABLE round_prices DROP CONSTRAINT round_prices_kind_check;
ALTER TABLE round_prices ADD CONSTRAINT round_prices_kind_check
  CHECK (kind IN ('provider', 'receiver', 'need', 'offer', 'multiplier'));
ALTER TABLE round_prices ADD CONSTRAINT round_prices_other_check CHECK ((kind = 'multiplier') = (other IS NOT NULL));
