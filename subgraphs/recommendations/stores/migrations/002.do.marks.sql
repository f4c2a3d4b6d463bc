-- A new one each time a list becomes stale: a list that was computed before that is not taken for fresh.
alter table stale_list add column mark bigint not null generated always as identity;
