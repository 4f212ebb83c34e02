-- Places, their opening rules and the slots they give out.

create table registry (
    id text primary key,
    region text not null,
    position integer not null,
    name_zh text not null,
    name_en text not null,
    address_zh text not null,
    address_en text not null,
    phone text not null,
    -- Only some registries may register couples with a party from outside the mainland (婚姻登记条例 art 2).
    foreign_related integer not null check (foreign_related in (0, 1)),
    -- A registry may book without codes to phones.
    phone_codes integer not null check (phone_codes in (0, 1)),
    demo integer not null check (demo in (0, 1)),
    source text not null,
    checked text not null,
    audit_length integer not null default 0,
    audit_head text not null default ''
) strict;

-- Dated policy data: the rule in force on a day is the one with the latest valid_from not after it.
create table booking_rule (
    registry_id text not null references registry (id),
    service text not null,
    valid_from text not null,
    rule text not null,
    primary key (registry_id, service, valid_from)
) strict;

-- The weekly opening pattern that slots are published from; minutes of the Shanghai day.
create table opening (
    registry_id text not null references registry (id),
    service text not null,
    valid_from text not null,
    weekday integer not null check (weekday between 1 and 7),
    starts_minute integer not null,
    ends_minute integer not null,
    slot_minutes integer not null check (slot_minutes > 0),
    capacity integer not null check (capacity > 0),
    primary key (registry_id, service, valid_from, weekday, starts_minute)
) strict;

-- Days that differ from the calendar: closed, or specially open like the weekday named.
create table special_day (
    registry_id text not null references registry (id),
    date text not null,
    open_as_weekday integer check (open_as_weekday between 1 and 7),
    reason_zh text not null,
    reason_en text not null,
    primary key (registry_id, date)
) strict;

create table slot (
    id integer primary key,
    registry_id text not null references registry (id),
    service text not null,
    date text not null,
    starts_at integer not null,
    ends_at integer not null,
    capacity integer not null,
    -- Places held, booked, or cancelled and not yet given back.
    taken integer not null default 0,
    closed integer not null default 0 check (closed in (0, 1)),
    constraint slot_capacity check (taken >= 0 and taken <= capacity),
    unique (registry_id, service, starts_at)
) strict;
create index slot_by_day on slot (registry_id, service, date);

-- A hold and the booking it becomes are one row, so a hold is converted and never re-checked.
create table appointment (
    id text primary key,
    slot_id integer not null references slot (id),
    service text not null,
    state text not null check (state in ('held', 'booked', 'released', 'expired', 'cancelled', 'past')),
    -- Whether the row is counted in slot.taken, and until when (null: until someone ends it).
    occupies integer not null check (occupies in (0, 1)),
    occupies_until integer,
    extensions integer not null default 0,
    -- The browser that may come back to it, and whose two live holds it counts among.
    session text,
    holder text,
    holder_place integer,
    reference text,
    parties blob,
    locale text not null,
    created_at integer not null,
    booked_at integer,
    -- A repeated request with the same key gets the same booking; both are fingerprints.
    request_key text,
    request_body text,
    changes integer not null default 0,
    audit_length integer not null,
    audit_head text not null,
    constraint hold_extensions check (extensions between 0 and 2),
    constraint holds_per_holder check (holder is null or holder_place between 1 and 2),
    check (state <> 'held' or (occupies = 1 and occupies_until is not null)),
    check (state <> 'booked' or (occupies = 1 and occupies_until is null and reference is not null and parties is not null)),
    check (state not in ('held', 'released', 'expired') or parties is null)
) strict;
-- The expression columns make SQLite name the rule that was broken.
create unique index holds_per_holder_once on appointment (holder, holder_place, (occupies + 0)) where state = 'held';
create unique index booking_reference on appointment (reference, (length(reference)));
create unique index idempotency_key on appointment (request_key, (length(request_key)));
create index appointment_ending on appointment (slot_id, occupies_until) where occupies = 1 and occupies_until is not null;
create index appointment_of_session on appointment (session) where state = 'held';
create index appointment_on_slot on appointment (slot_id) where state = 'booked';

-- Who is booked, as blind indexes: one live booking per person and service, across all registries.
create table person (
    appointment_id text not null references appointment (id),
    service text not null,
    person_index text not null,
    live integer not null check (live in (0, 1)),
    primary key (appointment_id, person_index)
) strict;
create unique index person_books_once on person (service, person_index, (live + 0)) where live = 1;

-- One code at a time for a phone; five tries.
create table phone_code (
    phone_index text primary key,
    code_hash text not null,
    sent_at integer not null,
    expires_at integer not null,
    used integer not null default 0 check (used in (0, 1)),
    attempts integer not null default 0,
    constraint code_attempts check (attempts between 0 and 5)
) strict;

-- Phones that were confirmed for a hold before it becomes a booking.
create table confirmed_phone (
    appointment_id text not null references appointment (id),
    phone_index text not null,
    primary key (appointment_id, phone_index)
) strict;

-- Half-filled forms, sealed; they die with their hold.
create table draft (
    session text primary key,
    sealed blob not null,
    expires_at integer not null
) strict;

-- Messages written in the same transaction as what they tell of, and sent afterwards.
create table outbox (
    id integer primary key,
    appointment_id text references appointment (id),
    kind text not null,
    sealed blob not null,
    state text not null check (state in ('waiting', 'sent', 'failed')),
    attempts integer not null default 0,
    created_at integer not null,
    due_at integer not null,
    sent_at integer
) strict;
create index outbox_due on outbox (due_at) where state = 'waiting';
create index outbox_of_appointment on outbox (appointment_id);

-- Append-only events, chained by hash within their stream.
create table audit (
    stream text not null,
    sequence integer not null,
    at integer not null,
    actor text not null,
    act text not null,
    detail text not null,
    previous text not null,
    hash text not null
) strict;
create unique index audit_sequence on audit (stream, sequence, (at * 0));
create trigger audit_is_never_changed before update on audit begin select raise(abort, 'audit events are append-only'); end;
create trigger audit_is_never_deleted before delete on audit begin select raise(abort, 'audit events are append-only'); end;

-- Windows of audit events, each under a seal made with a key outside the database and chained to the one before.
create table checkpoint (
    sequence integer not null,
    from_at integer not null,
    until_at integer not null,
    events integer not null,
    digest text not null,
    seal text not null
) strict;
create unique index checkpoint_sequence on checkpoint (sequence, (sequence + 0));
create index audit_by_time on audit (at);
