-- A ring of the bell can be lost, so each change is also written down by the transaction that makes it.

-- Neither a clock nor a sequence tells what is new: a lower number may be committed later. A snapshot does: what is
-- visible now and was not in the snapshot of the last time is new.
CREATE TABLE binding_changes (
    transaction xid8 NOT NULL DEFAULT pg_current_xact_id(),
    fingerprint bytea NOT NULL,
    version     bigint NOT NULL,
    changed_at  timestamptz NOT NULL DEFAULT now()
);

-- Holds all that is asked for, so that asking looks at nothing else.
CREATE INDEX binding_changes_feed ON binding_changes (transaction, fingerprint, version);

-- A claim is remembered nowhere, so that its coming and going is no change to anybody.
CREATE FUNCTION note_binding_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        INSERT INTO binding_changes (fingerprint, version) VALUES (OLD.fingerprint, nextval('binding_versions'));
    ELSE
        INSERT INTO binding_changes (fingerprint, version) VALUES (NEW.fingerprint, NEW.version);
    END IF;
    RETURN NULL;
END
$$;

CREATE TRIGGER bindings_insert_change AFTER INSERT ON bindings
    FOR EACH ROW WHEN (NEW.state <> 'claimed')
    EXECUTE FUNCTION note_binding_change();

CREATE TRIGGER bindings_update_change AFTER UPDATE ON bindings
    FOR EACH ROW WHEN (
        OLD.version IS DISTINCT FROM NEW.version AND (OLD.state <> 'claimed' OR NEW.state <> 'claimed'))
    EXECUTE FUNCTION note_binding_change();

CREATE TRIGGER bindings_delete_change AFTER DELETE ON bindings
    FOR EACH ROW WHEN (OLD.state <> 'claimed')
    EXECUTE FUNCTION note_binding_change();
