//! A consent that a family gave beside an answer is taken back whenever they like (个人信息保护法 art 15), and what was kept by it
//! alone is erased with it. The record keeps which consent it was.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde_json::json;
use shared::problem::Problem;
use shared::procedures::{CaseId, Refusal};
use sqlx::AnyConnection;

use super::cases::{self, FamilyCase};
use super::contents::Contents;
use super::family::Family;
use super::{kept, rules, store};
use crate::app::App;
use crate::audit::{self, Actor, Event};
use crate::database::sql::sql;
use crate::error::Error;
use crate::policy::Offered;

/// What the record says of it.
pub(super) const TAKEN_BACK: &str = "case_consent_taken_back";

/// Takes one consent back, by the id of its field.
///
/// # Errors
/// [`Problem::NotFound`] for what was not agreed to; [`Refusal::Erased`].
pub async fn take_back(app: &App, family: &Family, field: &str, now: DateTime<Utc>) -> Result<FamilyCase, Error> {
    let now = kept(now);
    let stored = store::one(&mut *app.database().read().await?, family.id()).await?.ok_or(Problem::NotFound)?;
    let offered = rules::of(app, &stored).await?;
    let taking = TakingBack { app: app.clone(), offered, id: stored.id, field: field.to_owned(), now };
    app.database().write_with(taking, write).await?;
    cases::of_family(app, family, now).await.map_err(Error::after_a_write)
}

struct TakingBack {
    app: App,
    offered: Arc<Offered>,
    id: CaseId,
    field: String,
    now: DateTime<Utc>,
}

async fn write(connection: &mut AnyConnection, taking: &TakingBack) -> Result<(), Error> {
    let TakingBack { app, offered, id, field, now } = taking;
    let stored = store::keep(connection, id).await?.ok_or(Problem::NotFound)?;
    if stored.erased_at.is_some() {
        return Err(Refusal::Erased.into());
    }
    let mut contents = Contents::open(app.keys(), id.as_str(), &stored.sealed)?;
    let given = offered.procedure.consents(&contents.typed).find(|(known, _)| known.id == *field);
    let gone: Vec<String> = match given {
        Some((known, rests)) => rests.iter().chain([&known.id]).cloned().collect(),
        None => return Err(Problem::NotFound.into()),
    };
    for field in gone {
        contents.before.remove(&field);
        contents.typed.insert(field, String::new());
    }
    let statement = "update procedure_case set sealed = $1 where id = $2";
    let sealed = contents.seal(app.keys(), id.as_str());
    sql(statement, [sealed.into(), id.as_str().into()]).execute(&mut *connection).await?;
    let stream = store::stream(id);
    let event = Event { stream: &stream, actor: Actor::Holder, act: TAKEN_BACK, detail: json!({ "field": field }) };
    Ok(store::append(connection, &stored, &audit::prepare(&stored.head, &event, *now)).await?)
}
