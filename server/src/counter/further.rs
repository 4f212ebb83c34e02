//! Further places of an office: a hall or a window elsewhere. Nobody who looks for a place is shown one before it has times;
//! what it offers is added by whoever manages the office, and roles hold there like at any other place.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use serde_json::json;
use shared::calendar::shanghai_date;
use shared::field::FieldErrors;
use shared::places::{
    Coordinates, PlaceId,
    further::{name_taken, still_needed},
    said::Said,
};
use shared::problem::Problem;
use shared::staff::{OfficeId, Right};
use sqlx::AnyConnection;

use super::{described, office};
use crate::app::App;
use crate::audit::Actor;
use crate::database::{
    DatabaseError,
    sql::{flag, int, sql, text},
};
use crate::error::Error;
use crate::places::{Place, insert, record_by};
use crate::staff::authority::Staff;

/// Where the facts of such a place are from.
pub(super) const ADDED_HERE: &str = "本大厅填写";
/// Ids that are tried for one place.
const TRIES: usize = 100;
/// Letters of an id that are the office's and the place's name.
const LONGEST: usize = 56;

/// Adds a place below an office.
///
/// # Errors
/// [`shared::staff::Refusal::NotAllowed`]; [`shared::staff::Refusal::SignInAgain`]; a field error at `name_zh` where the office has a place of this name.
pub async fn add(
    app: &App,
    staff: &Staff,
    id: &OfficeId,
    (said, coordinates): (Said, Option<Coordinates>),
    now: DateTime<Utc>,
) -> Result<PlaceId, Error> {
    staff.may(Right::AddPlaces, &office::one(app, id).await?.whereabouts)?;
    staff.confirmed()?;
    let adding = Adding { office: id.clone(), said, coordinates, by: staff.actor(), now };
    staff.write(app, adding, write).await
}

/// Takes a place out again that was added here, while nothing needs it: nobody finds it any more, and its record stays.
///
/// # Errors
/// [`shared::staff::Refusal::NotAllowed`]; [`Problem::NotFound`] for what was not added at this office or is gone; a field error
/// at `place` where something needs it.
pub async fn withdraw(
    app: &App,
    staff: &Staff,
    id: &OfficeId,
    place: &PlaceId,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    staff.may(Right::AddPlaces, &office::one(app, id).await?.whereabouts)?;
    staff.write(app, (id.clone(), place.clone(), staff.actor(), now), take_out).await
}

/// A place of an office, for whoever looks after its places.
#[derive(Clone, Debug)]
pub struct Listed {
    pub id: PlaceId,
    pub said: Said,
    /// Whether it can be taken out again.
    pub is_unused: bool,
}

/// The places of an office, its own first.
///
/// # Errors
/// [`shared::staff::Refusal::NotAllowed`].
pub async fn list(app: &App, staff: &Staff, id: &OfficeId, now: DateTime<Utc>) -> Result<Vec<Listed>, Error> {
    staff.may(Right::AddPlaces, &office::one(app, id).await?.whereabouts)?;
    let mut connection = app.database().read().await?;
    let all = described::of_office(&mut connection, id).await?;
    let unused = unused(&mut connection, id, now).await?;
    let listed = all.into_iter().map(|place| Listed {
        is_unused: unused.contains(place.id.as_str()),
        id: place.id,
        said: place.said,
    });
    Ok(listed.collect())
}

/// The places that were added at an office and that nothing needs, so that nobody reads of them: no service, place, role, visit or notice.
pub(super) async fn unused(
    connection: &mut AnyConnection,
    office: &OfficeId,
    now: DateTime<Utc>,
) -> Result<BTreeSet<String>, DatabaseError> {
    let statement = "select p.id from place p where p.parent = $1 and p.source = $2 and p.withdrawn_at is null \
         and not exists (select 1 from service_point s where s.place_id = p.id) \
         and not exists (select 1 from place b where b.parent = p.id and b.withdrawn_at is null) \
         and not exists (select 1 from staff_role r where r.scope = 'place' and r.scope_id = p.id \
         and (r.until_at is null or r.until_at > $3)) \
         and not exists (select 1 from role_proposal r where r.scope = 'place' and r.scope_id = p.id \
         and r.outcome is null and r.expires_at > $3) \
         and not exists (select 1 from visit v where v.place_id = p.id) \
         and not exists (select 1 from notice n where n.board = 'place' and n.subject = p.id and n.until_at > $3)";
    let rows = sql(statement, [office.as_str().into(), ADDED_HERE.into(), now.into()]).fetch_all(connection).await?;
    rows.iter().map(|row| text(row, "id")).collect()
}

