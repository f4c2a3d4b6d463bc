-- The handovers that a cart has taken were kept under the name of the guests they came from.
update cart set done = done - 'guests' || jsonb_build_object('handovers', done -> 'guests') where done ? 'guests';
