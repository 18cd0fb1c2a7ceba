-- The trace to which a task or an order's saga belongs, as the traceparent of W3C Trace Context; null when it is not
-- sampled.
ALTER TABLE scheduled_tasks ADD COLUMN traceparent text;
ALTER TABLE provider_tasks ADD COLUMN traceparent text;
ALTER TABLE mail_tasks ADD COLUMN traceparent text;
ALTER TABLE order_saga ADD COLUMN traceparent text;
