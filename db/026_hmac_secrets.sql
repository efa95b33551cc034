-- Rows know keys by an HMAC under a secret. While that is rotated, a key must stay known under the old one and the new.

-- The highest id here is the secret in use: every statement that names a key reads it, so that no two replicas, however
-- they are set up, can make two first uses of one key.
CREATE TABLE hmac_secrets (
    id         smallint PRIMARY KEY CHECK (id > 0),
    proof      bytea,
    used_since timestamptz NOT NULL DEFAULT now()
);

-- Keys that were bound before secrets had ids are named under the first one.
INSERT INTO hmac_secrets (id) SELECT 1 WHERE EXISTS (SELECT FROM bindings);

-- What a key is called under the secret before the one in use, for replicas that use that one still.
ALTER TABLE bindings ADD COLUMN former_fingerprint bytea;

CREATE INDEX bindings_former_fingerprint ON bindings (former_fingerprint) WHERE former_fingerprint IS NOT NULL;

-- A change concerns everybody who knows the key, whatever he calls it.
CREATE OR REPLACE FUNCTION note_binding_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        INSERT INTO binding_changes (fingerprint, version)
        SELECT DISTINCT name, removal FROM nextval('binding_versions') AS removal,
               unnest(ARRAY[OLD.fingerprint, OLD.former_fingerprint]) AS name WHERE name IS NOT NULL;
    ELSIF TG_OP = 'UPDATE' THEN
        INSERT INTO binding_changes (fingerprint, version)
        SELECT DISTINCT name, NEW.version FROM unnest(ARRAY[
               NEW.fingerprint, NEW.former_fingerprint, OLD.fingerprint, OLD.former_fingerprint]) AS name
         WHERE name IS NOT NULL;
    ELSE
        INSERT INTO binding_changes (fingerprint, version)
        SELECT DISTINCT name, NEW.version FROM unnest(ARRAY[NEW.fingerprint, NEW.former_fingerprint]) AS name
         WHERE name IS NOT NULL;
    END IF;
    RETURN NULL;
END
$$;
