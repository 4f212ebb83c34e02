-- What is booked for people is counted by who did it, and listed, as what is cancelled and moved.
create index audit_of_staff_for_people on audit (at) where act in ('booking_made', 'booking_cancelled', 'booking_moved')
    and substr(actor, 1, 6) = 'staff:';
-- The new one has all that this had.
drop index audit_for_people;
