//! Whether what a text says of a case is still so when it is sent: whoever has handed in what was missing is not asked for it again.

use shared::procedures::{CaseId, State};
use sqlx::AnyConnection;

use super::messages::News;
use super::store;
use super::talk;
use crate::error::Error;
use crate::outbox::{About, Truth};

/// Of a case that was handed in, passed on, or names another phone or account nothing is asked: what was done stays done.
pub(crate) async fn truth(connection: &mut AnyConnection, (id, about): (&CaseId, &About)) -> Result<Truth, Error> {
    let Some(stored) = store::one(connection, id).await? else { return Ok(Truth::Holds) };
    let state = stored.state();
    let is = |news: News| about.kind == news.kind();
    Ok(Truth::of(if is(News::Asked) {
        matches!(state, State::Supplementing { .. })
    } else if is(News::Decided) {
        matches!(state, State::Decided { .. } | State::Closed { .. })
    } else if is(News::Reopened) {
        state.is_open()
    } else if is(News::Wrote) {
        talk::unread(connection, &stored).await? > 0
    } else {
        true
    }))
}
