-- Gateways are told of the sessions that ended in the last quarter of an hour, again and again.
create index token_family_by_end on token_family (ended_at) where ended_at is not null;
