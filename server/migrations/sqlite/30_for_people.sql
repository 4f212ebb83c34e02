-- What is cancelled and moved is counted by who did it, and listed.
create index audit_for_people on audit (at) where act in ('booking_cancelled', 'booking_moved');
