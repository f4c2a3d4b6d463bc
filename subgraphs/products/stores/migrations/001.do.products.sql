create table category (
  slug text primary key,
  name text not null,
  -- The order in which the shop shows its categories.
  position int not null
);

create table product (
  id uuid primary key,
  slug text not null,
  name text not null,
  -- The name as lists are sorted by it: without case and accents.
  sort_name text not null,
  description text not null,
  status text not null check (status in ('ACTIVE', 'DISCONTINUED')),
  category text not null references category,
  -- Those of the cheapest and the dearest variant, in minor units.
  lowest_price bigint not null,
  highest_price bigint not null,
  -- Whether a variant is in stock, by what stock_level says; kept here so that lists need not look at every variant.
  in_stock boolean not null default false,
  created_at timestamptz not null,
  version bigint not null,
  constraint product_slug unique (slug)
);
-- One for each order a list can have; all lists are of what is on sale.
create index product_by_name on product (sort_name, id) where status = 'ACTIVE';
create index product_by_price on product (lowest_price, id) where status = 'ACTIVE';
create index product_by_age on product (created_at, id) where status = 'ACTIVE';
create index product_by_category on product (category) where status = 'ACTIVE';

create table variant (
  id uuid primary key,
  product_id uuid not null references product,
  position int not null,
  sku text not null,
  name text not null,
  price bigint not null check (price >= 0),
  currency text not null,
  initial_stock int not null check (initial_stock >= 0),
  unique (product_id, position)
);
create unique index variant_sku on variant (lower(sku));
create index variant_by_sku on variant (sku);

create table variant_option (
  variant_id uuid not null references variant on delete cascade,
  position int not null,
  name text not null,
  value text not null,
  primary key (variant_id, position)
);

-- What inventory has said; no reference to variant, because it can be forgotten and heard again.
create table stock_level (
  variant_id uuid primary key,
  available int not null,
  version bigint not null
);
