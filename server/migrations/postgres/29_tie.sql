-- Bookings whose people are erased are looked through until their reference is too, by when they were made.
create index appointment_without_people on appointment (booked_at) where reference is not null and people is null;
