-- How the sandbox network treats a channel; null is as a network should.
alter table channels add column sandbox_behaviour text;

-- What a network last told of how much may still be sent; one row for each of its windows.
create table channel_quotas (
  channel_id text not null references channels (id) on delete cascade,
  name text not null,
  max_sends bigint not null,
  remaining bigint not null,
  resets_at bigint not null,
  observed_at bigint not null,
  primary key (channel_id, name)
);
