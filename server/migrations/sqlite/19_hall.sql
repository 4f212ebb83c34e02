-- Looks for safety are listed by office; they are few among all.
create index look_for_safety on look (office, at) where purpose = 'safety';

-- Which kiosk gave out a ticket, for as long as somebody may ask how many it was.
create table kiosk_ticket (
    visit_id text primary key references visit (id),
    screen_id text not null,
    taken_at integer not null
) strict;
create index kiosk_ticket_at on kiosk_ticket (taken_at);
