//! What notices bring to the house.

use shared::notices::Refusal;

use super::{NAME, store};
use crate::domain::Domain;

/// The row of notices.
pub const DOMAIN: Domain =
    Domain { tables: &["notice"], problems: Refusal::examples, streams: &[store::STREAM], ..Domain::named(NAME) };
