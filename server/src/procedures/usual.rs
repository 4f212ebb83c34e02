//! How long cases of a kind really took, without the family's own time.

/// Days from handing in to the decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Usual {
    /// Half of the cases took at most so many.
    pub half: i64,
    /// Nine of ten took at most so many.
    pub most: i64,
    /// How many cases that is known of; five at least.
    pub of: usize,
}
