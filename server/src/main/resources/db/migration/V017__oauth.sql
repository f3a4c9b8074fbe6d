-- Until when somebody is renewing the session: a refresh token that is good for one use is sent by one only.
alter table channel_secrets add column renewing_until bigint;

-- A channel that its owner is about to connect in a browser; gone when it is used. What is shown to prove it stands here as a
-- hash, the verifier sealed for its row.
create table channel_connections (
  id text primary key,
  link_hash text not null unique,
  user_id text not null references users (id) on delete cascade,
  mode text not null check (mode in ('live', 'test')),
  api_key_id text not null references api_keys (id) on delete cascade,
  provider text not null,
  name text not null,
  channel_id text references channels (id) on delete cascade,
  return_url text not null,
  created_at bigint not null,
  state_hash text unique,
  browser_hash text,
  verifier text,
  returns_until bigint
);
create index channel_connections_by_owner on channel_connections (user_id, mode, created_at);
create index channel_connections_by_age on channel_connections (created_at);
create index channel_connections_by_channel on channel_connections (channel_id);
create index channel_connections_by_key on channel_connections (api_key_id);
