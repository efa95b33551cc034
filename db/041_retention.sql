-- The sweep finds what is idle and what is old without a look at all the rest, whatever there is by then.

CREATE INDEX bindings_idle ON bindings (coalesce(last_used_at, created_at)) WHERE state = 'active';

-- What would leave with the months before a time: whole partitions only, oldest first.
CREATE FUNCTION intercept_months_before(cutoff timestamptz)
RETURNS TABLE (partition text, estimated_rows bigint) LANGUAGE sql STABLE AS $$
    SELECT c.relname::text, greatest(c.reltuples, 0)::bigint
      FROM pg_inherits AS i JOIN pg_class AS c ON c.oid = i.inhrelid
     WHERE i.inhparent = 'intercept_logs'::regclass
       AND c.relname ~ '^intercept_logs_\d{4}_\d{2}$'
       AND (to_date(right(c.relname, 7), 'YYYY_MM') + interval '1 month') AT TIME ZONE 'UTC' <= cutoff
     ORDER BY c.relname
$$;

-- Gives up instead of making everybody wait who wants to write to the log behind it.
CREATE FUNCTION drop_intercept_month(partition text) RETURNS void LANGUAGE plpgsql SET lock_timeout = '500ms' AS $$
BEGIN
    IF partition !~ '^intercept_logs_\d{4}_\d{2}$' THEN
        RAISE EXCEPTION '% is no month of the intercept log', partition;
    END IF;
    EXECUTE format('DROP TABLE %I', partition);
END
$$;
