-- Bookings that were come upon by somebody's document, or ended by an office, are listed for whoever oversees it; they are few
-- among all events.
create index audit_of_releases on audit (at) where act in ('booking_looked_up', 'booking_released');
