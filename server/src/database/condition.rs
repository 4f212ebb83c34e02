//! What has to be so when something is written, for all that is written on somebody's behalf: whoever asks was let in a moment
//! earlier, and may have been shut out since.
//!
//! It goes with the work and not with each write, so that no write can be without it.

use std::sync::Arc;

use sqlx::AnyConnection;

use super::sql::{Value, sql_list};
use super::{Backend, DatabaseError};

/// A row that has to be there. On PostgreSQL it stays as it is until what is written with it is durable; on SQLite nothing else is
/// written meanwhile.
#[derive(Clone, Debug)]
pub(crate) struct Condition {
    pub(crate) on_sqlite: &'static str,
    /// The same, which keeps what it finds from others who would change it.
    pub(crate) on_postgres: &'static str,
    pub(crate) values: Vec<Value>,
}

tokio::task_local! {
    static CONDITION: Option<Arc<Condition>>;
}

/// Does something of which nothing is written once the row is not there any more; that fails with
/// [`DatabaseError::AskerStopped`].
pub(crate) async fn only_while<W: Future>(condition: Condition, work: W) -> W::Output {
    CONDITION.scope(Some(Arc::new(condition)), work).await
}

/// Does something that is written whoever asks for it, such as that they are let in no more.
pub(crate) async fn in_any_case<W: Future>(work: W) -> W::Output {
    CONDITION.scope(None, work).await
}

/// The condition of what is being done now.
pub(super) fn of_this() -> Option<Arc<Condition>> {
    CONDITION.try_with(Clone::clone).ok().flatten()
}

impl Condition {
    pub(super) async fn holds(&self, connection: &mut AnyConnection, backend: Backend) -> Result<(), DatabaseError> {
        let statement = match backend {
            Backend::Sqlite => self.on_sqlite,
            Backend::Postgres => self.on_postgres,
        };
        let found = sql_list(statement, self.values.clone()).fetch_optional(connection).await?;
        if found.is_some() { Ok(()) } else { Err(DatabaseError::AskerStopped) }
    }
}
