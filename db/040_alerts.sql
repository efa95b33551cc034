-- An alert must reach somebody although the console, the network or this process fails: it waits here until it did.

CREATE TABLE webhook_outbox (
    id              uuid PRIMARY KEY,
    created_at      timestamptz NOT NULL DEFAULT now(),
    event           jsonb NOT NULL,
    state           text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'delivered', 'failed', 'skipped')),
    attempts        integer NOT NULL DEFAULT 0,
    next_attempt_at timestamptz NOT NULL DEFAULT now(),
    lease           uuid,
    last_attempt_at timestamptz,
    last_status     integer,
    last_error      text,
    delivered_at    timestamptz
);

CREATE INDEX webhook_outbox_due ON webhook_outbox (next_attempt_at) WHERE state = 'pending';
CREATE INDEX webhook_outbox_created_at ON webhook_outbox (created_at DESC, id DESC);

-- After an alert its key is silent for a while. Its row settles which replica raises the next one.
CREATE TABLE alert_silences (
    fingerprint bytea PRIMARY KEY,
    until       timestamptz NOT NULL
);
