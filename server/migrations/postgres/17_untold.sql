-- Messages that did not arrive, where somebody of the office has told people otherwise.
create table message_settled (
    message bigint primary key references outbox (id) on delete cascade,
    office text not null references place (id),
    settled_by text not null references staff (id),
    settled_at bigint not null,
    audit_length bigint not null,
    audit_head text not null
);
create index outbox_failed on outbox (created_at) where state = 'failed';
