-- Codes to phones, each its asker's own: nobody who knows a phone replaces, uses up or holds back a code that its owner
-- asked for. `phone_code` stays for servers of the version before that run beside; the next migration removes it.
create table asked_code (
    phone_index text not null,
    -- What it was sent for: a code for one thing proves nothing for another.
    purpose text not null,
    -- Fingerprint of the browser session that asked; empty for codes from before there were askers.
    asker text not null,
    code_hash text not null,
    sent_at integer not null,
    expires_at integer not null,
    used integer not null default 0 check (used in (0, 1)),
    -- Tries of the asker, and of everybody else together.
    attempts integer not null default 0,
    attempts_of_others integer not null default 0,
    primary key (phone_index, purpose, asker),
    constraint code_attempts check (attempts between 0 and 5 and attempts_of_others between 0 and 5)
) strict;
insert into asked_code (phone_index, purpose, asker, code_hash, sent_at, expires_at, used, attempts_of_others)
    select phone_index, purpose, '', code_hash, sent_at, expires_at, used, attempts from phone_code;
create index asked_code_expiry on asked_code (expires_at);

-- Fingerprint of the network that a hold was taken from, while it runs and no phone was confirmed for it: one network has
-- only so many of those at once.
alter table appointment add column network text;
create index hold_of_network on appointment (network, occupies_until) where state = 'held' and network is not null;
