create table stock (
  variant_id uuid primary key,
  on_hand int not null check (on_hand >= 0),
  held int not null default 0 check (held >= 0),
  version bigint not null default 1,
  -- The law itself: no unit is promised twice.
  check (held <= on_hand)
);

create table reservation (
  order_id uuid primary key,
  state text not null check (state in ('HELD', 'COMMITTED', 'RELEASED')),
  -- Kept after a release too, so that it can be told what was held.
  lines jsonb,
  why text check (why in ('ASKED', 'EXPIRED')),
  expires_at timestamptz,
  version bigint not null default 1,
  check ((state = 'HELD') = (expires_at is not null)),
  check ((state = 'RELEASED') = (why is not null))
);
create index reservation_by_expiry on reservation (expires_at) where state = 'HELD';

-- The ledger: for each variant its sums are its stock.
create table stock_movement (
  id bigint generated always as identity primary key,
  variant_id uuid not null references stock deferrable initially deferred,
  on_hand int not null,
  held int not null,
  reason text not null,
  order_id uuid,
  at timestamptz not null default now()
);
create index stock_movement_by_variant on stock_movement (variant_id);
