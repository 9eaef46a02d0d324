-- Until when a community rests, and why. One without a row rests until it says otherwise, or its file does.

-- Kept apart: why somebody rests is for the coordinator and itself, and the reader role never sees it.
CREATE TABLE pauses (
  community_id bigint PRIMARY KEY REFERENCES communities ON DELETE CASCADE,
  since        date NOT NULL,
  until        date,                                 -- the last day of it: `tick` ends it the day after
  reason       text CHECK (reason IN ('season', 'workload', 'moving', 'people', 'other')),
  CHECK (until >= since)
);
CREATE INDEX pauses_by_until ON pauses (until) WHERE until IS NOT NULL;
