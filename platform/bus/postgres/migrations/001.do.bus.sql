-- Positions of both streams come from one sequence, so that one number says how far a reader is.
create sequence position_sequence;

-- Everything that was said, in the order it came.
create table log (
  position bigint primary key default nextval('position_sequence'),
  id uuid not null unique,
  type text not null,
  key text not null,
  message jsonb not null,
  published_at timestamptz not null default now()
);
create index log_by_type on log (type, position);
create index log_by_age on log (published_at);

-- The last message of each key. `written_by` lets a watcher read only what no open transaction can still precede.
create table state (
  type text not null,
  key text not null,
  position bigint not null default nextval('position_sequence'),
  version bigint not null,
  message jsonb not null,
  written_by xid8 not null default pg_current_xact_id(),
  primary key (type, key)
);
create index state_by_writer on state (written_by, position);

create table subscription (
  consumer text not null,
  type text not null,
  stream text not null check (stream in ('log', 'state')),
  primary key (consumer, type)
);
create index subscription_by_type on subscription (type);

-- What each consumer has still to handle. A delivery is claimed by a process, named by the application_name of the
-- connection it listens with: when that connection is gone, so is the claim.
create table delivery (
  consumer text not null,
  position bigint not null,
  key text not null,
  attempts int not null default 0,
  due_at timestamptz not null default now(),
  claimed_by uuid,
  primary key (consumer, position)
);
create index delivery_by_key on delivery (consumer, key, position);

-- The same for state: one row a key, which a newer message overtakes.
create table state_delivery (
  consumer text not null,
  type text not null,
  key text not null,
  position bigint not null,
  attempts int not null default 0,
  due_at timestamptz not null default now(),
  claimed_by uuid,
  primary key (consumer, type, key)
);
create index state_delivery_in_order on state_delivery (consumer, position);

create table dead_letter (
  id uuid primary key,
  consumer text not null,
  stream text not null check (stream in ('log', 'state')),
  message jsonb not null,
  position bigint not null,
  attempts int not null,
  error text not null,
  failed_at timestamptz not null default now()
);
create index dead_letter_newest on dead_letter (failed_at desc, id desc);
