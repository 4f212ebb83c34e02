-- What somebody said is wrong with a place, and what was answered. Nobody who said so is known.
create table place_report (
    id text primary key,
    place_id text not null references place (id),
    section text not null check (section in
        ('contact', 'hours', 'location', 'services', 'access', 'closed', 'other')),
    -- Words without names and numbers of people.
    text text not null,
    -- By which whoever said it sees what came of it.
    receipt text not null,
    created_at integer not null,
    answered_at integer,
    answer text,
    constraint place_report_answered check ((answered_at is null) = (answer is null))
) strict;
create unique index place_report_receipt on place_report (receipt);
create index place_report_waits on place_report (created_at) where answered_at is null;
