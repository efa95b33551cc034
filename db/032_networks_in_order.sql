-- The index of networks knows which keys are the newest, so that of a provider's thousands only a page is looked up.

ALTER TABLE binding_networks ADD COLUMN created_at timestamptz;
UPDATE binding_networks AS n SET created_at = b.created_at FROM bindings AS b WHERE b.id = n.binding_id;
ALTER TABLE binding_networks ALTER COLUMN created_at SET NOT NULL;

DROP INDEX binding_networks_network;
CREATE INDEX binding_networks_network ON binding_networks
    USING gist (network inet_ops) INCLUDE (binding_id, created_at);

CREATE OR REPLACE FUNCTION list_binding_networks() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM binding_networks WHERE binding_id = NEW.id AND network <> ALL (NEW.networks);
    INSERT INTO binding_networks (binding_id, network, created_at)
    SELECT NEW.id, unnest(NEW.networks), NEW.created_at
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END
$$;

-- An archived key that is claimed anew is a claim like any other: no list of networks knows it until it is settled.
CREATE FUNCTION forget_binding_networks() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM binding_networks WHERE binding_id = NEW.id;
    RETURN NULL;
END
$$;

CREATE TRIGGER bindings_claim_networks AFTER UPDATE ON bindings
    FOR EACH ROW WHEN (NEW.state = 'claimed' AND OLD.state <> 'claimed')
    EXECUTE FUNCTION forget_binding_networks();
