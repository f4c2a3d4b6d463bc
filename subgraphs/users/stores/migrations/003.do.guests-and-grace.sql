-- A guest's session has a family of its own, with no account.
alter table token_family alter column user_id drop not null;
alter table token_family add constraint somebody_s check (user_id is not null or guest_id is not null);
create index token_family_by_guest on token_family (guest_id) where user_id is null;

-- With a token of the family it makes the token's successor (HMAC-SHA-256), so that the successor can be given again
-- for a while though nothing that opens a session is kept.
alter table token_family add column successor_key bytea;
update token_family
  set successor_key = decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex');
alter table token_family alter column successor_key set not null;

-- `used_at` by the clock of this database, which is one and the same for all replicas.
alter table refresh_token add column exchanged_at timestamptz;
