-- What was removed from a name before it was stored: JSON, as it is answered.
alter table channels add column warnings text not null default '[]';

alter table api_keys add column warnings text not null default '[]';
