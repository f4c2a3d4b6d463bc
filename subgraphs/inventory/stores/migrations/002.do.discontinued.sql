-- Whether its product is sold no more. Null until the catalogue's state has been read: the next start reads it anew.
alter table stock add column discontinued boolean;
