-- The hall of an office: its counters, who is there and where they are called, in which order, and what each day became.

-- A window of an office where people are served.
create table counter (
    id integer primary key,
    -- A place that belongs to no other.
    office text not null references place (id),
    -- What its sign says.
    name text not null,
    state text not null check (state in ('closed', 'open', 'break')),
    -- Who sits there.
    staff_id text references staff (id),
    changed_at integer not null,
    removed_at integer,
    audit_length integer not null,
    audit_head text not null,
    check ((state = 'closed') = (staff_id is null)),
    check (removed_at is null or state = 'closed')
) strict;
create unique index counter_name on counter (office, name, (length(name))) where removed_at is null;
create unique index counter_of_clerk on counter (staff_id, (length(staff_id))) where staff_id is not null;

-- A visit from its first act on. That of a booking goes by the booking's own id and is written when somebody first does
-- something with it; that of somebody without one stands in the place of a slot, which it takes like a booking.
create table visit (
    id text primary key,
    office text not null references place (id),
    -- Its Shanghai day.
    date text not null,
    appointment_id text references appointment (id),
    slot_id integer references slot (id),
    -- Whether it is counted in slot.taken; never with a booking, which is counted itself.
    occupies integer not null check (occupies in (0, 1)),
    service text not null,
    place_id text not null references place (id),
    starts_at integer not null,
    -- The number they are called by.
    ticket integer,
    state text not null check (state in
        ('booked', 'arrived', 'called', 'serving', 'parked', 'finished', 'no_show', 'left', 'redirected')),
    -- The state with all that belongs to it, and the acts that can be undone, in JSON.
    detail text not null,
    done text not null,
    version integer not null,
    arrived_at integer,
    -- What their place among those who wait goes by.
    queue_at integer,
    -- The only counter that calls them next.
    waits_for integer references counter (id),
    counter_id integer references counter (id),
    -- The visit that was sent on to this one.
    sent_from text references visit (id),
    changed_at integer not null,
    audit_length integer not null,
    audit_head text not null,
    check ((appointment_id is null) = (slot_id is not null)),
    check (appointment_id is null or occupies = 0),
    check ((counter_id is not null) = (state in ('called', 'serving'))),
    check (waits_for is null or state = 'arrived'),
    check (state not in ('arrived', 'called', 'serving', 'parked') or (arrived_at is not null and queue_at is not null))
) strict;
create unique index visit_of_booking on visit (appointment_id, (length(appointment_id))) where appointment_id is not null;
create unique index visit_ticket on visit (office, date, ticket, (ticket + 0)) where ticket is not null;
create index visit_of_day on visit (office, date);
create index visit_waiting on visit (office, date, queue_at) where state = 'arrived';
create index visit_on_slot on visit (slot_id) where occupies = 1;

-- Who is called to a counter or served there: a visit at one counter, a counter with one visit.
create table open_call (
    visit_id text not null references visit (id),
    counter_id integer not null references counter (id)
) strict;
create unique index visit_is_called_once on open_call (visit_id, (length(visit_id)));
create unique index counter_calls_once on open_call (counter_id, (counter_id + 0));

-- What a press of a button was answered: the same press again is answered the same. Kept for a day.
create table counter_press (
    -- Fingerprint of the press and whose it was.
    id text primary key,
    -- Fingerprint of what was asked.
    asked text not null,
    answer text not null,
    created_at integer not null
) strict;
create index counter_press_by_age on counter_press (created_at);

-- A day of an office. Its row is written last by whatever changes the day, so that all else is decided before.
create table office_day (
    office text not null references place (id),
    date text not null,
    version integer not null,
    -- The last ticket that was given out.
    tickets integer not null,
    -- Once closed, and at which version: a day that has a later one was corrected.
    closed_at integer,
    closed_version integer,
    primary key (office, date),
    check ((closed_at is null) = (closed_version is null))
) strict;

-- How an office calls those who wait: the rule in force on a day is the one with the latest valid_from not after it.
create table calling_rule (
    office text not null references place (id),
    valid_from text not null,
    rule text not null,
    primary key (office, valid_from)
) strict;

-- Whether the hall has begun with a booking, so that those who hold it change it at the counter only.
alter table appointment add column arrived integer not null default 0 check (arrived in (0, 1));

-- The day of a place, whatever is booked there.
create index slot_of_day on slot (place_id, date);
