-- Lifting a ban puts back what was there before it: a contested or archived key must not come back as a bound one.

ALTER TABLE bindings
    ADD COLUMN state_before_ban text CHECK (state_before_ban IN ('archived', 'contested'));
