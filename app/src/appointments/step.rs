//! One step of booking.

use crate::words::Text;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Time,
    /// One of the service's own pages of questions, counted from none.
    Details(usize),
    Review,
    Codes,
}

/// A page of questions.
pub struct DetailsStep {
    /// Its address below the service's own, `book/details/…`.
    pub path: &'static str,
    pub name: Text,
}
