-- The concept of the European classification of skills that a skill is, where there is one.

ALTER TABLE skills ADD COLUMN esco text CHECK (esco ~ '^skill/[0-9a-f-]{36}$');
