create table cart (
  id uuid primary key,
  owner_kind text not null check (owner_kind in ('guest', 'user')),
  owner_id uuid not null,
  version int not null,
  lines jsonb not null,
  done jsonb not null,
  updated_at timestamptz not null,
  unique (owner_kind, owner_id)
);

-- Read models of what products and inventory say; rebuilt from the bus at will.
create table known_variant (
  variant_id uuid primary key,
  sold boolean not null,
  version bigint not null
);

create table known_stock (
  variant_id uuid primary key,
  available int not null,
  version bigint not null
);
