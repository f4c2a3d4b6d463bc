-- A new shop has nothing to be trained on: whoever fills it asks for a training then.
update training set due_at = now() + interval '1 hour' where not exists (select from basket);
