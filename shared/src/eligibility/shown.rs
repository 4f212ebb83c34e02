//! What is known of a fact or a figure, as a reason shows it.

use serde::{Deserialize, Serialize};

use super::{span::Span, truth::Truth};

/// What is known of something that a condition rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shown {
    Number(Span),
    /// Options that are left, a bit for each.
    Options(u64),
    /// A figure, by place among the values of its parameter; `old` when a newer one is to be expected.
    Figure {
        span: Span,
        dated: usize,
        old: bool,
    },
    /// A figure that the pack does not know.
    Unknown,
    Truth(Truth),
}
