-- What a round sets otherwise than by default, as it freezes it when it is run: `key=1,2,3`.

ALTER TABLE rounds ADD COLUMN parameters text[] NOT NULL DEFAULT '{}';
