//! One act in one transaction: the state, what is sealed, the times, what is granted once, the record and the text.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde::Serialize;
use shared::calendar::shanghai_date;
use shared::field::{FieldErrors, Reason};
use shared::identity::Phone;
use shared::problem::Problem;
use shared::procedures::{Act, ActName, Actor, CaseId, FieldKind, Outcome, Procedure, Refusal, State, Typed};
use sqlx::AnyConnection;

use crate::app::App;
use crate::audit::{self, Actor as Recorded, Event};
use crate::database::{DatabaseError, Rule};
use crate::error::Error;
use crate::keys::Keys;
use crate::outbox;
use crate::policy::Offered;
use crate::procedures::clock::{self, Times};
use crate::procedures::contents::{Contents, Indexes, Said, indexes};
use crate::procedures::cosign;
use crate::procedures::family::Family;
use crate::procedures::files::{self, Owner};
use crate::procedures::messages::{self, News, compose};
use crate::procedures::once;
use crate::procedures::replay::{self, Acted};
use crate::procedures::store::{self, Stored};
use crate::procedures::{alerts, alike, apart};

/// An act with what it carries beside the record.
pub(in crate::procedures) enum Doing {
    Act(Act),
    /// Answers that are put right.
    Correct(Typed),
    /// Answers that the family was asked for.
    Supply(Typed),
    /// Who goes on with it after the applicant has died: the answers of the applicant's own page.
    Pass(Typed),
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
    /// Their own authority, where the family does it itself.
    pub holder: Option<Family>,
    /// Phones that are told nothing of it.
    pub silent: Vec<Phone>,
    pub doing: Doing,
    pub said: Option<String>,
    pub now: DateTime<Utc>,
}

/// Does it, or nothing.
///
/// # Errors
/// [`Refusal`]; [`Problem::NotFound`]; [`Problem::Unauthorized`] for a family to whom it belongs no more; [`Problem::Malformed`]; at the
/// ids of fields.
pub(in crate::procedures) async fn write(connection: &mut AnyConnection, writing: &Writing) -> Result<(), Error> {
    let Writing { app, offered, id, seen, by, recorded, silent, doing, said, now, .. } = writing;
    let (procedure, today) = (&offered.procedure, shanghai_date(*now));
    let before = keep(connection, writing).await?;
    if before.erased_at.is_some() {
        return Err(Refusal::Erased.into());
    }
    let mut contents = Contents::open(app.keys(), id.as_str(), &before.sealed)?;
    let files = files::marks(connection, &Owner::Case(id.clone())).await?;
    let rests = Rests { stored: &before, contents: &contents, files: &files };
    let act = act(app.keys(), &rests, (doing, said.as_deref()))?;
    known(procedure, &act)?;
    let standing = before.standing.after(*seen, (by, &act), *now)?;
    if let Actor::Office(person) = by
        && let Some(refusal) = apart::refusal(connection, &before, (person, act.name()), *now).await?
    {
        return Err(refusal.into());
    }
    if let Act::Approve { hash } = &act {
        unchanged(app.keys(), &rests, hash)?;
        if cosign::is_missing(connection, (&before, &contents), procedure).await? {
            return Err(Refusal::NeedsCosign.into());
        }
    }

    let changed = match doing {
        Doing::Correct(typed) => of_form(procedure, typed),
        Doing::Pass(typed) => of_relative(procedure, typed),
        Doing::Supply(typed) => of_form(procedure, &asked_for(connection, id, typed).await?),
        Doing::Act(_) => Typed::new(),
    };
    let stood = contents.typed.clone();
    let mut found_by =
        Indexes { phone: before.phone_index.clone(), number: before.applicant_index.clone(), ..Indexes::default() };
    if !changed.is_empty() {
        contents.lay_over(&changed);
        procedure.read(&contents.typed, today)?;
        found_by = indexes(app, procedure, &contents.typed);
        let values = once::values(app.keys(), procedure, &contents.typed);
        granted_elsewhere(once::set(connection, (id, &before.procedure), &values).await)?;
        alike::set(connection, id, &alike::values(app.keys(), procedure, &contents.typed)).await?;
    }
    if matches!(doing, Doing::Pass(_)) && found_by.number == before.applicant_index {
        return Err(same_person(procedure));
    }
    let is_other_phone = found_by.phone != before.phone_index;
    if let (Recorded::Staff(person), Doing::Correct(_) | Doing::Supply(_) | Doing::Pass(_)) = (recorded, doing) {
        apart::note_hand(connection, id, person).await?;
    }
    if let Some(words) = said {
        contents.said.push(Said { version: standing.case.version(), words: words.clone() });
    }
    grant(connection, id, standing.state()).await?;
    apart::note(connection, (id, procedure), (by, &act), said.as_deref()).await?;

    let waits = |state: &State| matches!(state, State::Supplementing { .. });
    if waits(before.state()) && !waits(standing.state()) {
        store::go_on(connection, id, today).await?;
    }
    if act.name() == ActName::Ask {
        store::pause(connection, id, today).await?;
    }
    let pauses = store::pauses(connection, id).await?;
    let times = Times::anew(procedure, &standing, &pauses, (today, app.calendar()));

    let (stream, name) = (store::stream(id), act.name());
    let detail = Acted { by: by.clone(), act };
    let event = Event { stream: &stream, actor: recorded.clone(), act: replay::event(name), detail };
    let link = audit::prepare(&before.head, &event, *now);
    audit::insert(connection, &link).await?;
    let sealed = contents.seal(app.keys(), id.as_str());
    let after = Stored {
        standing,
        phone_index: found_by.phone,
        applicant_index: found_by.number,
        passed: before.passed + u32::from(name == ActName::Pass),
        sealed,
        head: link.head(),
        due: times.due,
        ..before
    };
    store::save(connection, &after, &times).await?;
    let running = clock::running(procedure, &after.standing, &pauses);
    alerts::end_others(connection, id, running.map(|(running, clock)| (running, clock.begun)), *now).await?;

    let mut news: Vec<_> = of_act(name).map(|news| (news, &contents.typed)).into_iter().collect();
    if is_other_phone {
        news.push((News::OtherPhone, &stood));
    }
    // To the phone of before: whoever changes both would tell themselves.
    if matches!(doing, Doing::Correct(_)) && is_other_account(procedure, &stood, &contents.typed) {
        news.push((News::OtherAccount, &stood));
    }
    for (news, typed) in news {
        if messages::phone(app, procedure, typed).is_some_and(|phone| silent.contains(&phone)) {
            continue;
        }
        let texts = compose(app, news, &after, procedure, typed);
        outbox::insert(connection, &stream, news.kind(), &texts, *now).await?;
    }
    Ok(())
}

