-- What places give appointments for, their dated rules, the slots they give out, holds and bookings.

-- A service at a place.
create table service_point (
    place_id text not null references place (id),
    service text not null,
    -- Whether holds of dates in demand and bookings are confirmed by codes to phones.
    phone_codes integer not null check (phone_codes in (0, 1)),
    -- Its times are invented.
    demo integer not null check (demo in (0, 1)),
    primary key (place_id, service)
) strict;

-- Dated policy data: the rule in force on a day is the one with the latest valid_from not after it.
create table booking_rule (
    place_id text not null,
    service text not null,
    valid_from text not null,
    rule text not null,
    primary key (place_id, service, valid_from),
    foreign key (place_id, service) references service_point (place_id, service)
) strict;

-- The weekly opening pattern that slots are published from; minutes of the Shanghai day.
create table opening (
    place_id text not null,
    service text not null,
    valid_from text not null,
    weekday integer not null check (weekday between 1 and 7),
    starts_minute integer not null,
    ends_minute integer not null,
    slot_minutes integer not null check (slot_minutes > 0),
    capacity integer not null check (capacity > 0),
    primary key (place_id, service, valid_from, weekday, starts_minute),
    foreign key (place_id, service) references service_point (place_id, service)
) strict;

-- Days that differ from the calendar: closed, or specially open like the weekday named.
create table special_day (
    place_id text not null,
    service text not null,
    date text not null,
    open_as_weekday integer check (open_as_weekday between 1 and 7),
    reason_zh text not null,
    reason_en text not null,
    primary key (place_id, service, date),
    foreign key (place_id, service) references service_point (place_id, service)
) strict;

create table slot (
    id integer primary key,
    place_id text not null,
    service text not null,
    date text not null,
    starts_at integer not null,
    ends_at integer not null,
    capacity integer not null,
    -- Units held, booked, or cancelled and not yet given back.
    taken integer not null default 0,
    closed integer not null default 0 check (closed in (0, 1)),
    constraint slot_capacity check (taken >= 0 and taken <= capacity),
    unique (place_id, service, starts_at),
    foreign key (place_id, service) references service_point (place_id, service)
) strict;
create index slot_by_day on slot (place_id, service, date);

-- A hold and the booking it becomes are one row, so a hold is converted and never re-checked.
create table appointment (
    id text primary key,
    slot_id integer not null references slot (id),
    service text not null,
    state text not null check (state in ('held', 'booked', 'released', 'expired', 'cancelled', 'past')),
    -- Whether the row is counted in slot.taken, and until when (null: until someone ends it).
    occupies integer not null check (occupies in (0, 1)),
    occupies_until integer,
    extensions_left integer not null default 0,
    -- The browser that may come back to it, and whose two live holds of this service it counts among.
    session text,
    holder text,
    holder_rank integer,
    reference text,
    people blob,
    locale text not null,
    created_at integer not null,
    booked_at integer,
    -- A repeated request with the same key gets the same booking; both are fingerprints.
    request_key text,
    request_body text,
    changes integer not null default 0,
    audit_length integer not null,
    audit_head text not null,
    constraint hold_extensions check (extensions_left >= 0),
    constraint holds_per_holder check (holder is null or holder_rank between 1 and 2),
    check (state <> 'held' or (occupies = 1 and occupies_until is not null)),
    check (state <> 'booked' or (occupies = 1 and occupies_until is null and reference is not null and people is not null)),
    check (state not in ('held', 'released', 'expired') or people is null)
) strict;
create unique index holds_per_holder_once on appointment (service, holder, holder_rank, (occupies + 0)) where state = 'held';
create unique index booking_reference on appointment (reference, (length(reference)));
create unique index idempotency_key on appointment (request_key, (length(request_key)));
create index appointment_ending on appointment (slot_id, occupies_until) where occupies = 1 and occupies_until is not null;
create index appointment_of_session on appointment (session) where state = 'held';
create index appointment_on_slot on appointment (slot_id) where state = 'booked';

-- Who is booked, as blind indexes: one live booking per person and service, at all places together.
create table person (
    appointment_id text not null references appointment (id),
    service text not null,
    person_index text not null,
    live integer not null check (live in (0, 1)),
    primary key (appointment_id, person_index)
) strict;
create unique index person_books_once on person (service, person_index, (live + 0)) where live = 1;

-- Phones that were confirmed for a hold before it becomes a booking.
create table confirmed_phone (
    appointment_id text not null references appointment (id),
    phone_index text not null,
    primary key (appointment_id, phone_index)
) strict;
