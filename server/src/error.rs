//! What can go wrong inside, and what of it residents are told.

use shared::field::FieldErrors;
use shared::problem::{Problem, Refusal};

use crate::database::{DatabaseError, Retry};
use crate::keys::seal::Unsealable;
use crate::observe::metrics;

/// A problem to tell, or an internal failure to log.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("refused: {}", .0.code())]
    Problem(Problem),
    #[error(transparent)]
    Database(#[from] DatabaseError),
    #[error(transparent)]
    Unsealable(#[from] Unsealable),
}

impl Error {
    /// The problem to answer with; called once, at the boundary, where internals are logged.
    pub fn into_problem(self) -> Problem {
        let problem = match self {
            Self::Problem(problem) => problem,
            Self::Database(DatabaseError::Busy(error)) => {
                tracing::warn!(%error, "the database stayed busy");
                Problem::Busy
            }
            internal => {
                tracing::error!(error = %internal, "a request failed");
                Problem::Internal
            }
        };
        metrics::refused(problem.code());
        problem
    }
}

impl Error {
    /// The refusal told, if it is one of this domain's.
    pub fn refusal<R: Refusal + Copy>(&self) -> Option<R> {
        match self {
            Self::Problem(problem) => problem.refusal(),
            _ => None,
        }
    }
}

impl Retry for Error {
    fn is_transient(&self) -> bool {
        matches!(self, Self::Database(error) if error.is_transient())
    }
}

impl From<Problem> for Error {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

impl From<FieldErrors> for Error {
    fn from(errors: FieldErrors) -> Self {
        Self::Problem(Problem::Fields(errors))
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        Self::Database(error.into())
    }
}
