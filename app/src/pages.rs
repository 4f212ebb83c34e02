//! One page a file, named after its URL.

pub mod accessibility;
pub mod benefits;
pub mod components;
pub mod demo;
pub mod home;
pub mod marriage;
pub mod preferences;
pub mod privacy;

use crate::appointments::service::BookingPages;

/// Every service that can be booked.
pub static BOOKED: [&BookingPages; 1] = [&marriage::book::MARRIAGE];
