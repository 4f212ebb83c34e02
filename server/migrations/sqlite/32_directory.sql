-- The directory: places that residents look for, whatever for. What every service can say of one stands in place; here is what
-- the directory adds, section by section, each with who confirmed it and when.

-- Whether people work in it with this portal: only such places are offices, or belong to one.
alter table place add column staffed integer not null default 1 check (staffed in (0, 1));

create table listing (
    place_id text primary key references place (id),
    -- By its name in the data of the place's kind.
    tier text,
    -- Division codes of nine and of twelve digits, with their names.
    street text,
    street_name text,
    community text,
    community_name text,
    -- Closed for good, from this day on.
    closed_on text,
    closed_zh text,
    closed_en text,
    -- Counts what was changed, so that nothing is undone over a later change.
    revision integer not null,
    check ((street is null) = (street_name is null)),
    check (street is null or length(street) = 9),
    check ((community is null) = (community_name is null)),
    check (community is null or length(community) = 12),
    check ((closed_on is null) = (closed_zh is null) and (closed_on is null) = (closed_en is null))
) strict;

-- How often something of a kind was changed, so that whoever remembers its places knows when to read them anew.
create table listing_kind (
    kind text primary key,
    version integer not null
) strict;

-- What is said in a section. The facts of contact and location are the place's own: their body is empty.
create table listing_section (
    place_id text not null references listing (place_id),
    section text not null check (section in
        ('contact', 'location', 'hours', 'services', 'access', 'capacity', 'grade')),
    -- In JSON.
    body text not null,
    confirmed_on text not null,
    -- The office or the file, in words.
    confirmed_by text not null,
    changed_at integer not null,
    primary key (place_id, section)
) strict;

-- What is otherwise for a while: it begins and ends by the clock.
create table listing_change (
    id text primary key,
    place_id text not null references listing (place_id),
    kind text not null check (kind in ('closed', 'hours', 'message', 'without_service')),
    -- The spans or the service, in JSON.
    body text not null,
    starts_at integer not null,
    ends_at integer not null,
    reason_zh text not null,
    reason_en text not null,
    made_at integer not null,
    -- Taken back before its end.
    ended_at integer,
    constraint listing_change_ends check (ends_at > starts_at)
) strict;
create index listing_change_of_place on listing_change (ends_at, place_id);

-- A file of places that was taken in, with what each place was before it.
create table listing_import (
    id text primary key,
    kind text not null,
    imported_at integer not null,
    -- Who, in words, and the fingerprint of the file.
    imported_by text not null,
    file_hash text not null,
    added integer not null,
    changed integer not null,
    gone integer not null,
    undone_at integer,
    audit_length integer not null,
    audit_head text not null
) strict;
create table listing_import_row (
    import_id text not null references listing_import (id),
    place_id text not null references listing (place_id),
    -- The place before, in JSON; none where it was new.
    before text,
    -- The revision that the import left.
    revision integer not null,
    primary key (import_id, place_id)
) strict;

-- An id is of one place for ever: a place that was listed is closed and never deleted.
create trigger listing_stays before delete on listing
begin select raise(abort, 'CHECK constraint failed: listing_stays'); end;
create trigger listing_keeps_its_id before update of place_id on listing when new.place_id <> old.place_id
begin select raise(abort, 'CHECK constraint failed: listing_stays'); end;

-- No place belongs to itself, however far above.
create trigger place_has_no_loop before update of parent on place when new.parent is not null and (
    new.parent = new.id
    or exists (select 1 from place a where a.id = new.parent and (a.parent = new.id
        or exists (select 1 from place b where b.id = a.parent and (b.parent = new.id
            or exists (select 1 from place c where c.id = b.parent and c.parent is not null))))))
begin select raise(abort, 'CHECK constraint failed: place_has_no_loop'); end;
create trigger place_begins_without_loop before insert on place when new.parent = new.id
begin select raise(abort, 'CHECK constraint failed: place_has_no_loop'); end;

-- Registries were there before the directory was.
insert into listing (place_id, revision) select place_id, 1 from marriage_registry;
insert into listing_section (place_id, section, body, confirmed_on, confirmed_by, changed_at)
    select p.id, s.section, '', p.checked, p.source, 0 from place p join listing l on l.place_id = p.id
    cross join (select 'contact' as section union all select 'location') s;
insert into listing_kind (kind, version) values ('marriage_registry', 1);
