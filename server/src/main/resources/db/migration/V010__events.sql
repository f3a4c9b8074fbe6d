-- What happened, for those who ask. Ids are of version 7 and begin with their time, by which old events are found.
create table events (
  id text primary key,
  user_id text not null references users (id) on delete cascade,
  mode text not null check (mode in ('live', 'test')),
  type text not null,
  resource_id text not null,
  sequence integer not null,
  data text not null,
  created_at bigint not null
);
create index events_by_owner on events (user_id, mode, created_at, id);
create index events_by_type on events (user_id, mode, type, created_at, id);
create index events_by_resource on events (user_id, mode, resource_id, created_at, id);

-- How many events a resource has had. It stands in the row that every change holds until its end, so that the numbers are in
-- the order of the commits, and a change that is undone leaves no hole.
alter table posts add column event_sequence integer not null default 0;
alter table targets add column event_sequence integer not null default 0;
alter table channels add column event_sequence integer not null default 0;
