-- Attempts are listed: each has an id, and what it was answered. Those made before share the id of their target, which
-- with their time still gives them an order.
alter table attempts add column id text;
update attempts set id = target_id;
alter table attempts add column error text;
create index attempts_by_time on attempts (target_id, started_at, id);

-- From which attempt on the sends count that a network did not take: a retry begins anew.
alter table targets add column attempts_forgiven integer not null default 0;
