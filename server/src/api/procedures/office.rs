//! The addresses of cases for the office.

pub(super) mod act;
pub(super) mod figures;
pub(super) mod list;
pub(super) mod messages;
pub(super) mod one;
pub(super) mod ratings;
pub(super) mod settled;
pub(super) mod shown;
