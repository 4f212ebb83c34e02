-- The door of the staff.

-- Fingerprint of the word that lets somebody in on a machine where they never signed in; it was handed over to them. Who is let
-- in without one as this begins is let in anew.
alter table staff_account add column new_machine_word text;
update staff_account set new_machine_until = null;

-- A second person is one who was so before the first did anything, and not by the hand of either of the two whom it is about
-- within the three days before.
create trigger second_of_account_is_older before update of seen_by, agreed_by on staff_account when
    (new.seen_by is not null and new.seen_by is not old.seen_by and not exists (
        select 1 from staff_role r where r.staff_id = new.seen_by and r.role in ('office_manager', 'account_administrator')
        and r.granted_at < new.opened_at and (r.granted_by is null or r.approved_by is not null
        or r.granted_by not in (new.opened_by, new.staff_id) or r.granted_at <= new.opened_at - 259200000)))
    or (new.agreed_by is not null and new.agreed_by is not old.agreed_by and not exists (
        select 1 from staff_role r where r.staff_id = new.agreed_by and r.role in ('office_manager', 'account_administrator')
        and r.granted_at < new.suspended_at and (r.granted_by is null or r.approved_by is not null
        or r.granted_by not in (new.suspended_by, new.staff_id) or r.granted_at <= new.suspended_at - 259200000)))
begin select raise(abort, 'CHECK constraint failed: second_is_older'); end;
create trigger second_of_role_is_older before update of ended_by on staff_role when
    new.ended_by is not null and new.ended_by is not old.ended_by and not exists (
        select 1 from staff_role r where r.staff_id = new.ended_by and r.role in ('account_administrator')
        and r.granted_at < new.ending_at and (r.granted_by is null or r.approved_by is not null
        or r.granted_by not in (new.ending_by, new.staff_id) or r.granted_at <= new.ending_at - 259200000))
begin select raise(abort, 'CHECK constraint failed: second_is_older'); end;
