-- When the network removed the post at the request of its user.
alter table targets add column deleted_at bigint;
