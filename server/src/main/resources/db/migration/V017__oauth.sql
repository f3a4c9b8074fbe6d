-- Until when somebody is renewing the session: a refresh token that is good for one use is sent by one only.
alter table channel_secrets add column renewing_until bigint;
