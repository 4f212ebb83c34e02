//! The addresses of cases for the office.

pub(super) mod act;
pub(super) mod assign;
pub(super) mod batch;
pub(super) mod cosign;
pub(super) mod export;
pub(super) mod figures;
pub(super) mod list;
pub(super) mod messages;
pub(super) mod notes;
pub(super) mod one;
pub(super) mod ratings;
pub(super) mod reveal;
pub(super) mod settled;
pub(super) mod shown;
pub(super) mod thresholds;
