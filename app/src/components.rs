//! The parts that pages are made of, one a file; `/components` shows each in every state.

pub mod back_link;
pub mod button;
pub mod card;
pub mod checkbox;
pub mod checklist;
#[cfg(feature = "ssr")]
pub mod chinese;
pub mod choice;
pub mod confirmation;
pub mod date_field;
#[cfg(feature = "ssr")]
pub mod demo_mailbox;
pub mod empty;
pub mod error_summary;
pub mod field;
#[cfg(feature = "ssr")]
pub mod for_printing;
pub mod heading;
pub mod icon;
pub mod id_field;
pub mod map_link;
pub mod mark;
pub mod month;
pub mod notice;
pub mod part;
pub mod phone_field;
#[cfg(any(feature = "check", feature = "ssr"))]
pub mod qr;
pub mod quick_exit;
pub mod resend;
pub mod row_link;
#[cfg(feature = "ssr")]
pub mod sign;
pub mod source;
pub mod steps;
pub mod summary;
pub mod tag;
pub mod text_area;
pub mod text_field;
pub mod timeline;
pub mod times;
#[cfg(any(feature = "hydrate", feature = "ssr"))]
pub mod whole;
