-- What is learnt of a basket where that is not all of it: its shopper has bought the rest within the day before.
alter table basket add column telling uuid[];
