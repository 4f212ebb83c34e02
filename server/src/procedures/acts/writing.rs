//! One act in one transaction: the state, what is sealed, the times, what is granted once, the record and the text.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde::Serialize;
use shared::calendar::shanghai_date;
use shared::problem::Problem;
use shared::procedures::{Act, ActName, Actor, CaseId, Outcome, Procedure, Refusal, State, Typed};
use sqlx::AnyConnection;

use crate::app::App;
use crate::audit::{self, Actor as Recorded, Event};
use crate::database::{DatabaseError, Rule};
use crate::error::Error;
use crate::keys::Keys;
use crate::outbox;
use crate::policy::Offered;
use crate::procedures::clock::Times;
use crate::procedures::contents::{Contents, Said, indexes};
use crate::procedures::files::{self, Owner};
use crate::procedures::messages::{News, compose};
use crate::procedures::once;
use crate::procedures::replay::{self, Acted};
use crate::procedures::store::{self, Stored};

/// An act with what it carries beside the record.
pub(in crate::procedures) enum Doing {
    Act(Act),
    /// Answers that are put right.
    Correct(Typed),
    /// Answers that the family was asked for.
    Supply(Typed),
}

/// One act as it is to be written.
pub(in crate::procedures) struct Writing {
    pub app: App,
    pub offered: Arc<Offered>,
    pub id: CaseId,
    pub seen: u32,
    pub by: Actor,
    /// Who the record says it was.
    pub recorded: Recorded,
    pub doing: Doing,
    pub said: Option<String>,
    pub now: DateTime<Utc>,
}

/// Does it, or nothing.
///
/// # Errors
/// [`Refusal`]; [`Problem::NotFound`]; [`Problem::Malformed`]; at the ids of fields.
pub(in crate::procedures) async fn write(connection: &mut AnyConnection, writing: &Writing) -> Result<(), Error> {
    let Writing { app, offered, id, seen, by, recorded, doing, said, now } = writing;
    let (procedure, today) = (&offered.procedure, shanghai_date(*now));
    let before = store::keep(connection, id).await?.ok_or(Problem::NotFound)?;
    let mut contents = Contents::open(app.keys(), id.as_str(), &before.sealed)?;
    let files = files::marks(connection, &Owner::Case(id.clone())).await?;
    let rests = Rests { stored: &before, contents: &contents, files: &files };
    let act = act(app.keys(), &rests, (doing, said.as_deref()))?;
    known(procedure, &act)?;
    let standing = before.standing.after(*seen, (by, &act), *now)?;
    if let Act::Approve { hash } = &act {
        unchanged(app.keys(), &rests, hash)?;
    }

    let changed = match doing {
        Doing::Correct(typed) => of_form(procedure, typed),
        Doing::Supply(typed) => of_form(procedure, &asked_for(connection, id, typed).await?),
        Doing::Act(_) => Typed::new(),
    };
    let mut phone_index = before.phone_index.clone();
    if !changed.is_empty() {
        contents.lay_over(&changed);
        procedure.read(&contents.typed, today)?;
        phone_index = indexes(app, procedure, &contents.typed).phone;
        once::set(connection, (id, &before.procedure), &once::values(app.keys(), procedure, &contents.typed)).await?;
    }
    if let Some(words) = said {
        contents.said.push(Said { version: standing.case.version(), words: words.clone() });
    }
    grant(connection, id, standing.state()).await?;

    if matches!(before.state(), State::Supplementing { .. }) {
        store::go_on(connection, id, today).await?;
    }
    if act.name() == ActName::Ask {
        store::pause(connection, id, today).await?;
    }
    let pauses = store::pauses(connection, id).await?;
    let times = Times::anew(procedure, &standing, &pauses, (today, app.calendar()));

    let stream = store::stream(id);
    let done = act.name();
    let detail = Acted { by: by.clone(), act };
    let event = Event { stream: &stream, actor: recorded.clone(), act: replay::event(done), detail };
    let link = audit::prepare(&before.head, &event, *now);
    audit::insert(connection, &link).await?;
    let sealed = contents.seal(app.keys(), id.as_str());
    let after = Stored { standing, phone_index, sealed, head: link.head(), due: times.due, ..before };
    store::save(connection, &after, &times).await?;

    let news = match (done, after.state()) {
        // A decision that they have read stands no more.
        (ActName::Reopen, _) => Some(News::Reopened),
        (_, State::Supplementing { .. }) => Some(News::Asked),
        (_, State::Decided { .. }) => Some(News::Decided),
        _ => None,
    };
    if let Some(news) = news {
        let texts = compose(app, news, &after, procedure, &contents.typed);
        outbox::insert(connection, &stream, news.kind(), &texts, *now).await?;
    }
    Ok(())
}

