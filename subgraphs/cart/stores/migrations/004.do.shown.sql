-- What a cart shows of a product is kept beside it, so that it is served without the catalogue. Both tables begin empty:
-- the next start fills them from the bus.
drop table known_variant;
drop table known_product;

create table known_product (
  product_id uuid primary key,
  slug text not null,
  name text not null,
  -- [{url, alt}]
  images jsonb not null,
  sold boolean not null,
  version bigint not null
);

create table known_variant (
  variant_id uuid primary key,
  product_id uuid not null references known_product,
  sku text not null,
  name text not null,
  -- In minor units.
  price bigint not null,
  currency text not null
);
create index known_variant_by_product on known_variant (product_id);
