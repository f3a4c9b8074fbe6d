-- Until when somebody is renewing the session: a refresh token that is good for one use is sent by one only.
alter table channel_secrets add column renewing_until bigint;

-- A channel that its owner is about to connect in a browser; gone when it is used. What is shown to prove it stands here as a
-- hash, the verifier sealed for its row. It outlives the channel that it is to connect again, so that its owner is told.
create table channel_connections (
  id text primary key,
  link_hash text not null unique,
  user_id text not null references users (id) on delete cascade,
  mode text not null check (mode in ('live', 'test')),
  api_key_id text not null references api_keys (id) on delete cascade,
  provider text not null,
  name text not null,
  channel_id text,
  return_url text not null,
  created_at bigint not null,
  state_hash text unique,
  browser_hash text,
  verifier text,
  returns_until bigint
);
create index channel_connections_by_owner on channel_connections (user_id, mode, created_at);
create index channel_connections_by_age on channel_connections (created_at);
create index channel_connections_by_key on channel_connections (api_key_id);

-- When the credentials of a channel end for whom nobody but its owner can renew them, and when the owner is to be asked.
alter table channels add column credentials_expire_at bigint;
alter table channels add column ask_credentials_at bigint;
create index channels_by_account on channels (provider, account_id);

-- What a deleted channel had been let in with, sealed for its row, until its network has it back.
create table revocations (
  id text primary key,
  provider text not null,
  account_id text not null,
  tokens text not null,
  created_at bigint not null
);
