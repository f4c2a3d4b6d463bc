-- Who is answering: the name of its connections, all of which are gone once it is dead. Null where that is not known, and while nobody is.
alter table conversation add column taken_by text;
