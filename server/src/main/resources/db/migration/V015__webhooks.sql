-- Where events are sent. The URL, the header values and the secrets are the owner's; what is secret is sealed for its row.
create table webhooks (
  id text primary key,
  user_id text not null references users (id) on delete cascade,
  mode text not null check (mode in ('live', 'test')),
  url text not null,
  events text not null,
  description text,
  warnings text not null default '[]',
  headers text,
  status text not null check (status in ('enabled', 'disabled')),
  disabled_reason text check (disabled_reason in ('owner', 'gone', 'failing')),
  disabled_at bigint,
  failing_since bigint,
  created_at bigint not null,
  updated_at bigint not null,
  version integer not null,
  event_sequence integer not null default 0,
  check ((status = 'disabled') = (disabled_reason is not null and disabled_at is not null))
);
create index webhooks_by_owner on webhooks (user_id, mode, created_at, id);

-- What a webhook is to be told, '*' for everything: what an event's own insert asks. The list as it was given is webhooks.events.
create table webhook_events (
  webhook_id text not null references webhooks (id) on delete cascade,
  type text not null,
  primary key (webhook_id, type)
);

-- All that have not expired sign, the newest first.
create table webhook_secrets (
  id text primary key,
  webhook_id text not null references webhooks (id) on delete cascade,
  secret text not null,
  created_at bigint not null,
  expires_at bigint
);
create index webhook_secrets_by_webhook on webhook_secrets (webhook_id, created_at, id);

-- An event on its way to a webhook. attempts counts all that were made, round those of the present run of the schedule.
create table deliveries (
  id text primary key,
  webhook_id text not null references webhooks (id) on delete cascade,
  event_id text not null,
  event_type text not null,
  status text not null check (status in ('pending', 'delivered', 'failed')),
  kind text not null check (kind in ('event', 'test', 'redelivery')),
  attempts integer not null default 0,
  round integer not null default 0,
  next_attempt_at bigint,
  lease_until bigint,
  created_at bigint not null,
  ended_at bigint,
  check ((status = 'pending') = (next_attempt_at is not null))
);
create index deliveries_by_webhook on deliveries (webhook_id, created_at, id);
create index deliveries_due on deliveries (webhook_id, next_attempt_at) where status = 'pending';
create index deliveries_under_way on deliveries (webhook_id, lease_until) where lease_until is not null;
create index deliveries_failed on deliveries (webhook_id, created_at, id) where status = 'failed';
create index deliveries_of_event on deliveries (event_id);
create unique index deliveries_once on deliveries (webhook_id, event_id) where kind = 'event';

create table delivery_attempts (
  id text primary key,
  delivery_id text not null references deliveries (id) on delete cascade,
  number integer not null,
  started_at bigint not null,
  duration_ms integer not null,
  status_code integer,
  response text,
  error text check (error in ('timeout', 'denied', 'unreachable', 'broken', 'redirect', 'status')),
  unique (delivery_id, number)
);
