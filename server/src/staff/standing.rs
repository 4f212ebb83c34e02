//! What somebody does who is signed in is written only while the session stands in which they do it: whoever was stopped between
//! their press and its writing writes nothing.

use std::sync::Arc;

use shared::staff::{Refusal, StaffId};
use sqlx::AnyConnection;

use super::account;
use super::authority::Staff;
use crate::app::App;
use crate::database::{Transaction, sql::sql};
use crate::error::Error;

/// Who writes, and in which session.
#[derive(Clone)]
struct Acting {
    person: StaffId,
    session: String,
}

impl Acting {
    fn of(staff: &Staff) -> Self {
        Self { person: staff.person().clone(), session: staff.signed.id.clone() }
    }

    /// Keeps the account from being closed and the session from being ended before what follows is written: whatever ends them
    /// is written before it, and found here, or after it, and has a later place in the record of this person.
    ///
    /// # Errors
    /// [`Refusal::SignInNeeded`].
    async fn stands(&self, connection: &mut AnyConnection) -> Result<(), Error> {
        // In the order in which both are ended.
        account::stays_open(connection, &self.person).await?;
        let statement = "update staff_session set seen_at = seen_at where id = $1 and exists (select 1 \
             from staff_account a where a.name = staff_session.account and a.staff_id = $2)";
        let values = [self.session.as_str().into(), self.person.as_str().into()];
        let stands = sql(statement, values).execute(connection).await?.rows_affected();
        if stands == 0 { Err(Refusal::SignInNeeded.into()) } else { Ok(()) }
    }
}

impl Staff {
    /// [`crate::database::Database::write_with`] of what they do, where their session still stands.
    ///
    /// # Errors
    /// [`Refusal::SignInNeeded`], and those of the job.
    pub(crate) async fn write<A, T, F>(&self, app: &App, argument: A, job: F) -> Result<T, Error>
    where
        A: Send + Sync + 'static,
        F: for<'c> Transaction<'c, A, Outcome = Result<T, Error>> + Send + Sync + 'static,
        T: Send + 'static,
    {
        let shared = Arc::new((Acting::of(self), argument, job));
        let written = app.database().write(move |connection| {
            let shared = Arc::clone(&shared);
            Box::pin(async move {
                let (acting, argument, job) = &*shared;
                acting.stands(connection).await?;
                job.run(connection, argument).await
            })
        });
        written.await
    }
}
