-- Every refusal of a presented key is kept, by month, so that old months leave by dropping a table and not by deleting.

CREATE TABLE intercept_logs (
    id          uuid NOT NULL,
    occurred_at timestamptz NOT NULL,
    reason      text NOT NULL,
    observed    boolean NOT NULL,
    hint        text NOT NULL,
    fingerprint bytea,
    binding_id  uuid,
    caller      inet,
    networks    cidr[] NOT NULL,
    method      text NOT NULL,
    path        text NOT NULL,
    user_agent  text NOT NULL,
    request_id  text NOT NULL,
    trace_id    text NOT NULL,
    route       text NOT NULL,
    count       integer NOT NULL CHECK (count > 0),
    PRIMARY KEY (occurred_at, id)
) PARTITION BY RANGE (occurred_at);

CREATE INDEX intercept_logs_binding ON intercept_logs (binding_id, occurred_at DESC);

-- A row outside the prepared months is kept here, not lost.
CREATE TABLE intercept_logs_default PARTITION OF intercept_logs DEFAULT;

-- Makes the partitions of this month and the next ones. What the default partition holds of a month moves into it.
CREATE FUNCTION prepare_intercept_months(ahead integer) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    this_month timestamp := date_trunc('month', now() AT TIME ZONE 'UTC');
    first_day  timestamptz;
    next_first timestamptz;
    partition  text;
BEGIN
    FOR month IN 0 .. ahead LOOP
        first_day := (this_month + make_interval(months => month)) AT TIME ZONE 'UTC';
        next_first := (this_month + make_interval(months => month + 1)) AT TIME ZONE 'UTC';
        partition := to_char(first_day AT TIME ZONE 'UTC', '"intercept_logs_"YYYY_MM');
        CONTINUE WHEN to_regclass(partition) IS NOT NULL;

        EXECUTE format('CREATE TABLE %I (LIKE intercept_logs INCLUDING ALL)', partition);
        EXECUTE format(
            'WITH moved AS (DELETE FROM intercept_logs_default WHERE occurred_at >= %L AND occurred_at < %L RETURNING *)
             INSERT INTO %I SELECT * FROM moved', first_day, next_first, partition);
        EXECUTE format(
            'ALTER TABLE intercept_logs ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)',
            partition, first_day, next_first);
    END LOOP;
END
$$;

SELECT prepare_intercept_months(3);
