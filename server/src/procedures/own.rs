//! A copy of one's own data (个人信息保护法 第四十五条): all that a family entered, as it stands and as it stood. A link opens the page of
//! a case; what stands in it in full takes a code to its phone each time.

use chrono::{DateTime, Utc};
use shared::identity::{Phone, PhoneCode};
use shared::locale::Locale;
use shared::problem::Problem;
use shared::procedures::Typed;

use super::contents::{self, Contents};
use super::family::{Family, asker, purpose};
use super::rules;
use super::store::{self, Stored};
use crate::app::App;
use crate::client::Client;
use crate::error::Error;
use crate::even_time;
use crate::phone_codes::{self, Sending};

/// What is kept of a family's answers. Whatever else is kept of its case, its page shows.
#[derive(Clone)]
pub struct Kept {
    pub typed: Typed,
    /// Answers that were changed since, as they stood when it was handed in.
    pub before: Typed,
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
        Ok(kept(&stored, contents))
    };
    even_time::answer(confirming, Result::is_err).await
}

/// After it passed on to a relative, the answers of the applicant of before are nobody's to read any more.
fn kept(stored: &Stored, contents: Contents) -> Kept {
    let before = if stored.passed > 0 { Typed::new() } else { contents.before };
    Kept { typed: contents.typed, before }
}

async fn opened(app: &App, family: &Family) -> Result<(Stored, Contents), Error> {
    let stored = family.opens(store::one(&mut *app.database().read().await?, family.id()).await?)?;
    let contents = Contents::open(app.keys(), stored.id.as_str(), &stored.sealed)?;
    Ok((stored, contents))
}
