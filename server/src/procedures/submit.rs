//! A draft becomes a case, in one transaction.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use data_encoding::HEXLOWER;
use serde::Serialize;
use sha2::{Digest, Sha256};
use shared::appointments::ManageToken;
use shared::calendar::{Deadline, shanghai_date};
use shared::field::FieldErrors;
use shared::locale::Locale;
use shared::problem::Problem;
use shared::procedures::{CaseId, CaseReference, Refusal, State, Typed};
use sqlx::AnyConnection;

use super::alike::Likeness;
use super::clock::Times;
use super::contents::{Contents, indexes};
use super::drafts::{self, Draft};
use super::files::{self, Owner};
use super::messages::{self, News, compose};
use super::replay::{Begun, SUBMITTED};
use super::store::{self, NewCase, Standing, Stored};
use super::{alike, family, kept, once, rules};
use crate::app::App;
use crate::appointments::booking::idempotency::RequestKey;
use crate::audit::{self, Actor, ChainedEvent, Event, Head};
use crate::client::Client;
use crate::database::{
    DatabaseError, Rule,
    sql::{sql, text, word},
};
use crate::error::Error;
use crate::keys::token::new_id;
use crate::observe::metrics;
use crate::outbox;

/// A case that was handed in, for the receipt.
#[derive(Clone, Debug)]
pub struct Submitted {
    pub reference: CaseReference,
    pub manage_token: ManageToken,
    /// Where a text sets a time that runs already.
    pub latest_on: Option<Deadline>,
    /// SHA-256 of what was handed in, in hex.
    pub receipt: String,
    /// Whether its phone is told by a text.
    pub is_texted: bool,
}

/// Why nothing was handed in.
#[derive(Debug, thiserror::Error)]
pub enum NotSubmitted {
    /// At the ids of fields, in the order of the form.
    #[error("fields need attention: {0}")]
    Fields(FieldErrors),
    #[error(transparent)]
    Other(#[from] Error),
}

/// Hands a draft in. The same draft or key again gives the same case. No phone was proved, so a text goes to it only where neither
/// whoever hands in nor all together have had too many sent there, and where they go at all; the case is taken either way.
///
/// # Errors
/// What is wrong with its fields; [`Refusal::DraftChanged`] where another window saved since it was loaded;
/// [`Refusal::DraftOver`]; [`Problem::IdempotencyMismatch`].
pub async fn submit(
    app: &App,
    (draft, client): (&Draft, &Client),
    locale: Locale,
    key: Option<&RequestKey>,
    now: DateTime<Utc>,
) -> Result<Submitted, NotSubmitted> {
    if let Some(before) = before(app, draft, key).await? {
        return Ok(before);
    }
    let now = kept(now);
    let procedure = &draft.offered.procedure;
    procedure.read(&draft.typed, shanghai_date(now)).map_err(NotSubmitted::Fields)?;
    let files = handed_files(app, draft).await?;
    let new = New::prepare(app, (draft, files, client), (locale, key), now);
    let written = app.database().write_with(Arc::clone(&new), write).await;
    match written {
        Ok(()) => {
            app.outbox_wakes();
            metrics::case_submitted();
            Ok(receipt(app, &new.case.stored, !new.messages.is_empty()))
        }
        // The same key or the same draft was used a moment ago by a twin of this request.
        Err(Error::Overtaken | Error::Database(DatabaseError::Refused(Rule::IdempotencyKey))) => {
            match before(app, draft, key).await? {
                Some(before) => Ok(before),
                None => Err(overtaken(app, draft, now).await?.into()),
            }
        }
        Err(error) => Err(error.into()),
    }
}

/// The case that was made of the draft, or with the key, before.
async fn before(app: &App, draft: &Draft, key: Option<&RequestKey>) -> Result<Option<Submitted>, Error> {
    let mut connection = app.database().read().await?;
    if let Some(key) = key
        && let Some(id) = made_with(&mut connection, key).await?
    {
        return again(app, &mut connection, &id).await;
    }
    let row = drafts::one(&mut connection, &draft.id).await?;
    let Some(id) = row.and_then(|row| row.submitted) else { return Ok(None) };
    again(app, &mut connection, &id).await
}

/// The receipt of a case once more, while it is still that of whoever handed it in.
async fn again(app: &App, connection: &mut AnyConnection, id: &CaseId) -> Result<Option<Submitted>, Error> {
    let Some(stored) = store::one(connection, id).await? else { return Ok(None) };
    if stored.passed > 0 {
        return Err(Refusal::DraftSubmitted.into());
    }
    let is_texted = messages::was_told(connection, id, News::Submitted).await?;
    Ok(Some(receipt(app, &stored, is_texted)))
}

/// The files of a draft, as the receipt has them.
async fn handed_files(app: &App, draft: &Draft) -> Result<Vec<String>, Error> {
    let owner = Owner::Draft(draft.id.clone());
    Ok(files::marks(&mut *app.database().read().await?, &owner).await?)
}

/// Why a draft could not be used up.
async fn overtaken(app: &App, draft: &Draft, now: DateTime<Utc>) -> Result<Error, Error> {
    let row = drafts::one(&mut *app.database().read().await?, &draft.id).await?;
    Ok(match row {
        None => Problem::NotFound.into(),
        Some(row) if now >= row.expires_at => Refusal::DraftOver.into(),
        Some(_) => Refusal::DraftChanged.into(),
    })
}

/// The case that was made with this key before, if any.
///
/// # Errors
/// [`Problem::IdempotencyMismatch`] when the key came with another body then.
async fn made_with(connection: &mut AnyConnection, request: &RequestKey) -> Result<Option<CaseId>, Error> {
    let statement = "select id, request_body from procedure_case where request_key = $1";
    let row = sql(statement, [request.key.as_str().into()]).fetch_optional(connection).await?;
    let Some(row) = row else { return Ok(None) };
    if text(&row, "request_body")? != request.body {
        return Err(Problem::IdempotencyMismatch.into());
    }
    Ok(Some(word(&row, "id", |id| CaseId::parse(id).ok())?))
}

fn receipt(app: &App, stored: &Stored, is_texted: bool) -> Submitted {
    Submitted {
        reference: stored.reference,
        manage_token: family::token(app, stored),
        latest_on: stored.due.filter(|_| *stored.state() != State::Submitted),
        receipt: stored.receipt.clone(),
        is_texted,
    }
}

/// Everything that the transaction writes, computed before it begins.
struct New {
    app: App,
    draft: Draft,
    /// What was handed in as files, as the receipt has it.
    files: Vec<String>,
    case: NewCase,
    once: Vec<(String, String)>,
    named: Vec<(Likeness, String)>,
    link: ChainedEvent,
    messages: Vec<Vec<u8>>,
    now: DateTime<Utc>,
}

/// What the receipt is a hash of.
#[derive(Serialize)]
struct HandedIn<'a> {
    reference: CaseReference,
    region: &'a str,
    procedure: &'a str,
    rules: &'a str,
    at: i64,
    typed: &'a Typed,
    /// Left out where there are none.
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    files: &'a [String],
}

