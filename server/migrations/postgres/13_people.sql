-- Looking after people: administrators whom one proposes and another approves, and accounts that nobody uses.

-- When an account was last signed in with, set up or let in again: whoever stays away for long is let in no more. An account
-- from before there was this column counts from the first look at it.
alter table staff_account add column used_at bigint;

-- A role that takes two people to give: what is proposed never changes, so that what was approved is what was read.
create table role_proposal (
    id text primary key,
    staff_id text not null references staff (id),
    role text not null check (role = 'account_administrator'),
    scope text not null check (scope in ('office', 'place', 'organisation')),
    scope_id text not null,
    from_at bigint not null,
    until_at bigint,
    proposer text not null references staff (id),
    proposed_at bigint not null,
    expires_at bigint not null,
    -- Who said yes or no, and what became of it; nothing while it waits.
    decided_by text references staff (id),
    decided_at bigint,
    outcome text check (outcome in ('approved', 'declined', 'withdrawn', 'expired')),
    constraint two_persons check (outcome <> 'approved' or (decided_by is not null and decided_by <> proposer)),
    constraint nobody_grants_themselves check (
        proposer <> staff_id and (outcome <> 'approved' or decided_by <> staff_id)),
    check ((outcome is null) = (decided_at is null)),
    check (until_at >= from_at)
);
create unique index role_proposed_once on role_proposal (staff_id, scope, scope_id, (length(scope_id)))
    where outcome is null;
