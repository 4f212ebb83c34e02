-- Passkeys: what somebody carries with them instead of typing a code.

create table staff_passkey (
    id text primary key,
    account text not null references staff_account (name),
    -- What the browser calls it by, so that one key is one account's.
    credential text not null,
    -- Public key and counter, sealed: whoever can write here cannot plant a key of their own.
    sealed bytea not null,
    -- What its owner calls it.
    name text not null,
    created_at bigint not null,
    used_at bigint
);
create unique index passkey_is_of_one on staff_passkey (credential, (length(credential)));
create index staff_passkey_of on staff_passkey (account);

-- What a browser was asked to sign, until it has; each works once.
create table staff_challenge (
    -- Fingerprint of what the browser sends along.
    id text primary key,
    account text not null references staff_account (name),
    sealed bytea not null,
    expires_at bigint not null
);
create index staff_challenge_over on staff_challenge (expires_at);

-- Whether a passkey opened the session, which some roles may ask.
alter table staff_session add column by_key bigint not null default 0 check (by_key in (0, 1));
