-- The release before took the deadline from the sagas of overdue orders. Every open saga has one now: it ends at the
-- latest with its second deadline. They get as long as an order waits for its payment by default.
UPDATE order_saga SET deadline = now() + interval '15 minutes' WHERE NOT ended AND deadline IS NULL;
