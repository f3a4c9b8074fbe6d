-- Portable between SQLite and PostgreSQL: ids are lower-case UUID text, times are epoch milliseconds, JSON is text.

create table users (
  id text primary key,
  name text not null unique,
  created_at bigint not null,
  disabled_at bigint
);

create table api_keys (
  id text primary key,
  user_id text not null references users (id) on delete cascade,
  name text not null,
  public_id text not null unique,
  prefix text not null,
  hash text not null,
  mode text not null check (mode in ('live', 'test')),
  scopes text not null,
  created_at bigint not null,
  expires_at bigint,
  last_used_at bigint
);
create index api_keys_by_owner on api_keys (user_id, mode, created_at, id);

create table channels (
  id text primary key,
  user_id text not null references users (id) on delete cascade,
  mode text not null check (mode in ('live', 'test')),
  name text not null,
  provider text not null,
  status text not null check (status in ('connected', 'reauthorization_required')),
  created_at bigint not null,
  updated_at bigint not null,
  version integer not null
);
create index channels_by_owner on channels (user_id, mode, created_at, id);

create table posts (
  id text primary key,
  user_id text not null references users (id) on delete cascade,
  mode text not null check (mode in ('live', 'test')),
  content text not null,
  external_id text,
  metadata text not null,
  status text not null check (status in
    ('draft', 'scheduled', 'publishing', 'published', 'partially_published', 'failed', 'cancelled')),
  scheduled_at bigint,
  created_at bigint not null,
  updated_at bigint not null,
  version integer not null
);
create index posts_by_owner on posts (user_id, mode, created_at, id);
create index posts_by_external_id on posts (user_id, external_id) where external_id is not null;

-- The channel may be deleted after its posts went out, so it is no foreign key.
create table targets (
  id text primary key,
  post_id text not null references posts (id) on delete cascade,
  position integer not null,
  channel_id text not null,
  provider text not null,
  content text,
  status text not null check (status in ('pending', 'publishing', 'published', 'failed', 'unknown', 'cancelled')),
  due_at bigint,
  claimed_at bigint,
  sent_at bigint,
  published_at bigint,
  attempts integer not null,
  provider_post_id text,
  url text,
  error text,
  unique (post_id, position),
  unique (post_id, channel_id),
  check (status <> 'published' or (provider_post_id is not null and published_at is not null))
);
create index targets_by_channel on targets (channel_id, status);

-- What was sent is written here before the first byte of it leaves.
create table attempts (
  target_id text not null references targets (id) on delete cascade,
  number integer not null,
  request text not null,
  started_at bigint not null,
  ended_at bigint,
  outcome text,
  primary key (target_id, number)
);

create table jobs (
  id text primary key,
  kind text not null,
  subject text not null,
  due_at bigint not null,
  state text not null check (state in ('ready', 'running')),
  attempts integer not null,
  fence bigint not null,
  lease_until bigint,
  unique (kind, subject)
);
create index jobs_due on jobs (state, due_at);
create index jobs_leased on jobs (lease_until) where state = 'running';

create table workers (
  id text primary key,
  heartbeat_at bigint not null
);

create table idempotency_keys (
  owner text not null,
  key text not null,
  fingerprint text not null,
  answer text,
  created_at bigint not null,
  primary key (owner, key)
);
create index idempotency_keys_by_age on idempotency_keys (created_at);

-- The sandbox network's own ledger: what it shows, twice if it was told twice.
create table sandbox_posts (
  id text primary key,
  channel_id text not null references channels (id) on delete cascade,
  target_id text not null,
  content text not null,
  created_at bigint not null
);
create index sandbox_posts_by_channel on sandbox_posts (channel_id, created_at, id);
create index sandbox_posts_by_target on sandbox_posts (target_id);

-- A request the sandbox network has seen, or has been told never to take: whoever writes the row first decides.
create table sandbox_requests (
  target_id text not null,
  attempt integer not null,
  entry_id text,
  primary key (target_id, attempt)
);
