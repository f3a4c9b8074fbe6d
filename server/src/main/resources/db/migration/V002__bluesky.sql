alter table channels add column account_id text;
alter table channels add column account_name text;
alter table targets add column options text;

-- Sealed by the vault for the channel and the column they stand in.
create table channel_secrets (
  channel_id text primary key references channels (id) on delete cascade,
  credentials text not null,
  session text,
  version integer not null
);
