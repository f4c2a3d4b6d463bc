-- Where carts are served from Redis, this table is their backup. A guest's cart that has ended stays here, with what was
-- published of it last; the guest may begin another one.
alter table cart add column expired boolean not null default false;
alter table cart drop constraint cart_owner_kind_owner_id_key;
create unique index cart_by_owner on cart (owner_kind, owner_id) where not expired;

-- All changes up to then are in the backup.
create table backup_watermark (
  only_row boolean primary key default true check (only_row),
  complete_until timestamptz not null
);
