-- What this database's owner has said and the bus has not yet taken.
create table outbox (
  position bigint generated always as identity primary key,
  id uuid not null unique,
  stream text not null check (stream in ('log', 'state')),
  message jsonb not null
);

-- What each consumer has handled: recorded first, in the transaction that handles it.
create table inbox (
  consumer text not null,
  message_id uuid not null,
  handled_at timestamptz not null default now(),
  primary key (consumer, message_id)
);

create index inbox_by_age on inbox (handled_at);
