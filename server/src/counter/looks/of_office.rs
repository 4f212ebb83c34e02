//! What was done to the bookings of an office, and by those who worked there at the time to bookings of any.

/// A statement of events `e` with their booking `b` and its time `s`, of an office `$1` since an instant `$2`.
macro_rules! of_office {
    ($columns:literal, $acts:expr, $rest:literal) => {
        concat!(
            $crate::counter::office::here!("$1"),
            " select ",
            $columns,
            " from audit e join appointment b on b.id = e.stream join slot s on s.id = b.slot_id where ",
            $acts,
            " and e.at > $2 and (s.place_id in (select id from here) or exists (select 1 from staff_role r \
             where 'staff:' || r.staff_id = e.actor and r.scope in ('office', 'place') \
             and r.scope_id in (select id from here) and r.from_at <= e.at \
             and (r.until_at is null or r.until_at > e.at)))",
            $rest
        )
    };
}

pub(super) use of_office;
