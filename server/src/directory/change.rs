//! What is otherwise for a while: announced with its end, over by the clock, or taken back before.

use chrono::{DateTime, NaiveDateTime, NaiveTime, TimeDelta, Utc};
use serde_json::json;
use shared::calendar::at;
use shared::directory::{Kind, Listing, Refusal, Times};
use shared::field::{FieldErrors, Reason};
use shared::hours::{Change, ChangeKind};
use shared::localised::Localised;
use shared::places::PlaceId;
use shared::plain_words::PlainWords;
use shared::problem::Problem;
use sqlx::AnyConnection;

use super::{NAME, confirm, kinds, store};
use crate::app::App;
use crate::audit::Actor;
use crate::database::{
    DatabaseError,
    sql::{int, sql, text},
};
use crate::error::Error;
use crate::keys::token::new_id;
use crate::places::record_by;

/// Changes of a place that hold or will, fewer than its hours may have: some that are over belong to today.
const MOST_LIVE: i64 = 30;
/// After which a change is none for a while.
const LONGEST: TimeDelta = TimeDelta::days(3 * 366);

struct New {
    id: String,
    place: PlaceId,
    change: Change,
    by: Actor,
    now: DateTime<Utc>,
}

/// Announces a change of a place, and answers what it is called.
///
/// # Errors
/// A field error where the change cannot be meant, is over or years away, or is one too many, and for a place that is closed for good;
/// [`Problem::NotFound`] where no such place is listed; [`Refusal::ListUnfinished`] where nobody sees it, since its list is not written whole.
pub async fn announce(
    app: &App,
    place: &PlaceId,
    change: Change,
    by: Actor,
    now: DateTime<Utc>,
) -> Result<String, Error> {
    Times::read(Vec::new(), vec![change.clone()])?;
    let change = Change { reason: reason(&change.reason)?, ..change };
    let id = new_id();
    let new = New { id: id.clone(), place: place.clone(), change, by, now };
    app.database().write_with(new, insert).await?;
    app.generation(NAME).bump();
    Ok(id)
}

/// Takes a change back before its end: from now on everything is as usual.
///
/// # Errors
/// [`Problem::NotFound`] where there is none of this name that still holds.
pub async fn take_back(app: &App, id: &str, by: Actor, now: DateTime<Utc>) -> Result<(), Error> {
    app.database().write_with((id.to_owned(), by, now), end).await?;
    app.generation(NAME).bump();
    Ok(())
}

async fn insert(connection: &mut AnyConnection, new: &New) -> Result<(), Error> {
    let New { id, place, change, by, now } = new;
    // Changing nothing, it keeps the row to itself: of two at once the second counts the first.
    let keep = "update place set audit_length = audit_length where id = $1";
    sql(keep, [place.as_str().into()]).execute(&mut *connection).await?;
    let listing = store::one(connection, place).await?.ok_or(Problem::NotFound)?;
    let listing = match store::half_written(connection, place).await? {
        None => listing,
        Some(Some(seen)) => seen,
        Some(None) => return Err(Problem::from(Refusal::ListUnfinished).into()),
    };
    check(connection, (&listing, change), *now).await?;
    let (kind, body) = match &change.kind {
        ChangeKind::Closed => ("closed", String::new()),
        ChangeKind::Hours(spans) => ("hours", serde_json::to_string(spans).expect("spans always serialise")),
        ChangeKind::Message => ("message", String::new()),
        ChangeKind::WithoutService(service) => {
            ("without_service", serde_json::to_string(service).expect("texts always serialise"))
        }
    };
    let statement = "insert into listing_change (id, place_id, kind, body, starts_at, ends_at, reason_zh, reason_en, made_at) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    let values = [
        id.as_str().into(),
        place.as_str().into(),
        kind.into(),
        body.into(),
        instant(change.from).into(),
        instant(change.to).into(),
        change.reason.zh.as_str().into(),
        change.reason.en.as_str().into(),
        (*now).into(),
    ];
    sql(statement, values).execute(&mut *connection).await?;
    let detail = json!({ "change": id, "kind": kind, "from": change.from, "to": change.to, "reason": change.reason });
    record_by(connection, place, (by.clone(), "change_announced", detail), *now).await?;
    Ok(store::bump(connection, &listing.kind).await?)
}

