//! What couples do, by HTML forms alone: every request is one that a browser without scripts would send.

use testhouse::browser;

mod at_work;
mod authority;
mod booking;
mod bookings;
mod ceremony;
mod check;
mod choosing;
mod correcting;
mod couple;
mod crowd;
mod days;
mod desk;
mod details;
mod door;
mod following;
mod hall;
mod held;
mod holds;
mod hours;
mod house;
mod moving;
mod notices;
mod offices;
mod paper;
mod people;
mod phone;
mod places;
mod priority;
mod rest_of_day;
mod seen;
mod telling;
mod times;
mod visits;
mod way_in;
