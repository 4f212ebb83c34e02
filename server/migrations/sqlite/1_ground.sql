-- What every domain stands on: the record of what was done, messages, half-filled forms, codes to phones.

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
-- The expression columns make SQLite name the rule that was broken, here and below.
create unique index audit_sequence on audit (stream, sequence, (at * 0));
create index audit_by_time on audit (at);
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

-- Messages written in the same transaction as what they tell of, and sent afterwards; a subject is a kind and an id.
create table outbox (
    id integer primary key,
    subject text,
    kind text not null,
    sealed blob not null,
    state text not null check (state in ('waiting', 'sent', 'failed')),
    attempts integer not null default 0,
    created_at integer not null,
    due_at integer not null,
    sent_at integer,
    -- Set on a message that may be written only once: another with the same key is not written.
    once_key text
) strict;
create unique index message_once on outbox (subject, kind, once_key, (length(once_key))) where once_key is not null;
create index outbox_due on outbox (due_at) where state = 'waiting';
create index outbox_of_subject on outbox (subject);

-- Half-filled forms, sealed: one for each browser, form and subject, since a helper files for several people.
create table draft (
    id text primary key,
    session text not null,
    form text not null,
    subject text not null,
    sealed blob not null,
    expires_at integer not null
) strict;
create index draft_of_session on draft (session, form);
create index draft_expiry on draft (expires_at);

-- One code at a time for a phone and a purpose; five tries.
create table phone_code (
    phone_index text not null,
    -- What it was sent for: a code for one thing proves nothing for another.
    purpose text not null,
    code_hash text not null,
    sent_at integer not null,
    expires_at integer not null,
    used integer not null default 0 check (used in (0, 1)),
    attempts integer not null default 0,
    primary key (phone_index, purpose),
    constraint code_attempts check (attempts between 0 and 5)
) strict;
