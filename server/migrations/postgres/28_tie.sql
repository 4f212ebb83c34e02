-- Bookings whose people are erased are looked through until their reference is too, by when they were made.
create index appointment_without_people on appointment (booked_at) where reference is not null and people is null;
-- So is whatever keeps nobody's details, until nobody knows any more whose browser or phone it was.
create index appointment_of_holder on appointment (created_at)
    where people is null and (session is not null or holder is not null or request_key is not null);
