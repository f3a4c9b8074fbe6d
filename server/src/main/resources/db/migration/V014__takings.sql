-- By which claim a running job was taken: a worker that never learned what it took gives back all of it.
alter table jobs add column taken_by text;
create index jobs_taken on jobs (taken_by) where state = 'running';
