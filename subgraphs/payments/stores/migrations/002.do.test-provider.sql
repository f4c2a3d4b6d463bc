-- The ledger of the test provider: in a real shop this lies with somebody else.
create schema test_provider;

create table test_provider.charge (
  key text primary key,
  token text not null,
  amount bigint not null,
  currency text not null,
  calls int not null default 1,
  outcome text,
  captures int not null default 0
);

create table test_provider.refund (
  key text primary key,
  charge_key text not null references test_provider.charge,
  amount bigint not null
);
