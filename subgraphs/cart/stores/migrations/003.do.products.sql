-- What a product no longer has could not be told from what it still has. Both tables begin empty: the next start fills
-- them from the bus.
drop table known_variant;

create table known_product (
  product_id uuid primary key,
  sold boolean not null,
  version bigint not null
);

create table known_variant (
  variant_id uuid primary key,
  product_id uuid not null references known_product
);
create index known_variant_by_product on known_variant (product_id);
