-- Who has suspended an administrator alone, and when last: while nobody agreed, the same one does not do it again for thirty
-- days, whoever else has done so since. In the place of staff_account.stopped_at, which knew the last one only.
create table staff_stopped (
    account text not null references staff_account (name),
    by_id text not null references staff (id),
    stopped_at bigint not null,
    primary key (account, by_id)
);
insert into staff_stopped (account, by_id, stopped_at)
    select name, suspended_by, stopped_at from staff_account
    where suspended_by is not null and stopped_at is not null and agreed_by is null;

-- When somebody came in with it last; staff_account.used_at also says from when ninety days are counted.
alter table staff_account add column signed_in_at bigint;
update staff_account set signed_in_at = (select max(e.at) from audit e where e.stream = 'staff:' || staff_account.staff_id
    and e.act = 'signed_in' and e.detail like '%"' || staff_account.name || '"%');

-- A place that was added and never used is taken out again; its record stays.
alter table place add column withdrawn_at bigint;

-- Hours of one day alone; its special_day names its own weekday, for servers that know of no such hours.
create table special_hours (
    place_id text not null,
    service text not null,
    date text not null,
    starts_minute bigint not null,
    ends_minute bigint not null,
    slot_minutes bigint not null check (slot_minutes > 0),
    capacity bigint not null check (capacity > 0),
    primary key (place_id, service, date, starts_minute),
    foreign key (place_id, service) references service_point (place_id, service)
);
