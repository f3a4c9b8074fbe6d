-- Refers to nothing: an entry outlives the user, the key and the resource it speaks of.
create table audit_entries (
  id text primary key,
  user_id text not null,
  mode text check (mode in ('live', 'test')),
  api_key_id text,
  actor text not null,
  action text not null,
  resource_type text not null,
  resource_id text not null,
  address text,
  request_id text,
  created_at bigint not null,
  details text
);
create index audit_entries_by_time on audit_entries (created_at, id);
create index audit_entries_by_user on audit_entries (user_id, created_at, id);
create index audit_entries_by_action on audit_entries (action, created_at, id);
create index audit_entries_by_resource on audit_entries (resource_id, created_at, id);

create function audit_entries_append_only() returns trigger language plpgsql as
'begin raise exception ''audit_entries is append-only''; end';
create trigger audit_entries_kept before update or delete or truncate on audit_entries
for each statement execute function audit_entries_append_only();
