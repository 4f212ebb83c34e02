-- Bookings whose people are erased are looked through until their reference is too, by when they were made.
create index appointment_without_people on appointment (booked_at) where reference is not null and people is null;
-- So are holds that became no booking, until nobody knows any more whose they were.
create index appointment_of_holder on appointment (created_at) where booked_at is null and holder is not null;
