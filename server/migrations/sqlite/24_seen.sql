-- What nobody does unseen.

-- Who wants an auditor's role ended, since when, and who ended it: somebody else.
alter table staff_role add column ending_by text references staff (id);
alter table staff_role add column ending_at integer;
alter table staff_role add column ended_by text references staff (id)
    check (ended_by <> ending_by and ended_by <> staff_id);

-- Until when somebody is let in on a machine where they never signed in, whoever tries their passwords elsewhere; since when
-- and by whom.
alter table staff_account add column new_machine_until integer;
alter table staff_account add column new_machine_at integer;
alter table staff_account add column new_machine_by text references staff (id) check (new_machine_by <> staff_id);

-- Who read the list of another day than their own, once for each day on which they did.
create table day_read (
    office text not null references place (id),
    staff_id text not null references staff (id),
    -- The day that was read, and the one on which it was.
    date text not null,
    read_on text not null,
    -- As what they may.
    role text not null,
    at integer not null,
    primary key (office, staff_id, date, read_on)
) strict;
create index day_read_on on day_read (office, read_on);
