-- What the bureau tells those who come. A notice begins and ends by the clock; nothing here is ever removed.
create table notice (
    id text primary key,
    -- The home page, a service by its name in the settings, or a place.
    board text not null check (board in ('home', 'service', 'place')),
    subject text not null,
    tone text not null check (tone in ('info', 'warning')),
    title_zh text not null,
    text_zh text not null,
    title_en text,
    text_en text,
    from_at bigint not null,
    until_at bigint not null,
    version bigint not null,
    -- The notice before its last change, in JSON.
    before text,
    changed_at bigint not null,
    audit_length bigint not null,
    audit_head text not null,
    check (until_at >= from_at),
    check ((title_en is null) = (text_en is null))
);
create index notice_until on notice (until_at);

-- How to find the way to a place, in a sentence; empty where nothing is said.
alter table place add column directions_zh text not null default '';
alter table place add column directions_en text not null default '';
