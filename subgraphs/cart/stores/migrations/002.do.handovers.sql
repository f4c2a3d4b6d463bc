-- A guest's lines on their way to a user's cart: {id, userId, lines}, or null.
alter table cart add column handover jsonb;
