-- Who of the staff looked at a booking or a visit, and for what. One row for each person, thing seen and quarter of an hour;
-- reading something in full again within it is one event more of the row.
create table look (
    id text primary key,
    -- That of a booking is the booking's own id.
    visit_id text not null,
    staff_id text not null references staff (id),
    -- The office whose visit it is, and as what they looked.
    office text not null references place (id),
    role text not null,
    purpose text not null check (purpose in ('serving', 'asked_by_person', 'checking', 'safety')),
    -- 'opened', 'set_apart', or whose and which: '0.phone'.
    seen text not null,
    at integer not null,
    audit_length integer not null,
    audit_head text not null
) strict;
-- A look for safety stands beside any other, so that neither leaves a gap where the other would be.
create unique index look_once on look
    (staff_id, visit_id, seen, (at / 900000), (case when purpose = 'safety' then 1 else 0 end));
create index look_at_visit on look (visit_id);
create index look_by_staff on look (staff_id, at);
