-- The trace that asked for the next call, so that its answer belongs to it too.
alter table payment add column traceparent text;
