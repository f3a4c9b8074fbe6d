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
) without rowid;
create index audit_entries_by_time on audit_entries (created_at, id);
create index audit_entries_by_user on audit_entries (user_id, created_at, id);
create index audit_entries_by_action on audit_entries (action, created_at, id);
create index audit_entries_by_resource on audit_entries (resource_id, created_at, id);

create trigger audit_entries_not_updated before update on audit_entries
begin
  select raise(abort, 'audit_entries is append-only');
end;

create trigger audit_entries_not_deleted before delete on audit_entries
begin
  select raise(abort, 'audit_entries is append-only');
end;

-- "insert or replace" removes the row that is in its way without asking the trigger above.
create trigger audit_entries_not_replaced before insert on audit_entries
when exists (select 1 from audit_entries where id = new.id)
begin
  select raise(abort, 'audit_entries is append-only');
end;
