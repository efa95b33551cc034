-- Live settings survive a restart and are the same for all replicas, so their truth is here.

CREATE TABLE settings (
    name       text PRIMARY KEY,
    value      jsonb NOT NULL,
    version    bigint NOT NULL DEFAULT 1,
    changed_at timestamptz NOT NULL DEFAULT now(),
    changed_by text NOT NULL
);
