-- Places that a slot may give out where a cut found more taken: until enough come back, none is given out.
alter table slot add column cut_to integer;

-- Ended bookings whose people are still kept, so that the job which erases them looks at no others.
create index appointment_to_erase on appointment (slot_id)
    where people is not null and state in ('past', 'cancelled');
