-- Places that an office gives out on the day itself, beside those that were published: only whoever stands in the hall takes
-- one, and the slot that has them lasts to the end of the day.
alter table slot add column added bigint not null default 0 check (added in (0, 1));
create table added_places (
    slot_id bigint primary key references slot (id),
    office text not null references place (id),
    date text not null,
    -- Why, in words that may be read for years.
    reason text not null,
    added_by text not null references staff (id),
    added_at bigint not null
);
create index added_places_of_day on added_places (office, date);
