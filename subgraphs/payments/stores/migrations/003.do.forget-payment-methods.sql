-- Who is charged has to be known only until the provider has said what became of the charge.
alter table payment alter column payment_method_token drop not null;

update payment set payment_method_token = null where next_call is null or next_call = 'REFUND';

alter table payment add constraint payment_method_while_needed
  check (payment_method_token is null or coalesce(next_call in ('CAPTURE', 'FIND'), false));
