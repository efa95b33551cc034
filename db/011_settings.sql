-- Settings change as one document, so that two operators never mix theirs and any earlier state can be put back.

DROP TABLE settings;

CREATE TABLE settings (
    version    bigint PRIMARY KEY,
    state      jsonb NOT NULL,
    changed_at timestamptz NOT NULL DEFAULT now(),
    changed_by text NOT NULL
);

INSERT INTO settings (version, state, changed_by) VALUES (0, '{}', 'sentinel');
