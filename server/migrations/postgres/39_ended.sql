-- Whoever works here no more: years after their last account was closed the number that they were taken on with is erased, and its
-- index; their name stays, so that what was done is somebody's. From then on their account never opens again, or one person could
-- have two of them; whoever comes back is taken on anew.
alter table staff_account add column ended_at bigint
    constraint ended_stays_closed check (ended_at is null or suspended_at is not null);
