-- Until when the network is asked what became of an unknown target; null when only a person can know.
alter table targets add column ask_until bigint;
update targets set ask_until = coalesce(sent_at, 0) + 86400000
where status = 'unknown'
  and exists (select 1 from jobs where jobs.kind = 'publish_target' and jobs.subject = targets.id);

-- The check has no name that both engines know: the column is made anew, with one word more.
alter table posts add column new_status text not null default 'draft' check (new_status in
  ('draft', 'scheduled', 'publishing', 'needs_attention', 'published', 'partially_published', 'failed', 'cancelled'));
update posts set new_status = status;
update posts set new_status = 'needs_attention'
where status = 'publishing'
  and exists (
    select 1 from targets t where t.post_id = posts.id and t.status = 'unknown' and t.ask_until is null)
  and not exists (
    select 1 from targets t
    where t.post_id = posts.id
      and (t.status in ('pending', 'publishing') or (t.status = 'unknown' and t.ask_until is not null)));
alter table posts drop column status;
alter table posts rename column new_status to status;

-- What stands for the text on this channel; empty for what was made before. Found again when the same is to go out.
alter table targets add column content_hash text;
create index targets_by_content on targets (channel_id, content_hash, due_at) where content_hash is not null;

-- What the network answered to the send: JSON, as it is shown.
alter table attempts add column response text;

-- Jobs that failed by faults of the server for a day. They stand apart, so that nobody who looks for work meets them.
create table dead_jobs (
  id text primary key,
  kind text not null,
  subject text not null,
  lane text not null,
  priority integer not null,
  attempts integer not null,
  fault text not null,
  died_at bigint not null,
  unique (kind, subject)
);
