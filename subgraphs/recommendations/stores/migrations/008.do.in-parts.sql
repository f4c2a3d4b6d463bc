-- Read in parts, each of which would otherwise unpack all before it. Numbers hardly become shorter by being packed.
alter table model_run
  alter column basket_starts set storage external,
  alter column basket_products set storage external,
  alter column weight_starts set storage external,
  alter column weight_products set storage external,
  alter column weights set storage external;
update model_run set
  basket_starts = basket_starts || '', basket_products = basket_products || '', weight_starts = weight_starts || '',
  weight_products = weight_products || '', weights = weights || '';