/// The act as the record has it: what is proposed goes by the hash of all that it rests on.
fn act(keys: &Keys, rests: &Rests<'_>, (doing, said): (&Doing, Option<&str>)) -> Result<Act, Error> {
    Ok(match doing {
        Doing::Correct(_) => Act::Correct,
        Doing::Supply(_) => Act::Supply,
        Doing::Act(Act::Propose { outcome, .. }) => {
            Act::Propose { outcome: *outcome, hash: hash(keys, rests, (*outcome, said)) }
        }
        // Without what it would carry.
        Doing::Act(Act::Correct | Act::Supply) => return Err(Problem::Malformed.into()),
        Doing::Act(act) => act.clone(),
    })
}

/// What a case holds when something is done to it.
struct Rests<'a> {
    stored: &'a Stored,
    contents: &'a Contents,
    /// What was handed in as files.
    files: &'a [String],
}

/// All that a proposal rests on.
#[derive(Serialize)]
struct Proposed<'a> {
    case: &'a CaseId,
    rules: &'a str,
    typed: &'a Typed,
    /// Left out where there are none.
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    files: &'a [String],
    outcome: Outcome,
    said: Option<&'a str>,
}

fn hash(keys: &Keys, rests: &Rests<'_>, (outcome, said): (Outcome, Option<&str>)) -> String {
    let Rests { stored, contents, files } = *rests;
    let proposed =
        Proposed { case: &stored.id, rules: &stored.rules_hash, typed: &contents.typed, files, outcome, said };
    keys.fingerprint("case-proposal", &serde_json::to_vec(&proposed).expect("proposals always serialise"))
}

/// What is signed is what was proposed, also where somebody has changed the row beside the portal.
fn unchanged(keys: &Keys, rests: &Rests<'_>, signed: &str) -> Result<(), Refusal> {
    let Rests { stored, contents, .. } = *rests;
    let State::Proposed(proposal) = stored.state() else { return Ok(()) };
    let stands = hash(keys, rests, (proposal.outcome, contents.said_at(stored.version())));
    if stands == signed { Ok(()) } else { Err(Refusal::ProposalChanged) }
}

/// What is asked for has a name in the procedure: the record is kept for years and names nobody.
fn known(procedure: &Procedure, act: &Act) -> Result<(), Problem> {
    let Act::Ask { items } = act else { return Ok(()) };
    let is_known =
        |item: &String| procedure.field(item).is_some() || procedure.papers.iter().any(|paper| paper.id == *item);
    if items.iter().all(is_known) { Ok(()) } else { Err(Problem::Malformed) }
}

fn of_form(procedure: &Procedure, typed: &Typed) -> Typed {
    let known = typed.iter().filter(|(field, _)| procedure.field(field).is_some());
    known.map(|(field, text)| (field.clone(), text.clone())).collect()
}

/// Of what the family sends, what it was asked for.
async fn asked_for(connection: &mut AnyConnection, id: &CaseId, typed: &Typed) -> Result<Typed, DatabaseError> {
    let acts = replay::acts(connection, id).await?;
    let asked = acts.iter().rev().find_map(|(_, acted)| match &acted.act {
        Act::Ask { items } => Some(items.as_slice()),
        _ => None,
    });
    let asked = asked.unwrap_or_default();
    let own = typed.iter().filter(|(field, _)| asked.contains(field));
    Ok(own.map(|(field, text)| (field.clone(), text.clone())).collect())
}

/// What a case names is granted exactly while it stands granted.
async fn grant(connection: &mut AnyConnection, id: &CaseId, state: &State) -> Result<(), Error> {
    let granted =
        matches!(state, State::Decided { outcome: Outcome::Granted } | State::Closed { outcome: Outcome::Granted });
    match once::grant(connection, id, granted).await {
        Err(DatabaseError::Refused(Rule::GrantedOnce)) => Err(Refusal::GrantedBefore.into()),
        written => Ok(written?),
    }
}
