-- Screens in a hall: what hangs there and what stands there. A link opens each once, and from then on it is known by what its
-- browser carries.
create table screen (
    id text primary key,
    office text not null references place (id),
    kind text not null check (kind in ('display', 'kiosk')),
    -- What those who look after it call it.
    name text not null,
    -- Fingerprint of the link that still opens it, and until when.
    link_hash text,
    link_until bigint,
    -- Fingerprint of what its browser carries.
    token_hash text,
    made_by text not null references staff (id),
    made_at bigint not null,
    -- To the minute.
    seen_at bigint,
    revoked_at bigint,
    audit_length bigint not null,
    audit_head text not null,
    check ((link_hash is null) = (link_until is null)),
    check (link_hash is null or token_hash is null)
);
create unique index screen_link on screen (link_hash, (length(link_hash))) where link_hash is not null;
create unique index screen_token on screen (token_hash, (length(token_hash))) where token_hash is not null;
create index screen_of_office on screen (office) where revoked_at is null;
