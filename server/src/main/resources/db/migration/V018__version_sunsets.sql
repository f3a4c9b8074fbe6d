-- Who has been told that the version of a network's API that this server speaks ends; each once.
create table version_sunsets (
  id text primary key,
  user_id text not null references users (id) on delete cascade,
  mode text not null check (mode in ('live', 'test')),
  provider text not null,
  version text not null,
  told_at bigint not null,
  unique (user_id, mode, provider, version)
);
