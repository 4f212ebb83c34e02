-- Until when a message is of use to somebody who waits for it with a page open, such as a code: those go first.
alter table outbox add column useful_until bigint;
create index outbox_next on outbox ((useful_until is null), due_at) where state = 'waiting';

-- What a server must find as it left it before it serves: which keys this database is sealed with.
create table office (
    name text primary key,
    value text not null
);