async fn take_out(
    connection: &mut AnyConnection,
    (office, place, by, now): &(OfficeId, PlaceId, Actor, DateTime<Utc>),
) -> Result<(), Error> {
    // Changing nothing, it keeps the row to itself: a service that is offered there meanwhile is seen below, or waits.
    let statement = "update place set audit_length = audit_length where id = $1 and parent = $2 and source = $3 \
         and withdrawn_at is null returning id";
    let values = [place.as_str().into(), office.as_str().into(), ADDED_HERE.into()];
    sql(statement, values).fetch_optional(&mut *connection).await?.ok_or(Problem::NotFound)?;
    if !unused(connection, office, *now).await?.contains(place.as_str()) {
        return Err(FieldErrors::one("place", still_needed()).into());
    }
    let statement = "update place set withdrawn_at = $1 where id = $2";
    sql(statement, [(*now).into(), place.as_str().into()]).execute(&mut *connection).await?;
    Ok(record_by(connection, place, (by.clone(), "place_withdrawn", json!({ "office": office })), *now).await?)
}

struct Adding {
    office: OfficeId,
    said: Said,
    coordinates: Option<Coordinates>,
    by: Actor,
    now: DateTime<Utc>,
}

async fn write(connection: &mut AnyConnection, adding: &Adding) -> Result<PlaceId, Error> {
    let Adding { office, said, coordinates, by, now } = adding;
    // Changing nothing, it keeps the row to itself: of two places of one name the second finds the first.
    let statement =
        "update place set audit_length = audit_length where id = $1 returning kind, division, position, demo";
    let row = sql(statement, [office.as_str().into()]).fetch_optional(&mut *connection).await?;
    let above = row.ok_or(Problem::NotFound)?;
    let statement = "select 1 as one from place where (parent = $1 or id = $1) and name_zh = $2 \
         and withdrawn_at is null";
    let values = [office.as_str().into(), said.name.zh.as_str().into()];
    if sql(statement, values).fetch_optional(&mut *connection).await?.is_some() {
        return Err(FieldErrors::one("name_zh", name_taken()).into());
    }
    let (kind, division, position) = (text(&above, "kind")?, text(&above, "division")?, int(&above, "position")?);
    let mut place = Place {
        id: office::place(office)?,
        kind,
        parent: Some(office::place(office)?),
        name: said.name.clone(),
        address: said.address.clone(),
        division,
        phone: said.phone.clone(),
        directions: Some(said.directions.clone()).filter(|directions| !directions.zh.is_empty()),
        coordinates: *coordinates,
        demo: flag(&above, "demo")?,
        source: ADDED_HERE.to_owned(),
        checked: shanghai_date(*now),
    };
    for id in ids(office, said) {
        place.id = PlaceId::parse(&id).map_err(|_| DatabaseError::unreadable("id"))?;
        if insert(connection, &place, position).await? {
            let detail = json!({ "office": office, "said": said, "coordinates": coordinates });
            record_by(connection, &place.id, (by.clone(), "place_added", detail), *now).await?;
            return Ok(place.id);
        }
    }
    Err(Problem::Busy.into())
}

/// Names that a place can go by in addresses, from what it is called in English.
fn ids(office: &OfficeId, said: &Said) -> impl Iterator<Item = String> + use<> {
    let name = said.name.en.to_lowercase();
    let words = name.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let name: String = [office.as_str()].into_iter().chain(words).collect::<Vec<_>>().join("-");
    let name: String = name.chars().take(LONGEST).collect();
    let name = name.trim_end_matches('-').to_owned();
    (1..=TRIES).map(move |n| if n == 1 { name.clone() } else { format!("{name}-{n}") })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::english;

    #[test]
    fn an_english_page_can_say_that_the_office_itself_wrote_it_down() {
        assert!(english::source(ADDED_HERE).is_some());
    }
}
