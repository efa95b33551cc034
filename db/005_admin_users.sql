-- Those who may operate the gateway, known by the hash of their password only.

CREATE TABLE admin_users (
    id            uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    username      text NOT NULL,
    password_hash text NOT NULL,
    role          text NOT NULL CHECK (role IN ('viewer', 'operator', 'admin')),
    created_at    timestamptz NOT NULL DEFAULT now(),
    last_login_at timestamptz
);

-- Two spellings of one name are one user.
CREATE UNIQUE INDEX admin_users_username ON admin_users (lower(username));
