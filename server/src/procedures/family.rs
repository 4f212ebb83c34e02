//! Proving that a case is one's own: by its manage token, or by its reference and its phone.

use chrono::{DateTime, Utc};
use shared::appointments::ManageToken;
use shared::identity::{Phone, PhoneCode};
use shared::locale::Locale;
use shared::localised::Localised;
use shared::problem::Problem;
use shared::procedures::{CaseId, CaseReference};

use super::rules;
use super::store::{self, Stored};
use crate::app::App;
use crate::client::Client;
use crate::clock::office;
use crate::error::Error;
use crate::even_time;
use crate::keys::token::Purpose;
use crate::phone_codes::{self, Asker, Family as CodeFamily, Purpose as CodeFor, phone_index};

/// The authority over one's own case, until it passes on to a relative; only this module makes one.
#[derive(Clone, Debug)]
pub struct Family {
    id: CaseId,
    /// How often it had passed on when they proved that it is theirs.
    passed: u32,
    has_phone: bool,
}

impl Family {
    pub fn id(&self) -> &CaseId {
        &self.id
    }

    /// The case as it was read or kept since, while it is still theirs.
    ///
    /// # Errors
    /// [`Problem::Unauthorized`].
    pub(super) fn opens(&self, stored: Option<Stored>) -> Result<Stored, Problem> {
        stored.filter(|stored| stored.id == self.id && stored.passed == self.passed).ok_or(Problem::Unauthorized)
    }

    /// Whether whoever it is once had the phone of the case at hand: what concerns others is told to nobody else, and handing a
    /// case in does not prove it.
    pub fn has_phone(&self) -> bool {
        self.has_phone
    }

    fn of(stored: &Stored, has_phone: bool) -> Self {
        Self { id: stored.id.clone(), passed: stored.passed, has_phone }
    }
}

/// The token in the answer to whoever handed a case in.
pub(super) fn token(app: &App, stored: &Stored) -> ManageToken {
    token_of(app, &subject(stored))
}

fn token_of(app: &App, subject: &str) -> ManageToken {
    ManageToken::parse(&app.keys().token(Purpose::Case, subject)).expect("tokens are plain")
}

/// What a token is for: it dies when the case passes on to a relative.
pub(super) fn subject(stored: &Stored) -> String {
    match stored.passed {
        0 => stored.id.to_string(),
        times => format!("{}:{times}", stored.id),
    }
}

/// What the token of whoever proved the phone is for.
fn with_phone(stored: &Stored) -> String {
    format!("{}:phone", subject(stored))
}

/// Opens a case by its reference and manage token.
///
/// # Errors
/// [`Problem::Unauthorized`] for an unknown reference and for a wrong token alike.
pub async fn by_token(app: &App, reference: CaseReference, token: &str) -> Result<Family, Error> {
    let stored = store::by_reference(&mut *app.database().read().await?, reference).await?;
    let stored = stored.ok_or(Problem::Unauthorized)?;
    let opens = |subject: &str| app.keys().is_token(Purpose::Case, subject, token);
    // Both are looked at, so that neither takes longer.
    let (has_token, has_phone) = (opens(&subject(&stored)), opens(&with_phone(&stored)));
    if has_token || has_phone { Ok(Family::of(&stored, has_phone)) } else { Err(Problem::Unauthorized.into()) }
}

/// Sends a code to the phone if it is the case's; the caller learns nothing either way, not even by how long it takes.
pub async fn send_code(
    app: &App,
    (reference, phone): (CaseReference, &Phone),
    client: &Client,
    locale: Locale,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    even_time::answer(send_to_match(app, (reference, phone), client, locale, now), |_| true).await
}

async fn send_to_match(
    app: &App,
    (reference, phone): (CaseReference, &Phone),
    client: &Client,
    locale: Locale,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    office::touch(app).await?;
    let Some(stored) = matching(app, reference, phone).await? else { return Ok(()) };
    let name = rules::of(app, &stored).await?.procedure.name();
    let asker = asker(app, client);
    // Saying "too soon", "too often" or that nothing could be written would tell that the phone is the case's.
    let sent = phone_codes::send(app, (&asker, client.address), phone, purpose(&stored, &name), locale, now).await;
    if let Err(error) = sent {
        tracing::error!(%error, "a code to look after a case could not be sent");
    }
    Ok(())
}

/// Opens a case by reference, phone and the code that was sent to it, and gives a token that opens it again and says that the phone
/// was at hand. Every refusal takes as long.
///
/// # Errors
/// [`Problem::Unauthorized`], and a field error at `phone_code`.
pub async fn by_code(
    app: &App,
    (reference, phone): (CaseReference, &Phone),
    code: &PhoneCode,
    client: &Client,
    now: DateTime<Utc>,
) -> Result<(Family, ManageToken), Error> {
    let opening = async {
        office::touch(app).await?;
        // Whoever does not know the case cannot use up its phone's tries.
        let stored = matching(app, reference, phone).await?.ok_or(Problem::Unauthorized)?;
        let name = rules::of(app, &stored).await?.procedure.name();
        let asker = asker(app, client);
        phone_codes::confirm(app, &asker, phone, purpose(&stored, &name), code.as_str(), now).await?;
        Ok((Family::of(&stored, true), token_of(app, &with_phone(&stored))))
    };
    even_time::answer(opening, Result::is_err).await
}

/// Who asks for a code or types one.
pub(super) fn asker(app: &App, client: &Client) -> Asker {
    client.session.as_ref().map_or_else(Asker::unknown, |session| Asker::of(app.keys(), session))
}

/// What codes to the phone of a case are for.
pub(super) fn purpose<'a>(stored: &'a Stored, name: &'a Localised) -> CodeFor<'a> {
    CodeFor { name: &stored.procedure, words: [&name.zh, &name.en], family: CodeFamily::Case }
}

/// The case, where the phone is the applicant's.
async fn matching(app: &App, reference: CaseReference, phone: &Phone) -> Result<Option<Stored>, Error> {
    let stored = store::by_reference(&mut *app.database().read().await?, reference).await?;
    let index = phone_index(app, phone);
    Ok(stored.filter(|stored| stored.phone_index.as_ref() == Some(&index)))
}
