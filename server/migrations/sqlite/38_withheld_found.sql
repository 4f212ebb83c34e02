-- Bookings that the office has ended while they go on for those who hold them are asked for with every booking. By what is asked of
-- them: by their id alone no database saw that they are few, and SQLite looked through everybody who is booked.
drop index appointment_withheld;
create index appointment_withheld on appointment (released, service) where state = 'booked' and released = 1;
