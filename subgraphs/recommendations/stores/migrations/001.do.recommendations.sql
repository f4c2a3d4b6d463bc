-- Read models of what products and inventory say; rebuilt from the bus at will.
create table known_product (
  product_id uuid primary key,
  name text not null,
  category text not null,
  category_name text not null,
  -- Of its cheapest variant, in minor units.
  price bigint not null,
  currency text not null,
  active boolean not null,
  version bigint not null
);

create table known_variant (
  variant_id uuid primary key,
  product_id uuid not null
);
create index known_variant_by_product on known_variant (product_id);

create table known_stock (
  variant_id uuid primary key,
  available int not null,
  version bigint not null
);

-- What was bought together: the demo's history, and every confirmed order.
create table basket (
  source text primary key,
  at timestamptz not null,
  product_ids uuid[] not null
);
create index basket_by_product on basket using gin (product_ids);
create index basket_by_age on basket (at desc);

-- In how many baskets a product lies.
create table product_basket_count (
  product_id uuid primary key,
  baskets int not null
);

-- Who bought what.
create table purchase (
  user_id uuid not null,
  order_id uuid not null,
  product_id uuid not null,
  at timestamptz not null,
  primary key (user_id, order_id, product_id)
);

-- Derived from the above, best first; each can be computed again.
create table co_purchase_list (
  product_id uuid primary key,
  baskets int not null,
  neighbours jsonb not null
);

create table similar_list (
  product_id uuid primary key,
  similar_products jsonb not null
);

-- What has changed since its list was computed.
create table stale_list (
  product_id uuid not null,
  kind text not null check (kind in ('CO_PURCHASE', 'SIMILAR')),
  primary key (kind, product_id)
);

create table popular_product (
  product_id uuid primary key,
  score float8 not null,
  baskets int not null,
  of_baskets int not null
);
