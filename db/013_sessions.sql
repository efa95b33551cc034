-- A token that was given back is refused although it has not expired.

CREATE TABLE revoked_tokens (
    id         uuid PRIMARY KEY,
    expires_at timestamptz NOT NULL
);
