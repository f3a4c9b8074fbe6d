-- Whether a post that was found on a network is another target's.
create index targets_by_provider_post_id on targets (provider_post_id) where provider_post_id is not null;
