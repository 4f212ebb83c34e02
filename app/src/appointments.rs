//! The pages of the appointment engine: choosing a place and a time, holding it, booking it, and looking after the
//! booking. They know no service: what differs stands in a service's [`service::BookingPages`].

pub mod acts;
pub mod book;
pub mod booking_form;
pub mod bookings;
mod choosing;
mod confirming;
pub mod draft;
pub mod held;
mod held_time;
pub mod hold_notice;
mod keys;
pub mod manage_link;
pub mod messages;
mod places;
pub mod question_page;
mod reasons;
mod rules;
mod sending;
pub mod service;
pub mod step;
mod taking;
mod times;
pub mod wish;

#[cfg(test)]
mod tests;
