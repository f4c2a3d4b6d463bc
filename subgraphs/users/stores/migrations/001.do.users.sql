create table account (
  id uuid primary key,
  -- Trimmed and in lower case, so that the same address cannot sign up twice.
  email text not null unique,
  name text not null,
  roles text[] not null check (cardinality(roles) > 0 and roles <@ array['SHOPPER', 'STAFF', 'ADMIN']),
  -- argon2id in PHC form: its parameters and salt are part of it.
  password_hash text not null,
  created_at timestamptz not null,
  version bigint not null default 1
);

create table address (
  id uuid primary key,
  user_id uuid not null references account on delete cascade,
  recipient text not null,
  line1 text not null,
  line2 text,
  city text not null,
  postcode text not null,
  country text not null,
  is_default boolean not null,
  created_at timestamptz not null
);
create index address_by_user on address (user_id, created_at, id);
create unique index one_default_address on address (user_id) where is_default;

-- One sign-in and all that is refreshed from it. Of its tokens just one is unused; it lives until `expires_at`.
create table token_family (
  id uuid primary key,
  user_id uuid not null references account on delete cascade,
  -- The guest session it came from.
  guest_id uuid,
  expires_at timestamptz not null,
  ended_at timestamptz
);
create index token_family_by_user on token_family (user_id);
create index token_family_by_expiry on token_family (expires_at);

create table refresh_token (
  -- SHA-256: what is in here opens no session.
  hash bytea primary key,
  family_id uuid not null references token_family on delete cascade,
  used_at timestamptz
);
create index refresh_token_by_family on refresh_token (family_id);
create index refresh_token_by_use on refresh_token (used_at) where used_at is not null;
