//! A copy of one's own data (个人信息保护法 第四十五条): all that a family entered, as it stands and as it stood. A link opens the page of
//! a case; what stands in it in full takes a code to its phone each time.

use chrono::{DateTime, TimeDelta, Utc};
use shared::identity::{Phone, PhoneCode};
use shared::locale::Locale;
use shared::problem::Problem;
use shared::procedures::{ActName, FileId, Typed};

use super::cases::FamilyCase;
use super::contents::{self, Contents};
use super::family::{Family, asker, purpose, subject};
use super::files::{self, Handed, Opened, Owner};
use super::rules;
use super::store::{self, Stored};
use crate::app::App;
use crate::client::Client;
use crate::error::Error;
use crate::even_time;
use crate::keys::token::Purpose;
use crate::phone_codes::{self, Sending};

/// For so long the files of a copy open.
pub const FILES_OPEN: TimeDelta = TimeDelta::minutes(15);

/// What is kept of a family's answers. Whatever else is kept of its case, its page shows.
#[derive(Clone)]
pub struct Kept {
    pub typed: Typed,
    /// Answers that were changed since, as they stood when it was handed in.
    pub before: Typed,
    /// What opens the files of the case, for [`FILES_OPEN`].
    pub files_key: String,
}

/// The phone of a case.
///
/// # Errors
/// [`Problem::Unauthorized`]; [`Problem::NotFound`] where it names none, or none any more.
pub async fn phone(app: &App, family: &Family) -> Result<Phone, Error> {
    let (stored, contents) = opened(app, family).await?;
    let offered = rules::of(app, &stored).await?;
    Ok(contents::phone(&offered.procedure, &contents.typed).ok_or(Problem::NotFound)?)
}

/// Sends a code to the phone of a case, for a copy.
///
/// # Errors
/// As [`phone`]; [`Problem::RateLimited`].
pub async fn send_code(
    app: &App,
    family: &Family,
    client: &Client,
    locale: Locale,
    now: DateTime<Utc>,
) -> Result<Phone, Error> {
    let phone = phone(app, family).await?;
    let (stored, _) = opened(app, family).await?;
    let name = rules::of(app, &stored).await?.procedure.name();
    let asker = asker(app, client);
    let sent = phone_codes::send(app, (&asker, client.address), &phone, purpose(&stored, &name), locale, now).await?;
    match sent {
        Sending::TooOften(problem) => Err(problem.into()),
        Sending::Sent | Sending::JustNow(_) | Sending::NotTo(_) => Ok(phone),
    }
}

/// The copy, for whoever has the phone of the case at hand.
///
/// # Errors
/// As [`phone`]; a field error at `phone_code`.
pub async fn copy(
    app: &App,
    family: &Family,
    code: &PhoneCode,
    client: &Client,
    now: DateTime<Utc>,
) -> Result<Kept, Error> {
    let confirming = async {
        let phone = phone(app, family).await?;
        let (stored, contents) = opened(app, family).await?;
        let name = rules::of(app, &stored).await?.procedure.name();
        let asker = asker(app, client);
        phone_codes::confirm(app, &asker, &phone, purpose(&stored, &name), code.as_str(), now).await?;
        Ok(kept(app, &stored, contents, now))
    };
    even_time::answer(confirming, Result::is_err).await
}

/// After it passed on to a relative, the answers of the applicant of before are nobody's to read any more.
fn kept(app: &App, stored: &Stored, contents: Contents, now: DateTime<Utc>) -> Kept {
    let before = if stored.passed > 0 { Typed::new() } else { contents.before };
    let until = (now + FILES_OPEN).timestamp();
    let token = app.keys().token(Purpose::CaseFiles, &until_then(stored, until));
    Kept { typed: contents.typed, before, files_key: format!("{until}-{token}") }
}

/// A file of a case, with the key of a copy that was taken just before.
///
/// # Errors
/// [`Problem::Unauthorized`] for another key, and once its time is over; [`Problem::NotFound`] for a file that is not among [`files_of`];
/// [`shared::procedures::NotTaken`] for what was not scanned yet or is gone.
pub async fn file(
    app: &App,
    case: &FamilyCase,
    (id, key): (&FileId, &str),
    now: DateTime<Utc>,
) -> Result<Opened, Error> {
    let stored = store::one(&mut *app.database().read().await?, &case.id).await?.ok_or(Problem::Unauthorized)?;
    if !opens(app, &stored, key, now) {
        return Err(Problem::Unauthorized.into());
    }
    if files_of(case).all(|file| file.id != *id) {
        return Err(Problem::NotFound.into());
    }
    files::open(app, &Owner::Case(case.id.clone()), id).await
}

/// The files of a case that are its family's to see: after it passed on to a relative, only what came since.
pub fn files_of(case: &FamilyCase) -> impl Iterator<Item = &Handed> {
    let passed = case.history.iter().rfind(|done| done.act == ActName::Pass).map(|done| done.at);
    case.files.iter().filter(move |file| passed.is_none_or(|passed| file.handed_at > passed))
}

/// Whether a key opens the files of a case now.
fn opens(app: &App, stored: &Stored, key: &str, now: DateTime<Utc>) -> bool {
    let Some((until, token)) = key.split_once('-') else { return false };
    let Ok(until) = until.parse::<i64>() else { return false };
    now.timestamp() < until && app.keys().is_token(Purpose::CaseFiles, &until_then(stored, until), token)
}

fn until_then(stored: &Stored, until: i64) -> String {
    format!("{}:{until}", subject(stored))
}

async fn opened(app: &App, family: &Family) -> Result<(Stored, Contents), Error> {
    let stored = family.opens(store::one(&mut *app.database().read().await?, family.id()).await?)?;
    let contents = Contents::open(app.keys(), stored.id.as_str(), &stored.sealed)?;
    Ok((stored, contents))
}
