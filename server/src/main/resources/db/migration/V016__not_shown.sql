-- How often the network was looked at after a send and did not show it, and since when.
alter table attempts add column not_shown integer not null default 0;
alter table attempts add column not_shown_since bigint;
