//! What can go wrong inside, and how much of it residents are told.

use std::sync::Arc;

use shared::field::FieldErrors;
use shared::problem::{Problem, Refusal};
use shared::staff::Refusal as SignIn;

use crate::database::{DatabaseError, Retry};
use crate::keys::seal::Unsealable;
use crate::observe::metrics;
use crate::region::Damaged;

/// A problem to tell, or an internal failure to log.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("refused: {}", .0.code())]
    Problem(Problem),
    #[error(transparent)]
    Database(DatabaseError),
    #[error(transparent)]
    Unsealable(#[from] Unsealable),
    #[error(transparent)]
    Damaged(#[from] Damaged),
    /// Somebody else changed it since it was read; see [`crate::appointments::undisturbed`].
    #[error("overtaken by another change")]
    Overtaken,
    /// The error of something that several requests waited for together.
    #[error(transparent)]
    Joined(Arc<Self>),
}

impl Error {
    /// The problem to answer with; called once, at the boundary, where internals are logged.
    pub fn into_problem(self) -> Problem {
        let problem = self.problem();
        metrics::refused(problem.code());
        problem
    }

    fn problem(&self) -> Problem {
        match self {
            Self::Problem(problem) => problem.clone(),
            Self::Joined(error) => error.problem(),
            Self::Overtaken => Problem::Busy,
            Self::Database(DatabaseError::Busy(error)) => {
                tracing::warn!(%error, "the database stayed busy");
                Problem::Busy
            }
            Self::Database(DatabaseError::Unavailable(error)) => {
                tracing::error!(%error, "the database is not available");
                Problem::Unavailable
            }
            Self::Database(DatabaseError::Unanswered(error)) => {
                tracing::error!(%error, "the database did not say whether it kept what was written");
                Problem::Unanswered
            }
            Self::Database(DatabaseError::OnlyReads) => Problem::Unavailable,
            internal => {
                tracing::error!(error = %internal, "a request failed");
                Problem::Internal
            }
        }
    }
}

impl Error {
    /// What went wrong once something had been written: that the rest failed undoes nothing.
    #[must_use]
    pub fn after_a_write(self) -> Self {
        match self {
            Self::Database(DatabaseError::Busy(error) | DatabaseError::Unavailable(error)) => {
                DatabaseError::Unanswered(error).into()
            }
            Self::Joined(error) if matches!(error.problem(), Problem::Busy | Problem::Unavailable) => {
                Problem::Unanswered.into()
            }
            other => other,
        }
    }

    /// The refusal told, if it is one of this domain's.
    pub fn refusal<R: Refusal + Clone>(&self) -> Option<R> {
        match self {
            Self::Problem(problem) => problem.refusal(),
            Self::Joined(error) => error.refusal(),
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

impl From<DatabaseError> for Error {
    fn from(error: DatabaseError) -> Self {
        match error {
            DatabaseError::AskerStopped => SignIn::SignInNeeded.into(),
            other => Self::Database(other),
        }
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        DatabaseError::from(error).into()
    }
}
