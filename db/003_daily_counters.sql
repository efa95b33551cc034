-- The console shows trends longer than Redis remembers, so each day's outcomes come to rest here.

CREATE TABLE daily_counters (
    day         date PRIMARY KEY,
    allowed     bigint NOT NULL DEFAULT 0,
    bound       bigint NOT NULL DEFAULT 0,
    intercepted bigint NOT NULL DEFAULT 0
);
