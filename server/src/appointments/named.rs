//! Whom a booking names, booked or refused: only so many different people by one phone, one browser and from one address, so
//! that nobody goes through other people's numbers one by one. The same people again take nothing.

use chrono::{DateTime, DurationRound, TimeDelta, Utc};
use shared::appointments::Refusal;
use shared::identity::Phone;
use shared::problem::Problem;
use shared::staff::StaffId;
use sqlx::AnyConnection;

use crate::app::App;
use crate::client::Client;
use crate::database::{
    DatabaseError,
    sql::{instant, int, sql, text},
};
use crate::error::Error;
use crate::phone_codes::phone_index;

/// Different people that a phone may name within [`COUNTS_FOR`]: a couple, and twice that for slips and for those whom it
/// helps. The table's rule says the same.
const MOST: i64 = 6;
const COUNTS_FOR: TimeDelta = TimeDelta::days(7);

/// Counts the people of a request, before anything is told of them. `phones` are those that were confirmed for it, as blind
/// indexes: an unconfirmed one is anybody's, and takes nothing from its owner.
///
/// # Errors
/// [`Refusal::TooManyPeople`]; where it is a phone's, none of them was counted for the address.
pub(super) async fn count(
    app: &App,
    asker: &Client,
    phones: Vec<String>,
    people: &[String],
    now: DateTime<Utc>,
) -> Result<(), Error> {
    name_by(app, phones, people, now).await?;
    // After the phones: whoever is refused for one takes nothing from those who share the address.
    Ok(app.limits().people(asker, people, app.keys()).map_err(|wait| too_many(now + wait, now))?)
}

/// Counts the people for whom one of the staff gives phones that nobody has confirmed: for each clerk apart, so that none takes
/// from what its owner, or a colleague, may still name.
///
/// # Errors
/// [`Refusal::TooManyPeople`].
pub(super) async fn count_of_clerk(
    app: &App,
    clerk: &StaffId,
    phones: &[Phone],
    people: &[String],
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let given =
        |phone| app.keys().fingerprint("phone-of-clerk", format!("{clerk}\n{}", phone_index(app, phone)).as_bytes());
    name_by(app, phones.iter().map(given).collect(), people, now).await
}

async fn name_by(app: &App, mut phones: Vec<String>, people: &[String], now: DateTime<Utc>) -> Result<(), Error> {
    if phones.is_empty() {
        return Ok(());
    }
    // Two requests that name two phones take them in one order, so that none waits for the other in a circle.
    phones.sort_unstable();
    app.database().write_with(Naming { phones, people: people.to_vec(), now }, name_all).await
}

struct Naming {
    phones: Vec<String>,
    people: Vec<String>,
    now: DateTime<Utc>,
}

async fn name_all(connection: &mut AnyConnection, Naming { phones, people, now }: &Naming) -> Result<(), Error> {
    for phone in phones {
        let over = "delete from named_person where phone_index = $1 and counts_until <= $2";
        sql(over, [phone.as_str().into(), (*now).into()]).execute(&mut *connection).await?;
        if let Some(until) = full_until(connection, phone, people).await? {
            return Err(too_many(until, *now).into());
        }
        for person in people {
            name(connection, phone, person, *now).await?;
        }
    }
    Ok(())
}

/// When a phone has places for all of these people, where it has not now.
async fn full_until(
    connection: &mut AnyConnection,
    phone: &str,
    people: &[String],
) -> Result<Option<DateTime<Utc>>, DatabaseError> {
    let statement = "select person_index, counts_until from named_person where phone_index = $1 order by counts_until";
    let rows = sql(statement, [phone.into()]).fetch_all(connection).await?;
    let mut named = Vec::with_capacity(rows.len());
    for row in &rows {
        named.push((text(row, "person_index")?, instant(row, "counts_until")?));
    }
    let new = people.iter().filter(|person| named.iter().all(|(known, _)| known != *person)).count();
    let over = (named.len() + new).saturating_sub(usize::try_from(MOST).unwrap_or(usize::MAX));
    // Those who are named again keep their places, so it is the others' that have to come back.
    let mut ends = named.iter().filter(|(known, _)| !people.contains(known)).map(|(_, until)| *until);
    Ok(if new == 0 || over == 0 { None } else { ends.nth(over - 1) })
}

/// Takes one of the phone's places for a person, who may have one already.
async fn name(connection: &mut AnyConnection, phone: &str, person: &str, now: DateTime<Utc>) -> Result<(), Error> {
    let statement = "insert into named_person (phone_index, person_index, rank, counts_until) values ($1, $2, $3, $4) \
         on conflict do nothing";
    // A twin of this request may take the place that was free a moment ago: then it looks again, once for each place.
    for _ in 0..=MOST {
        let rank = match place(connection, phone, person).await? {
            Place::Taken => return Ok(()),
            Place::Free(rank) => rank,
            Place::None { until } => return Err(too_many(until, now).into()),
        };
        let values = [phone.into(), person.into(), rank.into(), (now + COUNTS_FOR).into()];
        if sql(statement, values).execute(&mut *connection).await?.rows_affected() == 1 {
            return Ok(());
        }
    }
    Err(Problem::Busy.into())
}

/// Where a person stands, or could stand, among those whom a phone has named.
enum Place {
    Taken,
    Free(i64),
    /// All are taken, the first until then.
    None {
        until: DateTime<Utc>,
    },
}

async fn place(connection: &mut AnyConnection, phone: &str, person: &str) -> Result<Place, DatabaseError> {
    let statement = "select person_index, rank, counts_until from named_person where phone_index = $1 \
         order by counts_until";
    let rows = sql(statement, [phone.into()]).fetch_all(connection).await?;
    let mut used = Vec::new();
    for row in &rows {
        if text(row, "person_index")? == person {
            return Ok(Place::Taken);
        }
        used.push(int(row, "rank")?);
    }
    match ((1..=MOST).find(|rank| !used.contains(rank)), rows.first()) {
        (None, Some(first)) => Ok(Place::None { until: instant(first, "counts_until")? }),
        (rank, _) => Ok(Place::Free(rank.unwrap_or(1))),
    }
}

/// Told to the minute, and never a moment early.
fn too_many(until: DateTime<Utc>, now: DateTime<Utc>) -> Refusal {
    let minute = TimeDelta::minutes(1);
    let again_at =
        until.duration_trunc(minute).map_or(until, |begun| if begun < until { begun + minute } else { begun });
    let retry_after = (again_at - now).num_seconds().unsigned_abs().max(1);
    Refusal::TooManyPeople { again_at, retry_after }
}

/// Forgets those who count no more.
pub(super) async fn forget(app: &App, now: DateTime<Utc>) -> Result<(), Error> {
    app.database().write_with(now, forget_over).await
}

async fn forget_over(connection: &mut AnyConnection, now: &DateTime<Utc>) -> Result<(), Error> {
    sql("delete from named_person where counts_until <= $1", [(*now).into()]).execute(connection).await?;
    Ok(())
}
