-- What only marriage registration knows of a place.

create table marriage_registry (
    place_id text primary key references place (id),
    -- Only some registries may register couples with a party from outside the mainland (婚姻登记条例 art 2).
    foreign_related integer not null check (foreign_related in (0, 1))
) strict;
