-- Places that people go to: what every service can say of one. What only one service knows stands beside it.

create table place (
    id text primary key,
    -- What it is, in the word of the domain that brought it, such as marriage_registry.
    kind text not null,
    parent text references place (id),
    position integer not null,
    name_zh text not null,
    name_en text not null,
    address_zh text not null,
    address_en text not null,
    -- Division code, GB/T 2260.
    division text not null,
    phone text not null,
    -- Millionths of a degree, and the datum they were measured in; all three or none.
    latitude integer check (latitude between -90000000 and 90000000),
    longitude integer check (longitude between -180000000 and 180000000),
    datum text check (datum in ('wgs84', 'cgcs2000', 'gcj02', 'bd09')),
    -- The place itself is invented.
    demo integer not null check (demo in (0, 1)),
    source text not null,
    checked text not null,
    audit_length integer not null default 0,
    audit_head text not null default '',
    check ((latitude is null) = (datum is null) and (longitude is null) = (datum is null))
) strict;
create index place_by_kind on place (kind, position);
