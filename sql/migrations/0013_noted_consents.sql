-- A consent that a coordinator typed without saying how it was told: the coordination's note, not the community's own word.

ALTER TABLE consents DROP CONSTRAINT consents_channel_check,
  ADD CONSTRAINT consents_channel_check
    CHECK (channel IN ('self', 'phone', 'mail', 'meeting', 'file', 'coordinator'));
