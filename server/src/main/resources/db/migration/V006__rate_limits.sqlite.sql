-- Limits of its own, such as default=500,post-creation=100. This database has one server, which counts in memory.
alter table api_keys add column rate_limits text not null default '';
