//! Notices of the bureau: who may write which, what each went through, and which stand now.
//!
//! A notice is text: nothing that it says changes what can be booked, and nothing here asks the engine of appointments.

pub mod boards;
pub mod domain;
pub mod shown;
mod store;
mod write;

use chrono::{DateTime, Utc};
use shared::notices::{Notice, Refusal};
use shared::problem::Problem;

use crate::app::App;
use crate::error::Error;
use crate::staff::authority::Staff;
pub use write::{change, end, make, undo};

/// The name of the domain.
pub const NAME: &str = "notices";

/// A notice that was made, as those see it who look after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    pub id: String,
    pub notice: Notice,
    pub version: i64,
    pub changed_at: DateTime<Utc>,
    /// What undoing its last change would make of it.
    pub before: Option<Notice>,
}

/// The notices that somebody may edit and that are not over for longer than a year, the last to begin first.
///
/// # Errors
/// [`shared::staff::Refusal::NotAllowed`] for whoever may edit none anywhere.
pub async fn list(app: &App, staff: &Staff, now: DateTime<Utc>) -> Result<Vec<Kept>, Error> {
    let boards = boards::of(app, staff).await?;
    let all = store::since(&mut *app.database().read().await?, now - store::REMEMBERED).await?;
    Ok(all.into_iter().filter(|kept| boards.may(&kept.notice.board)).collect())
}

/// One notice.
///
/// # Errors
/// [`Problem::NotFound`], also for one that this person may not edit.
pub async fn one(app: &App, staff: &Staff, id: &str) -> Result<Kept, Error> {
    let boards = boards::of(app, staff).await?;
    let kept = store::one(&mut *app.database().read().await?, id).await?;
    Ok(kept.filter(|kept| boards.may(&kept.notice.board)).ok_or(Problem::NotFound)?)
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::Problem(Problem::from(refusal))
    }
}
