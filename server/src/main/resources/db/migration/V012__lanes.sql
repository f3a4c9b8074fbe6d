-- What shares its places with other work, and what goes first among it. A job of an older server goes out as it did: early.
alter table jobs add column lane text not null default 'maintenance';
alter table jobs add column priority integer not null default 0;
update jobs
set lane = (select t.provider from targets t where t.id = jobs.subject)
where kind = 'publish_target' and exists (select 1 from targets t where t.id = jobs.subject);
update jobs set priority = 1 where kind <> 'publish_target';
create index jobs_waiting on jobs (lane, priority, due_at) where state = 'ready';
