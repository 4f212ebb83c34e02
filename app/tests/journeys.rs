//! What couples do, by HTML forms alone: every request is one that a browser without scripts would send.

mod journeys {
    mod booking;
    mod bookings;
    mod browser;
    mod couple;
    mod details;
    mod held;
    mod house;
    mod moving;
}
