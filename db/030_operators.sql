-- An operator who is demoted or disabled is so from the next request on: a token counts while its session is here.

ALTER TABLE admin_users
    ADD COLUMN is_disabled boolean NOT NULL DEFAULT false,
    ADD COLUMN is_built_in boolean NOT NULL DEFAULT false,
    ADD COLUMN unlocked_at timestamptz;

DROP TABLE revoked_tokens;

CREATE TABLE admin_sessions (
    id         uuid PRIMARY KEY,
    user_id    uuid NOT NULL REFERENCES admin_users (id) ON DELETE CASCADE,
    expires_at timestamptz NOT NULL
);

CREATE INDEX admin_sessions_user ON admin_sessions (user_id);
CREATE INDEX admin_sessions_expires_at ON admin_sessions (expires_at);

-- Tokens for scripts have 256 random bits: one round of SHA-256 hides them well enough.
CREATE TABLE admin_tokens (
    id             uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    user_id        uuid NOT NULL REFERENCES admin_users (id) ON DELETE CASCADE,
    name           text NOT NULL,
    role           text NOT NULL CHECK (role IN ('viewer', 'operator', 'admin')),
    hash           bytea NOT NULL UNIQUE CHECK (octet_length(hash) = 32),
    created_at     timestamptz NOT NULL DEFAULT now(),
    expires_at     timestamptz NOT NULL,
    last_used_at   timestamptz,
    last_used_from inet,
    UNIQUE (user_id, name)
);
