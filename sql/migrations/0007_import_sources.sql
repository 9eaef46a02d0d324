-- What the file that a community came from last said of its row.

ALTER TABLE sources
  ADD COLUMN updated_on date,                        -- the day on which its author last touched the row, where it tells
  ADD COLUMN closed boolean NOT NULL DEFAULT false;  -- it says that the place is closed: then the file may open it again
