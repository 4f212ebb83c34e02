//! What somebody does who is signed in is written only while the session stands in which they do it: whoever was stopped between
//! their press and its writing writes nothing.

use super::authority::Staff;
use crate::app::App;
use crate::database::Transaction;
use crate::database::condition::{Condition, only_while};
use crate::error::Error;

/// A session that stands, of an account that is open. Whatever ends them is written before it, and found here, or after it, and has
/// a later place in the record of this person. The account comes first, as where both are ended.
macro_rules! session {
    ($kept:literal) => {
        concat!(
            "select 1 as one from staff_account a join staff_session s on s.account = a.name \
             where s.id = $1 and a.staff_id = $2 and a.suspended_at is null",
            $kept
        )
    };
}

impl Staff {
    /// Does something for them. What it writes is written only while their session stands, and is refused with
    /// [`shared::staff::Refusal::SignInNeeded`] from then on.
    pub async fn within<W: Future>(&self, work: W) -> W::Output {
        only_while(self.stands(), work).await
    }

    fn stands(&self) -> Condition {
        Condition {
            on_sqlite: session!(""),
            on_postgres: session!(" for no key update"),
            values: vec![self.signed.id.as_str().into(), self.person().as_str().into()],
        }
    }

    /// [`crate::database::Database::write_with`] of what they do, where their session still stands: for what has to hold whoever
    /// calls it.
    ///
    /// # Errors
    /// [`shared::staff::Refusal::SignInNeeded`], and those of the job.
    pub(crate) async fn write<A, T, F>(&self, app: &App, argument: A, job: F) -> Result<T, Error>
    where
        A: Send + Sync + 'static,
        F: for<'c> Transaction<'c, A, Outcome = Result<T, Error>> + Send + Sync + 'static,
        T: Send + 'static,
    {
        self.within(app.database().write_with(argument, job)).await
    }
}
