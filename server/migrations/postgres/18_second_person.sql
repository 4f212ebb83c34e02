-- A second person: an account that one administrator opens lets nobody in before another has seen whose it is, and an
-- administrator whom one suspends comes back unless another agrees.

-- Who made the invitation; nobody where it was the operator. Of those from before nobody knows, and each would open an account
-- without a second person: they are made anew.
delete from staff_invitation;
alter table staff_invitation add column made_by text references staff (id);

-- Whose invitation opened the account, and whether it had been open before; nobody's where it was the operator's. Until
-- somebody else has seen the person, it lets nobody in.
alter table staff_account add column opened_by text references staff (id);
alter table staff_account add column opened_at bigint;
alter table staff_account add column opened_anew bigint not null default 0 check (opened_anew in (0, 1));
alter table staff_account add column seen_by text references staff (id)
    constraint seen_by_another check (seen_by <> opened_by and seen_by <> staff_id);
alter table staff_account add column seen_at bigint;

-- Which administrator suspended this one alone, until when that holds while nobody agrees, and who has.
alter table staff_account add column suspended_by text references staff (id);
alter table staff_account add column suspended_until bigint;
-- When that one did: while nobody agreed, the same one does not do it again for thirty days.
alter table staff_account add column stopped_at bigint;
alter table staff_account add column agreed_by text references staff (id)
    constraint agreed_by_another check (agreed_by <> suspended_by and agreed_by <> staff_id);

-- Tries of a browser that is known are paid for in sign_in_budget like all others; the columns that counted them before,
-- tries and closed_until of staff_device, are not used any more.
