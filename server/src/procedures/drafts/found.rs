//! Going on with a draft on another device: by the phone in it and the last six signs of the applicant's number.

use chrono::{DateTime, Utc};
use shared::identity::Phone;
use shared::locale::Locale;
use shared::localised::Localised;
use shared::problem::Problem;
use shared::procedures::DraftId;

use super::{Begun, begun};
use crate::app::App;
use crate::client::Client;
use crate::clock::office;
use crate::database::{
    DatabaseError,
    sql::{instant, sql, word},
};
use crate::error::Error;
use crate::even_time;
use crate::phone_codes::{self, Family, Purpose, phone_index};
use crate::procedures::contents::tail_index;
use crate::procedures::family::asker;

/// Sends a code to a phone where a draft of this procedure names it and an identity number that ends so; the caller learns
/// nothing either way, not even by how long it takes.
pub async fn send_code(
    app: &App,
    (region, procedure): (&str, &str),
    (phone, last_six): (&Phone, &str),
    client: &Client,
    locale: Locale,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let sending = send_to_match(app, (region, procedure), (phone, last_six), client, locale, now);
    even_time::answer(sending, |_| true).await
}

async fn send_to_match(
    app: &App,
    of: (&str, &str),
    (phone, last_six): (&Phone, &str),
    client: &Client,
    locale: Locale,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    office::touch(app).await?;
    if matching(app, of, (phone, last_six), now).await?.is_empty() {
        return Ok(());
    }
    let named = Named::of(app, of);
    let asker = asker(app, client);
    // Saying "too soon", "too often" or that nothing could be written would tell that somebody began.
    if let Err(error) = phone_codes::send(app, (&asker, client.address), phone, named.purpose(), locale, now).await {
        tracing::error!(%error, "a code to go on with a draft could not be sent");
    }
    Ok(())
}

/// The drafts of a phone, for whoever has it at hand, the one that is kept longest first.
///
/// # Errors
/// [`Problem::Unauthorized`] where there is none, and a field error at `phone_code`, both in even time.
#[expect(clippy::too_many_arguments, reason = "what is asked of whoever goes on with a draft")]
pub async fn resume(
    app: &App,
    region: &str,
    procedure: &str,
    phone: &Phone,
    code: &str,
    last_six: &str,
    client: &Client,
    now: DateTime<Utc>,
) -> Result<Vec<Begun>, Error> {
    let finding = async {
        office::touch(app).await?;
        // Whoever does not know the draft cannot use up its phone's tries.
        let found = matching(app, (region, procedure), (phone, last_six), now).await?;
        if found.is_empty() {
            return Err(Problem::Unauthorized.into());
        }
        let named = Named::of(app, (region, procedure));
        let asker = asker(app, client);
        phone_codes::confirm(app, &asker, phone, named.purpose(), code, now).await?;
        Ok(found)
    };
    even_time::answer(finding, Result::is_err).await
}

/// What a code is for, in words.
struct Named {
    key: String,
    words: Localised,
}

impl Named {
    fn of(app: &App, (region, procedure): (&str, &str)) -> Self {
        let offered = app.policies().procedure(region, procedure);
        let unknown = || Localised::new("网上办理", "an application");
        Self {
            key: format!("draft:{procedure}"),
            words: offered.map_or_else(unknown, |offered| offered.procedure.name()),
        }
    }

    fn purpose(&self) -> Purpose<'_> {
        Purpose { name: &self.key, words: [&self.words.zh, &self.words.en], family: Family::Case }
    }
}

/// Drafts that run and name the phone and the end of the number.
async fn matching(
    app: &App,
    (region, procedure): (&str, &str),
    (phone, last_six): (&Phone, &str),
    now: DateTime<Utc>,
) -> Result<Vec<Begun>, Error> {
    let region = app.policies().procedure(region, procedure).map(|offered| offered.region.clone());
    let (Some(region), Some(tail)) = (region, tail_index(app.keys(), last_six)) else { return Ok(Vec::new()) };
    let statement = "select id, expires_at from application_draft where phone_index = $1 and id_tail_index = $2 \
         and region = $3 and procedure = $4 and submitted is null and expires_at > $5 order by expires_at desc, id";
    let values = [phone_index(app, phone).into(), tail.into(), region.into(), procedure.into(), now.into()];
    let rows = sql(statement, values).fetch_all(&mut *app.database().read().await?).await?;
    let read = |row: &sqlx::any::AnyRow| {
        let id = word(row, "id", |id| DraftId::parse(id).ok())?;
        Ok(begun(app, id, instant(row, "expires_at")?))
    };
    Ok(rows.iter().map(read).collect::<Result<_, DatabaseError>>()?)
}
