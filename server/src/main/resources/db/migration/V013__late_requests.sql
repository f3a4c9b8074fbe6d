-- Until when a request that its network did not have when it was asked may still come to it; null when it cannot.
alter table attempts add column may_come_until bigint;
