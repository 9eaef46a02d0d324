-- A consent that a file of profiles says: nobody knows who wrote it, and it is not the community's own word.

ALTER TABLE consents DROP CONSTRAINT consents_channel_check,
  ADD CONSTRAINT consents_channel_check CHECK (channel IN ('self', 'phone', 'mail', 'meeting', 'file'));
