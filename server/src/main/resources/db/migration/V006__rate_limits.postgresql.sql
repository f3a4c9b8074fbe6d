-- Limits of its own, such as default=500,post-creation=100.
alter table api_keys add column rate_limits text not null default '';

-- What was accepted in the last 60 seconds, as time << 20 | count. Room is left in the pages: every request changes a row.
create table rate_limits (
    subject text primary key,
    at bigint not null,
    admitted boolean not null,
    default_log bigint[] not null default '{}',
    post_creation_log bigint[] not null default '{}',
    webhook_creation_log bigint[] not null default '{}',
    api_key_creation_log bigint[] not null default '{}',
    failed_authentication_log bigint[] not null default '{}'
) with (fillfactor = 50);
