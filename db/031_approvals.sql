-- An operator says yes or no to those who were refused: what he said no to must not ask him again.

CREATE TABLE refused_networks (
    binding_id uuid NOT NULL REFERENCES bindings (id) ON DELETE CASCADE,
    network    cidr NOT NULL,
    refused_at timestamptz NOT NULL DEFAULT now(),
    refused_by text NOT NULL,
    PRIMARY KEY (binding_id, network)
);

-- Claims come and go with each random key that somebody tries: no index of lists should pay for them.
DROP INDEX bindings_state;
DROP INDEX bindings_text;
CREATE INDEX bindings_state ON bindings (state, created_at, id) WHERE state <> 'claimed';
CREATE INDEX bindings_text ON bindings USING gin ((hint || ' ' || label) gin_trgm_ops) WHERE state <> 'claimed';

-- A list that goes on behind a cursor compares its keys as one, and NULL compares with nothing.
DROP INDEX bindings_last_used_at;
CREATE INDEX bindings_last_used_at ON bindings (coalesce(last_used_at, '-infinity'), id) WHERE state <> 'claimed';
