-- Who changed what is a chain: each hash covers the one before, so that no row can be edited or taken out unseen.

CREATE TABLE admin_audit (
    id          bigint PRIMARY KEY,
    occurred_at timestamptz NOT NULL,
    actor       text NOT NULL,
    caller      inet,
    action      text NOT NULL,
    target      text NOT NULL,
    details     jsonb NOT NULL,
    hash        bytea NOT NULL
);

CREATE FUNCTION admin_audit_hash(previous bytea, entry admin_audit) RETURNS bytea LANGUAGE sql STABLE AS $$
    SELECT sha256(coalesce(previous, '') || convert_to(jsonb_build_array(
        entry.id, extract(epoch FROM entry.occurred_at), entry.actor, host(entry.caller),
        entry.action, entry.target, entry.details)::text, 'UTF8'))
$$;

-- Called within the statement that makes the change: neither is ever there without the other.
CREATE FUNCTION append_admin_audit(actor text, caller inet, action text, target text, details jsonb)
RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    last  admin_audit;
    entry admin_audit;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('admin_audit'));
    SELECT * INTO last FROM admin_audit ORDER BY id DESC LIMIT 1;
    entry.id := coalesce(last.id, 0) + 1;
    entry.occurred_at := clock_timestamp();
    entry.actor := actor;
    entry.caller := caller;
    entry.action := action;
    entry.target := target;
    entry.details := details;
    entry.hash := admin_audit_hash(last.hash, entry);
    INSERT INTO admin_audit SELECT entry.*;
    RETURN entry.id;
END
$$;
