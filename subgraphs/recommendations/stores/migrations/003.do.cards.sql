-- What a recommendation shows of a product, so that it is shown without the catalogue. Not known of what is there: the
-- next start reads it anew from the bus, and a product without a slug is not offered until then.
alter table known_product
  add column slug text not null default '',
  -- [{url, alt}]
  add column images jsonb not null default '[]',
  -- Of its dearest variant, in minor units.
  add column highest_price bigint not null default 0;
alter table known_product
  alter column slug drop default, alter column images drop default, alter column highest_price drop default;
update known_product set version = 0;
