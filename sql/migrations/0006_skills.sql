-- The concept of the European classification of skills (ESCO) that a skill is, where there is one; and skills that
-- imports propose, until someone accepts them or merges them into another.

ALTER TABLE skills
  ADD COLUMN esco      text CHECK (esco ~ '^skill/[0-9a-f-]{36}$'),
  ADD COLUMN standing  text NOT NULL DEFAULT 'accepted' CHECK (standing IN ('accepted', 'proposed', 'merged')),
  -- A merged skill stays: past rounds name it, and files that still say it mean the other.
  ADD COLUMN merged_id bigint REFERENCES skills,
  ADD CHECK ((standing = 'merged') = (merged_id IS NOT NULL)),
  ADD CHECK (merged_id <> id);
