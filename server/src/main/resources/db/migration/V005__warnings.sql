-- What was done to a post that its sender may not expect: JSON, as it is answered.
alter table posts add column warnings text not null default '[]';
