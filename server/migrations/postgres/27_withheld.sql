-- Bookings that the office has ended while they go on for those who hold them are looked through until these may know; they are
-- few among all.
create index appointment_withheld on appointment (id) where state = 'booked' and released = 1;