/// What the family is told of an act.
fn of_act(act: ActName) -> Option<News> {
    match act {
        ActName::Ask => Some(News::Asked),
        ActName::Approve => Some(News::Decided),
        // A decision that they have read stands no more.
        ActName::Reopen => Some(News::Reopened),
        ActName::Pass => Some(News::Passed),
        _ => None,
    }
}

/// Whether another account is paid to than before.
fn is_other_account(procedure: &Procedure, before: &Typed, after: &Typed) -> bool {
    let mut accounts = procedure.fields().filter(|field| field.kind == FieldKind::Account);
    accounts.any(|field| {
        let value = |typed: &Typed| typed.get(&field.id).and_then(|text| procedure.value(field, text).ok());
        value(before) != value(after)
    })
}

/// The case as it stands, of whoever it is to be.
async fn keep(connection: &mut AnyConnection, writing: &Writing) -> Result<Stored, Error> {
    claim(connection, writing).await?;
    let kept = store::keep(connection, &writing.id).await?;
    Ok(match &writing.holder {
        Some(family) => family.opens(kept)?,
        None => kept.ok_or(Problem::NotFound)?,
    })
}

/// Takes the values that it will name before the case itself. Where somebody changes it in between, it is not as it was seen.
async fn claim(connection: &mut AnyConnection, writing: &Writing) -> Result<(), Error> {
    let Writing { app, offered, id, doing, .. } = writing;
    let (Doing::Correct(typed) | Doing::Supply(typed) | Doing::Pass(typed)) = doing else { return Ok(()) };
    let Some(stored) = store::one(connection, id).await? else { return Ok(()) };
    let mut contents = Contents::open(app.keys(), id.as_str(), &stored.sealed)?;
    contents.lay_over(typed);
    let values = once::values(app.keys(), &offered.procedure, &contents.typed);
    Ok(once::claim(connection, app.database().backend(), &values).await?)
}

/// All of the applicant's own page: what nobody answers for the relative is not left as it stood for the applicant.
fn of_relative(procedure: &Procedure, typed: &Typed) -> Typed {
    let own = procedure.of_applicant().iter();
    own.map(|field| (field.id.clone(), typed.get(&field.id).cloned().unwrap_or_default())).collect()
}

/// The number is still that of whoever applied.
fn same_person(procedure: &Procedure) -> Error {
    let number = procedure.of_applicant().iter().find(|field| field.kind == FieldKind::IdNumber);
    let reason = Reason::own(
        "case_passed_to_applicant",
        "这还是原来申请人的号码，请填接着办的家属的。",
        "This is still the number of the applicant. Enter that of the relative who goes on with it.",
    );
    FieldErrors::one(number.map_or("applicant", |field| field.id.as_str()), reason).into()
}

/// The act as the record has it: what is proposed goes by the hash of all that it rests on.
fn act(keys: &Keys, rests: &Rests<'_>, (doing, said): (&Doing, Option<&str>)) -> Result<Act, Error> {
    Ok(match doing {
        Doing::Correct(_) => Act::Correct,
        Doing::Supply(_) => Act::Supply,
        Doing::Pass(_) => Act::Pass,
        Doing::Act(Act::Propose { outcome, .. }) => {
            Act::Propose { outcome: *outcome, hash: hash(keys, rests, (*outcome, said)) }
        }
        // Without what it would carry.
        Doing::Act(Act::Correct | Act::Supply | Act::Pass) => return Err(Problem::Malformed.into()),
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

/// What a case names stays granted once it was, whoever reopens it, until two people have refused it: it may be paid for already.
async fn grant(connection: &mut AnyConnection, id: &CaseId, state: &State) -> Result<(), Error> {
    match state {
        State::Decided { outcome } => {
            granted_elsewhere(once::grant(connection, id, *outcome == Outcome::Granted).await)
        }
        _ => Ok(()),
    }
}

fn granted_elsewhere(written: Result<(), DatabaseError>) -> Result<(), Error> {
    match written {
        Err(DatabaseError::Refused(Rule::GrantedOnce)) => Err(Refusal::GrantedBefore.into()),
        written => Ok(written?),
    }
}