impl New {
    fn prepare(
        app: &App,
        (draft, files, client): (&Draft, Vec<String>, &Client),
        (locale, key): (Locale, Option<&RequestKey>),
        now: DateTime<Utc>,
    ) -> Arc<Self> {
        let (offered, typed) = (&draft.offered, &draft.typed);
        let id = CaseId::parse(&new_id()).expect("new ids are plain");
        let reference = CaseReference::from_random(rand::random());
        let handed_in = HandedIn {
            reference,
            region: &offered.region,
            procedure: &offered.procedure.id,
            rules: &offered.hash,
            at: now.timestamp_millis(),
            typed,
            files: &files,
        };
        let handed_in = serde_json::to_vec(&handed_in).expect("what was handed in always serialises");
        let receipt = HEXLOWER.encode(&Sha256::digest(&handed_in));
        let begun = Begun {
            region: offered.region.clone(),
            procedure: offered.procedure.id.clone(),
            rules: offered.hash.clone(),
            receipt: receipt.clone(),
            filed_by: draft.filed_by.clone(),
        };
        let actor = draft.filed_by.clone().map_or(Actor::Resident, Actor::Staff);
        let stream = store::stream(&id);
        let link =
            audit::prepare(&Head::empty(), &Event { stream: &stream, actor, act: SUBMITTED, detail: begun }, now);
        let standing = Standing::submitted(draft.filed_by.clone(), now);
        let times = Times::anew(&offered.procedure, &standing, &[], (shanghai_date(now), app.calendar()));
        let found_by = indexes(app, &offered.procedure, typed);
        let phone = messages::phone(app, &offered.procedure, typed);
        let is_told = phone
            .zip(found_by.phone.as_deref())
            .is_some_and(|(phone, index)| app.limits().text_of_handing_in(client.address, (&phone, index)));
        let contents = Contents { typed: typed.clone(), ..Contents::default() };
        let stored = Stored {
            reference,
            region: offered.region.clone(),
            procedure: offered.procedure.id.clone(),
            rules_hash: offered.hash.clone(),
            standing,
            phone_index: found_by.phone,
            applicant_index: found_by.number,
            passed: 0,
            erased_at: None,
            locale,
            assigned_to: None,
            submitted_at: now,
            due: times.due,
            sealed: contents.seal(app.keys(), id.as_str()),
            receipt,
            head: link.head(),
            id,
        };
        Arc::new(Self {
            app: app.clone(),
            draft: draft.clone(),
            files,
            once: once::values(app.keys(), &offered.procedure, typed),
            named: alike::values(app.keys(), &offered.procedure, typed),
            messages: if is_told {
                compose(app, News::Submitted, &stored, &offered.procedure, typed)
            } else {
                Vec::new()
            },
            case: NewCase { stored, times, key: key.map(|key| (key.key.clone(), key.body.clone())) },
            link,
            now,
        })
    }
}

async fn write(connection: &mut AnyConnection, new: &Arc<New>) -> Result<(), Error> {
    let stored = &new.case.stored;
    once::claim(connection, new.app.database().backend(), &new.once).await?;
    rules::keep(connection, &new.draft.offered).await?;
    store::insert(connection, &new.case).await?;
    // Comes after the case that it names; what was written is undone where the draft is no more as it was.
    if !drafts::used_up(connection, (&new.app, &new.draft, &stored.id), new.now).await? {
        return Err(Error::Overtaken);
    }
    files::hand_over(connection, &new.draft.id, &stored.id, new.now).await?;
    if files::marks(connection, &Owner::Case(stored.id.clone())).await? != new.files {
        // Another window added or removed one meanwhile, which nobody has seen among what is handed in.
        return Err(Error::Overtaken);
    }
    once::set(connection, (&stored.id, &stored.procedure), &new.once).await?;
    alike::set(connection, &stored.id, &new.named).await?;
    audit::insert(connection, &new.link).await?;
    let subject = store::stream(&stored.id);
    Ok(outbox::insert(connection, &subject, News::Submitted.kind(), &new.messages, new.now).await?)
}
