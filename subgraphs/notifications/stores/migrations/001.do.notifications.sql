create table contact (
  user_id uuid primary key,
  email text not null,
  name text not null
);

create table notification (
  -- A UUIDv7: by id is by age.
  id uuid primary key,
  user_id uuid not null,
  order_id uuid,
  channel text not null,
  template text not null,
  recipient text not null,
  subject text not null,
  text text not null,
  status text not null default 'QUEUED' check (status in ('QUEUED', 'SENT', 'FAILED')),
  attempts int not null default 0,
  due_at timestamptz not null default now(),
  sent_at timestamptz,
  check ((status = 'SENT') = (sent_at is not null))
);
create index notification_by_order on notification (order_id, id);
create index notification_due on notification (due_at) where status = 'QUEUED';
