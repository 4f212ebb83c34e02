-- Looks are counted by office, person and day.
create index look_at_office on look (office, at);
