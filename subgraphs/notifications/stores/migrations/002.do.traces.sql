-- The trace that it tells of, so that its delivery belongs to it too.
alter table notification add column traceparent text;