/// What only the place and the moment tell.
async fn check(
    connection: &mut AnyConnection,
    (listing, change): (&Listing, &Change),
    now: DateTime<Utc>,
) -> Result<(), Error> {
    confirm::is_there(listing, now)?;
    let mut errors = FieldErrors::new();
    if instant(change.to) <= now {
        errors.push("to", Reason::own("change_over", "结束时间已经过了。", "It would be over already."));
    }
    if instant(change.to) > now + LONGEST {
        errors.push("to", too_far());
    }
    if let ChangeKind::WithoutService(service) = &change.kind
        && let Some(kind) = kinds::kind(&listing.kind)
    {
        errors.keep("service", offered(kind, listing, service));
    }
    let statement = "select count(*) as live from listing_change where place_id = $1 and ends_at > $2 \
         and (ended_at is null or ended_at > $2)";
    let row = sql(statement, [listing.id.as_str().into(), now.into()]).fetch_one(connection).await?;
    if int(&row, "live")? >= MOST_LIVE {
        errors.push(
            "changes",
            Reason::own(
                "changes_many",
                format!("这里已经有 {MOST_LIVE} 条变动。请先撤回一些，或者改登记的开放时间。"),
                format!("There are {MOST_LIVE} changes already. Take some back, or have other hours listed."),
            ),
        );
    }
    Ok(errors.into_result()?)
}

/// Why, in words that everybody reads under the bureau's name.
fn reason(said: &Localised) -> Result<Localised, FieldErrors> {
    if [&said.zh, &said.en].iter().any(|words| words.trim().is_empty()) {
        let missing =
            Reason::own("change_reason", "请写明原因，中文和英文都要。", "Say why, in Chinese and in English.");
        return Err(FieldErrors::one("reason", missing));
    }
    let mut errors = FieldErrors::new();
    let mut words =
        |field, text: &str| errors.keep(field, PlainWords::of(PlainWords::ASKED, PlainWords::LONGEST, text));
    let (zh, en) = (words("reason", &said.zh), words("reason_en", &said.en));
    match zh.zip(en) {
        Some((zh, en)) => Ok(Localised::new(zh.as_str(), en.as_str())),
        None => Err(errors),
    }
}

/// Whether a service can be missing at a place: it is one of the kind, and of what the place offers where that is known.
fn offered(kind: &Kind, listing: &Listing, service: &str) -> Result<(), Reason> {
    let is_there = |id: &str| listing.services.is_empty() || listing.service(id).is_some();
    if kind.service(service).is_some() && is_there(service) {
        return Ok(());
    }
    let known = kind.services.iter().map(|one| one.id.as_str()).filter(|id| is_there(id));
    let known = known.collect::<Vec<_>>().join(", ");
    Err(Reason::own(
        "change_service",
        format!("这里没有这项服务，可以写：{known}。"),
        format!("There is no such service here; there are {known}."),
    ))
}

fn too_far() -> Reason {
    Reason::own(
        "change_far",
        "临时变动最长三年。更久的请在名单里改：停办的写停办日期，时间变了的写新的开放时间。",
        "A change ends within three years. What lasts longer belongs in the list: the day on which it closes for good, or its new hours.",
    )
}

fn instant(civil: NaiveDateTime) -> DateTime<Utc> {
    at(civil.date(), 0) + (civil - civil.date().and_time(NaiveTime::MIN))
}

async fn end(connection: &mut AnyConnection, (id, by, now): &(String, Actor, DateTime<Utc>)) -> Result<(), Error> {
    let statement = "update listing_change set ended_at = $1 where id = $2 and ended_at is null and ends_at > $1 \
         returning place_id";
    let row = sql(statement, [(*now).into(), id.as_str().into()]).fetch_optional(&mut *connection).await?;
    let place = text(&row.ok_or(Problem::NotFound)?, "place_id")?;
    let place = PlaceId::parse(&place).map_err(|_| DatabaseError::unreadable("place_id"))?;
    let listing = store::one(connection, &place).await?.ok_or(Problem::NotFound)?;
    record_by(connection, &place, (by.clone(), "change_taken_back", json!({ "change": id })), *now).await?;
    Ok(store::bump(connection, &listing.kind).await?)
}
