-- A key is worth something only from the networks that its binding names: this is the truth about them.

CREATE SEQUENCE binding_versions;

-- One row per key, with its networks inside, so that one row lock settles every race about it.
-- A first use in flight is a row in state 'claimed'; its holders are the requests that keep the claim alive.
CREATE TABLE bindings (
    id               uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    fingerprint      bytea NOT NULL UNIQUE CHECK (octet_length(fingerprint) = 32),
    secret_id        smallint NOT NULL DEFAULT 1,
    hint             text NOT NULL,
    state            text NOT NULL CHECK (state IN ('claimed', 'active', 'banned', 'archived', 'contested')),
    networks         cidr[] NOT NULL,
    label            text NOT NULL DEFAULT '',
    version          bigint NOT NULL DEFAULT nextval('binding_versions'),
    created_at       timestamptz NOT NULL DEFAULT now(),
    first_used_from  inet,
    last_used_at     timestamptz,
    last_used_from   inet,
    claim_expires_at timestamptz,
    claim_holders    uuid[] NOT NULL DEFAULT '{}',
    claim_contended  boolean NOT NULL DEFAULT false,
    CHECK ((state = 'claimed') = (claim_expires_at IS NOT NULL))
);

-- Lapsed claims are found and swept without a look at the bindings.
CREATE INDEX bindings_claim_expires_at ON bindings (claim_expires_at) WHERE state = 'claimed';

-- The same networks one by one: "which keys may come from this address" needs an index that arrays cannot have.
-- The trigger below is its only writer. Claims are left out, so that random keys cost nothing here.
CREATE TABLE binding_networks (
    binding_id uuid NOT NULL REFERENCES bindings (id) ON DELETE CASCADE,
    network    cidr NOT NULL,
    PRIMARY KEY (binding_id, network)
);

CREATE INDEX binding_networks_network ON binding_networks USING gist (network inet_ops);

CREATE FUNCTION list_binding_networks() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM binding_networks WHERE binding_id = NEW.id AND network <> ALL (NEW.networks);
    INSERT INTO binding_networks (binding_id, network)
    SELECT NEW.id, unnest(NEW.networks)
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END
$$;

CREATE TRIGGER bindings_insert_networks AFTER INSERT ON bindings
    FOR EACH ROW WHEN (NEW.state <> 'claimed')
    EXECUTE FUNCTION list_binding_networks();

CREATE TRIGGER bindings_update_networks AFTER UPDATE ON bindings
    FOR EACH ROW WHEN (NEW.state <> 'claimed' AND (OLD.state = 'claimed' OR OLD.networks IS DISTINCT FROM NEW.networks))
    EXECUTE FUNCTION list_binding_networks();
