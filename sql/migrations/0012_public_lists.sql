-- The lists that anybody may ask for, in the order in which they are given: however many communities are hidden, a page
-- passes over those that its reader may see. Consent is looked up for each of these.
CREATE INDEX communities_public ON communities (slug)
  WHERE visibility = 'public' AND status <> 'unconfirmed';
CREATE INDEX communities_shown ON communities (slug)
  WHERE visibility IN ('public', 'partners') AND status <> 'unconfirmed';

-- Hidden and unconfirmed mostly go together, imported ones above all. Unaware of it, the planner takes the communities
-- shown for far fewer than they are, and joins them to their matches row by row.
CREATE STATISTICS communities_seen (mcv) ON visibility, status FROM communities;
ANALYZE communities;
