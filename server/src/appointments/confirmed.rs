//! Phones that were confirmed for a hold, so that a later mistake in the form needs no new code.

use chrono::{DateTime, Utc};
use shared::appointments::HoldId;
use shared::field::{FieldErrors, Reason};
use shared::identity::{Phone, PhoneCode};
use sqlx::AnyConnection;

use super::bookable::Bookable;
use super::record::Record;
use crate::app::App;
use crate::database::{
    DatabaseError,
    sql::{sql, text},
};
use crate::error::Error;
use crate::even_time;
use crate::phone_codes::{Asker, TypedCode, phone_index, try_code};

/// A phone of a booking request, with the code that was typed for it.
#[derive(Clone, Debug)]
pub struct TypedPhone {
    pub phone: Phone,
    pub code: Option<PhoneCode>,
    /// Where the request asks for it, such as `parties.0.phone`; it asks for the code in the same with `_code`.
    pub field: String,
}

/// Whether somebody of a booking has the phone that was confirmed for its hold; true where none was. Otherwise whoever
/// confirms many phones could take a hot date's times for whoever pays for them.
pub fn has_phone_of_hold<'a>(app: &App, hold: &Record, phones: impl IntoIterator<Item = &'a Phone>) -> bool {
    let is_it = |wanted: &str| phones.into_iter().any(|phone| phone_index(app, phone) == wanted);
    hold.phone_of_hold().is_none_or(is_it)
}

/// Confirms each phone once; phones confirmed earlier for this hold need no second code.
///
/// # Errors
/// All codes that are missing or wrong, each at its field and in even time; each wrong try is counted and stays counted.
pub(super) async fn confirm_all(
    app: &App,
    bookable: &Bookable,
    hold: &Record,
    phones: &[TypedPhone],
    now: DateTime<Utc>,
) -> Result<Result<(), FieldErrors>, Error> {
    let asker = Asker::of_hold(hold.session.as_deref());
    let typed = |phone: &TypedPhone| IndexedPhone {
        index: phone_index(app, &phone.phone),
        code: phone
            .code
            .as_ref()
            .map(|code| TypedCode::new(app, &asker, &phone.phone, bookable.purpose(), code.as_str())),
        code_field: format!("{}_code", phone.field),
    };
    let typed: Vec<_> = phones.iter().map(typed).collect();
    let trying = app.database().write_with((hold.id.clone(), typed, now), try_all);
    let answer: FieldErrors =
        even_time::answer(trying, |answer| !matches!(answer, Ok(none) if none.is_empty())).await?;
    Ok(answer.into_result())
}

struct IndexedPhone {
    index: String,
    code: Option<TypedCode>,
    code_field: String,
}

async fn try_all(
    connection: &mut AnyConnection,
    (hold, typed, now): &(HoldId, Vec<IndexedPhone>, DateTime<Utc>),
) -> Result<FieldErrors, Error> {
    let known = confirmed(connection, hold).await?;
    let mut errors = FieldErrors::new();
    for phone in typed.iter().filter(|phone| !known.contains(&phone.index)) {
        let Some(code) = &phone.code else {
            errors.push(phone.code_field.clone(), Reason::Missing(PhoneCode::ASKED));
            continue;
        };
        match try_code(connection, code, *now).await? {
            Ok(()) => remember(connection, hold, &phone.index).await?,
            // A twin of this request may have used the code while this one waited for its row.
            Err(_) if confirmed(connection, hold).await?.contains(&phone.index) => {}
            Err(reason) => errors.push(phone.code_field.clone(), reason),
        }
    }
    Ok(errors)
}

/// Notes that a phone was confirmed for a hold.
pub(super) async fn remember(connection: &mut AnyConnection, hold: &HoldId, index: &str) -> Result<(), DatabaseError> {
    let statement = "insert into confirmed_phone (appointment_id, phone_index) values ($1, $2) on conflict do nothing";
    sql(statement, [hold.as_str().into(), index.into()]).execute(connection).await?;
    Ok(())
}

/// Those of `phones` that have not been confirmed for a hold, in order.
pub async fn unconfirmed(app: &App, hold: &HoldId, phones: Vec<Phone>) -> Result<Vec<Phone>, Error> {
    let confirmed = confirmed(&mut *app.database().read().await?, hold).await?;
    Ok(phones.into_iter().filter(|phone| !confirmed.contains(&phone_index(app, phone))).collect())
}

/// The phones confirmed for a hold, as blind indexes.
async fn confirmed(connection: &mut AnyConnection, hold: &HoldId) -> Result<Vec<String>, DatabaseError> {
    let statement = "select phone_index from confirmed_phone where appointment_id = $1";
    let rows = sql(statement, [hold.as_str().into()]).fetch_all(connection).await?;
    rows.iter().map(|row| text(row, "phone_index")).collect()
}
