-- Bookings with numbers that are not one's own: what the desk has to look at, what the office has ended, and how many
-- different people a phone has named.

-- Whether nobody could know that the phones are those of its people, so that the desk checks the identity of each.
alter table appointment add column at_desk integer not null default 0 check (at_desk in (0, 1));
-- Whether the office ended it, and not those who come; its state is that of a cancelled one, whose people are kept as long.
alter table appointment add column released integer not null default 0 check (released in (0, 1));

-- Whom a confirmed phone has named, as blind indexes, booked or refused. So many different people count at a time, that
-- nobody goes through other people's numbers one by one; the same people again take nothing.
create table named_person (
    phone_index text not null,
    person_index text not null,
    -- Which of the phone's places it takes, until when.
    rank integer not null,
    counts_until integer not null,
    primary key (phone_index, person_index),
    constraint people_per_phone check (rank between 1 and 6)
) strict;
create unique index people_per_phone_once on named_person (phone_index, rank, (rank + 0));
create index named_person_over on named_person (counts_until);
