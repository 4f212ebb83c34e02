-- What is said of a place stands in every text and page under the bureau's name, so it takes two persons to change it. What is
-- proposed never changes, so that what was confirmed is what was read.
create table place_change (
    id text primary key,
    place text not null references place (id),
    -- Names, address, phone and directions as they stood and as they are to stand, in JSON.
    was text not null,
    said text not null check (said <> was),
    proposer text not null references staff (id),
    proposed_at integer not null,
    expires_at integer not null,
    -- Who said yes or no, and what became of it; nothing while it waits.
    decided_by text references staff (id),
    decided_at integer,
    outcome text check (outcome in ('confirmed', 'declined', 'withdrawn', 'expired')),
    constraint two_persons check (outcome <> 'confirmed' or (decided_by is not null and decided_by <> proposer)),
    check ((outcome is null) = (decided_at is null))
) strict;
create unique index place_changed_once on place_change (place, (length(place))) where outcome is null;
