-- Who was refused for his address waits for an operator's word, and no flood of refusals may hide his question.

CREATE TABLE knocks (
    fingerprint bytea NOT NULL,
    network     cidr NOT NULL,
    caller      inet NOT NULL,
    count       bigint NOT NULL,
    last_at     timestamptz NOT NULL,
    request_id  text NOT NULL,
    PRIMARY KEY (fingerprint, network)
);

CREATE INDEX knocks_last_at ON knocks (last_at);

CREATE FUNCTION knock_network(caller inet) RETURNS cidr LANGUAGE sql IMMUTABLE
RETURN network(set_masklen(caller, CASE family(caller) WHEN 4 THEN 32 ELSE 64 END))::cidr;

-- A refusal that is written again has a larger count; there is nothing before one that is new.
CREATE FUNCTION note_knock() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO knocks AS k (fingerprint, network, caller, count, last_at, request_id)
    VALUES (NEW.fingerprint, knock_network(NEW.caller), NEW.caller, NEW.count - coalesce(OLD.count, 0),
            NEW.occurred_at, NEW.request_id)
    ON CONFLICT (fingerprint, network) DO UPDATE SET
        count = k.count + excluded.count,
        last_at = greatest(k.last_at, excluded.last_at),
        caller = CASE WHEN excluded.last_at >= k.last_at THEN excluded.caller ELSE k.caller END,
        request_id = CASE WHEN excluded.last_at >= k.last_at THEN excluded.request_id ELSE k.request_id END;
    RETURN NULL;
END
$$;

CREATE TRIGGER intercept_logs_knock AFTER INSERT OR UPDATE OF count ON intercept_logs
    FOR EACH ROW WHEN (
        NEW.reason IN ('address_mismatch', 'approval_required')
        AND NEW.fingerprint IS NOT NULL AND NEW.caller IS NOT NULL)
    EXECUTE FUNCTION note_knock();

INSERT INTO knocks (fingerprint, network, caller, count, last_at, request_id)
SELECT fingerprint, knock_network(caller), (array_agg(caller ORDER BY occurred_at DESC))[1], sum(count),
       max(occurred_at), (array_agg(request_id ORDER BY occurred_at DESC))[1]
  FROM intercept_logs
 WHERE reason IN ('address_mismatch', 'approval_required') AND occurred_at > now() - interval '30 days'
   AND fingerprint IS NOT NULL AND caller IS NOT NULL
 GROUP BY 1, 2;
