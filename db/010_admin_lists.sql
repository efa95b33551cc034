-- An operator finds a binding or a refusal among millions: by time, by address, or by what he remembers of the key.

CREATE EXTENSION IF NOT EXISTS pg_trgm;

CREATE INDEX bindings_created_at ON bindings (created_at, id) WHERE state <> 'claimed';
CREATE INDEX bindings_last_used_at ON bindings (last_used_at DESC NULLS LAST, id) WHERE state <> 'claimed';
CREATE INDEX bindings_hint ON bindings (hint, id) WHERE state <> 'claimed';
CREATE INDEX bindings_state ON bindings (state, created_at, id);
CREATE INDEX bindings_text ON bindings USING gin ((hint || ' ' || label) gin_trgm_ops);

CREATE INDEX intercept_logs_reason ON intercept_logs (reason, occurred_at, id);
CREATE INDEX intercept_logs_caller ON intercept_logs (caller, occurred_at);
CREATE INDEX intercept_logs_request ON intercept_logs (request_id);
CREATE INDEX intercept_logs_trace ON intercept_logs (trace_id);
CREATE INDEX intercept_logs_hint ON intercept_logs USING gin (hint gin_trgm_ops);
