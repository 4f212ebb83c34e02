-- Who works at the portal, what they may do, and how they prove who they are.

-- A person, whatever accounts and roles they have: two people who must be different are two of these.
create table staff (
    id text primary key,
    -- Name and identity number, sealed.
    person bytea not null,
    -- Blind index of the identity number: nobody is two people.
    person_index text not null,
    created_at bigint not null,
    audit_length bigint not null,
    audit_head text not null
);
create unique index staff_is_one_person on staff (person_index, (length(person_index)));

-- What somebody signs in with.
create table staff_account (
    name text primary key,
    staff_id text not null references staff (id),
    -- argon2id in PHC form, with its parameters; none until the invitation was taken up.
    password_hash text,
    -- Secret of the authenticator, sealed, and the last step of time whose code was accepted: no code works twice.
    totp_secret bytea,
    totp_step bigint not null default 0,
    -- Since when nobody signs in with it.
    suspended_at bigint,
    -- Wrong tries since the last sign-in, which tells of them.
    failed_tries bigint not null default 0,
    failed_at bigint,
    created_at bigint not null,
    check ((password_hash is null) = (totp_secret is null))
);
create index staff_account_of on staff_account (staff_id);

-- Lets its bearer choose password and authenticator once, after which everything older is void. Whoever invites never
-- learns either.
create table staff_invitation (
    account text primary key references staff_account (name),
    code_hash text not null,
    -- Secret of the authenticator that is being set up, sealed.
    totp_secret bytea not null,
    expires_at bigint not null
);

-- For whoever has lost the authenticator; each works once.
create table staff_recovery_code (
    account text not null references staff_account (name),
    code_hash text not null,
    used_at bigint,
    primary key (account, code_hash)
);

-- Browsers that are signed in. Their tokens are kept as fingerprints.
create table staff_session (
    id text primary key,
    token_hash text not null,
    account text not null references staff_account (name),
    -- What the browser calls itself, so that its owner knows it again.
    browser text not null,
    created_at bigint not null,
    -- To the minute.
    seen_at bigint not null,
    -- When password and code were last given.
    confirmed_at bigint not null
);
create unique index staff_session_token on staff_session (token_hash, (length(token_hash)));
create index staff_session_of on staff_session (account);

-- Browsers in which an account was signed in before. They have tries of their own, so that whoever tries elsewhere keeps
-- nobody out of their own machine. A machine that several share has those of each.
create table staff_device (
    token_hash text not null,
    account text not null references staff_account (name),
    tries bigint not null default 0,
    closed_until bigint not null default 0,
    expires_at bigint not null,
    primary key (token_hash, account),
    constraint device_tries check (tries between 0 and 9)
);
create index staff_device_over on staff_device (expires_at);

-- Tries from browsers that are not known: a few at once, then one now and then, never none for ever. A try is paid for with
-- time; whoever has paid too far ahead waits.
create table sign_in_budget (
    -- Fingerprint of an account or a network, and of what is counted.
    subject text primary key,
    paid_until bigint not null
);
create index sign_in_budget_over on sign_in_budget (paid_until);

-- A role of somebody, where and when.
create table staff_role (
    id text primary key,
    staff_id text not null references staff (id),
    role text not null,
    scope text not null check (scope in ('office', 'place', 'organisation')),
    scope_id text not null,
    from_at bigint not null,
    until_at bigint,
    -- Who gave it; nobody where it was the operator. A second one where it takes two.
    granted_by text references staff (id),
    approved_by text references staff (id),
    -- Which of the two administrators it is whom the operator makes for each office.
    founder bigint check (founder in (1, 2)),
    granted_at bigint not null,
    constraint nobody_grants_themselves check (granted_by <> staff_id and approved_by <> staff_id),
    constraint role_takes_two check (
        granted_by <> approved_by
        and (role <> 'account_administrator' or granted_by is null or approved_by is not null)),
    check (founder is null or (role = 'account_administrator' and granted_by is null)),
    check (until_at >= from_at)
);
create index staff_role_of on staff_role (staff_id);
create unique index two_founders on staff_role (scope, scope_id, (founder + 0));
