-- An operator asks from which addresses a key came of late, not only from which it came last.

-- What was there before the last use: the latest first, each address once, so few that a row stays small.
ALTER TABLE bindings ADD COLUMN earlier_uses jsonb NOT NULL DEFAULT '[]';
