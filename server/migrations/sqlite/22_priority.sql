-- Who is served before the others who wait; why, nobody is asked and nothing keeps. Nobody has it who has not come.
alter table visit add column priority integer not null default 0
    check (priority in (0, 1) and (priority = 0 or state <> 'booked'));
