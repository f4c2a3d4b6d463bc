create table conversation (
  id uuid primary key,
  owner_kind text not null check (owner_kind in ('guest', 'user')),
  owner_id uuid not null,
  -- While a turn is being answered; whoever dies over it gives it back by this.
  busy_until timestamptz,
  -- Of checkpoints, with all that was said. Each turn writes one of its own, named after the conversation, and is part of it from when this
  -- names that.
  thread text,
  kept_until timestamptz not null
);
create index conversation_kept_until on conversation (kept_until);

-- The newest turns of somebody, newest first: as many as may be in a minute.
create table assistant_turns (
  owner text primary key,
  turns timestamptz[] not null
);

-- The tables of LangGraph's PostgresSaver 1.0.5, as its own migrations 0 to 4 make them. They are made here, since replicas that start at
-- once would run its migrations into each other. A test compares them.
create table checkpoint_migrations (v integer primary key);
insert into checkpoint_migrations (v) values (0), (1), (2), (3), (4);
create table checkpoints (
  thread_id text not null,
  checkpoint_ns text not null default '',
  checkpoint_id text not null,
  parent_checkpoint_id text,
  type text,
  checkpoint jsonb not null,
  metadata jsonb not null default '{}',
  primary key (thread_id, checkpoint_ns, checkpoint_id)
);
create table checkpoint_blobs (
  thread_id text not null,
  checkpoint_ns text not null default '',
  channel text not null,
  version text not null,
  type text not null,
  blob bytea,
  primary key (thread_id, checkpoint_ns, channel, version)
);
create table checkpoint_writes (
  thread_id text not null,
  checkpoint_ns text not null default '',
  checkpoint_id text not null,
  task_id text not null,
  idx integer not null,
  channel text not null,
  type text,
  blob bytea not null,
  primary key (thread_id, checkpoint_ns, checkpoint_id, task_id, idx)
);
