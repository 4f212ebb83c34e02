//! What couples do, by HTML forms alone: every request is one that a browser without scripts would send.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod journeys {
    mod booking;
    mod bookings;
    mod browser;
    mod check;
    mod couple;
    mod details;
    mod held;
    mod holds;
    mod house;
    mod moving;
    mod phone;
    mod times;
}
