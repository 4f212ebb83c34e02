//! Whose files they are, and what is done with all of them.

use chrono::{DateTime, Utc};
use shared::problem::Problem;
use shared::procedures::{ActName, CaseId, DraftId, FileId, Refusal, StateName};
use sqlx::AnyConnection;

use super::rows::{self, Inside, Row, State};
use super::{Handed, Stands, may_be_opened, name};
use crate::app::App;
use crate::database::{
    DatabaseError,
    sql::{Value, sql},
};
use crate::error::Error;
use crate::procedures::{drafts, store};

/// What files belong to. Who may ask for them is settled before by whoever knows drafts and cases.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Owner {
    Draft(DraftId),
    Case(CaseId),
}

impl Owner {
    /// `draft_id` and `case_id`, of which one is null and so equal to nothing.
    pub(super) fn columns(&self) -> [Value; 2] {
        let [draft, case] = match self {
            Self::Draft(id) => [Some(id.to_string()), None],
            Self::Case(id) => [None, Some(id.to_string())],
        };
        [draft.into(), case.into()]
    }

    pub(in crate::procedures) fn as_str(&self) -> &str {
        match self {
            Self::Draft(id) => id.as_str(),
            Self::Case(id) => id.as_str(),
        }
    }
}

/// Everything that was handed in whole, each paper's in their order.
pub async fn list(app: &App, owner: &Owner) -> Result<Vec<Handed>, Error> {
    let rows = rows::of(&mut *app.database().read().await?, owner).await?;
    rows.iter().filter_map(|row| handed(app, row).transpose()).collect()
}

/// A row as others see it; nothing for one of which parts still come.
pub(super) fn handed(app: &App, row: &Row) -> Result<Option<Handed>, Error> {
    let inside: Inside = app.keys().open(&rows::context(row.id.as_str()), &row.sealed)?;
    let (stands, name) = match (&row.whole, row.state) {
        (_, State::Receiving) => return Ok(None),
        (Some(whole), State::Kept) => {
            let (kind, size) = (whole.kind, whole.size);
            let is_open = may_be_opened(app, whole.scanned_at);
            let stands = if is_open { Stands::Open { kind, size } } else { Stands::Waiting { kind, size } };
            (stands, name::ending(&inside.name, kind))
        }
        _ => (Stands::Refused, inside.name),
    };
    Ok(Some(Handed { id: row.id.clone(), paper: row.paper.clone(), name, stands, handed_at: row.created_at }))
}

/// What receipts and proposals rest on: of each file that is kept its paper and its hash, each paper's in their order.
pub async fn marks(connection: &mut AnyConnection, owner: &Owner) -> Result<Vec<String>, DatabaseError> {
    let rows = rows::of(connection, owner).await?;
    let mark = |row: &Row| row.whole.as_ref().map(|whole| format!("{} {}", row.paper, whole.address));
    Ok(rows.iter().filter_map(mark).collect())
}

/// Removes one file for good.
///
/// # Errors
/// [`Problem::NotFound`], also for another's; [`Refusal`] where nothing is changed any more.
pub async fn remove(app: &App, owner: &Owner, id: &FileId, now: DateTime<Utc>) -> Result<(), Error> {
    app.database().write_with((owner.clone(), id.clone(), now), remove_one).await
}

/// Puts the files of a paper in another order; `order` names all that were handed in.
///
/// # Errors
/// [`Error::Overtaken`] where one was added or removed meanwhile.
pub async fn arrange(app: &App, owner: &Owner, paper: &str, order: &[FileId]) -> Result<(), Error> {
    app.database().write_with((owner.clone(), paper.to_owned(), order.to_vec()), put_in_order).await
}

/// Removes all files of a draft or case, in the transaction that removes it.
pub async fn erase(connection: &mut AnyConnection, owner: &Owner, now: DateTime<Utc>) -> Result<(), DatabaseError> {
    for row in rows::of(connection, owner).await? {
        rows::remove(connection, &row.id, now).await?;
    }
    Ok(())
}

/// Gives the files of a draft to the case that it becomes, in the transaction that makes it; what has not come whole is
/// removed.
pub async fn hand_over(
    connection: &mut AnyConnection,
    draft: &DraftId,
    case: &CaseId,
    now: DateTime<Utc>,
) -> Result<(), DatabaseError> {
    let owner = Owner::Draft(draft.clone());
    let all = rows::of(connection, &owner).await?;
    for row in all {
        rows::remove_unfinished(connection, &(row.id, now)).await?;
    }
    let statement = "update case_file set case_id = $1, draft_id = null where draft_id = $2";
    sql(statement, [case.as_str().into(), draft.as_str().into()]).execute(connection).await?;
    Ok(())
}

/// A draft that was handed in, and a case whose family is asked for nothing, take and lose nothing any more. It stays so until the
/// end of the transaction.
pub(super) async fn still_open(connection: &mut AnyConnection, owner: &Owner) -> Result<(), Error> {
    match owner {
        Owner::Draft(id) => {
            let statement = "update application_draft set version = version where id = $1";
            sql(statement, [id.as_str().into()]).execute(&mut *connection).await?;
            let draft = drafts::one(connection, id).await?;
            let is_handed_in = draft.is_some_and(|draft| draft.submitted.is_some());
            if is_handed_in { Err(Refusal::DraftSubmitted.into()) } else { Ok(()) }
        }
        Owner::Case(id) => match store::keep(connection, id).await?.map(|stored| stored.state().name()) {
            None | Some(StateName::Supplementing) => Ok(()),
            Some(state) => Err(Refusal::NotNow { state, act: ActName::Supply }.into()),
        },
    }
}

async fn remove_one(
    connection: &mut AnyConnection,
    (owner, id, now): &(Owner, FileId, DateTime<Utc>),
) -> Result<(), Error> {
    still_open(connection, owner).await?;
    rows::one(connection, owner, id).await?.ok_or(Problem::NotFound)?;
    Ok(rows::remove(connection, id, *now).await?)
}

async fn put_in_order(
    connection: &mut AnyConnection,
    (owner, paper, order): &(Owner, String, Vec<FileId>),
) -> Result<(), Error> {
    still_open(connection, owner).await?;
    let all = rows::of(connection, owner).await?;
    let is_listed = |row: &&Row| row.paper == *paper && row.state != State::Receiving;
    let there: Vec<&FileId> = all.iter().filter(is_listed).map(|row| &row.id).collect();
    let names_all = there.len() == order.len() && there.iter().all(|id| order.contains(id));
    if !names_all {
        return Err(Error::Overtaken);
    }
    for (position, id) in (0_i64..).zip(order) {
        let statement = "update case_file set position = $1 where id = $2";
        sql(statement, [position.into(), id.as_str().into()]).execute(&mut *connection).await?;
    }
    Ok(())
}
