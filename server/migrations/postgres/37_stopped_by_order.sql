-- What somebody began who was stopped since is void. Which came first says the order of the record, and no clock: each first half
-- keeps how many events the record of whoever wrote it had then, and a stop that is a later one of them comes after it.
alter table role_proposal add column proposed_after bigint;
alter table place_change add column proposed_after bigint;
alter table staff_role add column ending_after bigint;
alter table staff_account add column suspended_after bigint;
alter table staff_account add column opened_after bigint;
alter table staff_invitation add column made_after bigint;
-- What waits already is ordered as it was until now.
update role_proposal set proposed_after = (select coalesce(max(e.sequence), 0) from audit e
    where e.stream = 'staff:' || role_proposal.proposer and e.at < role_proposal.proposed_at) where outcome is null;
update place_change set proposed_after = (select coalesce(max(e.sequence), 0) from audit e
    where e.stream = 'staff:' || place_change.proposer and e.at < place_change.proposed_at) where outcome is null;
update staff_role set ending_after = (select coalesce(max(e.sequence), 0) from audit e
    where e.stream = 'staff:' || staff_role.ending_by and e.at < staff_role.ending_at) where ending_by is not null;
update staff_account set suspended_after = (select coalesce(max(e.sequence), 0) from audit e
    where e.stream = 'staff:' || staff_account.suspended_by and e.at < staff_account.suspended_at)
    where suspended_until is not null and suspended_by is not null;
update staff_account set opened_after = (select coalesce(max(e.sequence), 0) from audit e
    where e.stream = 'staff:' || staff_account.opened_by and e.at < staff_account.opened_at)
    where opened_by is not null and seen_by is null;
-- An invitation is taken up within a day of its making.
update staff_invitation set made_after = (select coalesce(max(e.sequence), 0) from audit e
    where e.stream = 'staff:' || staff_invitation.made_by and e.at < staff_invitation.expires_at - 86400000)
    where made_by is not null;
