-- Networks of communities, and rounds of some networks alone.

CREATE TABLE networks (
  id   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  slug slug NOT NULL UNIQUE,
  name text NOT NULL
);

CREATE TABLE memberships (
  network_id   bigint NOT NULL REFERENCES networks,
  community_id bigint NOT NULL REFERENCES communities ON DELETE CASCADE,
  college      text,                                 -- the group of members it sits with, as the network calls it
  is_referent  boolean NOT NULL DEFAULT false,       -- whether it speaks for that group, or for the network
  PRIMARY KEY (network_id, community_id)
);
CREATE INDEX memberships_by_community ON memberships (community_id);

-- None: everybody.
CREATE TABLE round_networks (
  round_id   bigint NOT NULL REFERENCES rounds ON DELETE CASCADE,
  network_id bigint NOT NULL REFERENCES networks,
  PRIMARY KEY (round_id, network_id)
);

GRANT SELECT ON networks, memberships, round_networks TO entraide_reader;
