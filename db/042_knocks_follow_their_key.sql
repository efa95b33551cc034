-- A key that is named anew when its secret is rotated takes along who was refused for it: else nobody would be asked.

CREATE FUNCTION move_knocks() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    WITH moved AS (
        DELETE FROM knocks
         WHERE fingerprint IN (OLD.fingerprint, OLD.former_fingerprint) AND fingerprint <> NEW.fingerprint
        RETURNING network, caller, count, last_at, request_id)
    INSERT INTO knocks AS k (fingerprint, network, caller, count, last_at, request_id)
    SELECT NEW.fingerprint, network, (array_agg(caller ORDER BY last_at DESC))[1], sum(count), max(last_at),
           (array_agg(request_id ORDER BY last_at DESC))[1]
      FROM moved
     GROUP BY network ORDER BY network
    ON CONFLICT (fingerprint, network) DO UPDATE SET
        count = k.count + excluded.count,
        last_at = greatest(k.last_at, excluded.last_at),
        caller = CASE WHEN excluded.last_at >= k.last_at THEN excluded.caller ELSE k.caller END,
        request_id = CASE WHEN excluded.last_at >= k.last_at THEN excluded.request_id ELSE k.request_id END;
    RETURN NULL;
END
$$;

CREATE TRIGGER bindings_move_knocks AFTER UPDATE OF fingerprint ON bindings
    FOR EACH ROW WHEN (OLD.fingerprint IS DISTINCT FROM NEW.fingerprint)
    EXECUTE FUNCTION move_knocks();
