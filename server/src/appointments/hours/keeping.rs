//! Writing a change of hours: the plan, and the slots that are published.

use chrono::{Datelike, NaiveDate};
use shared::appointments::opening::Hours;
use shared::localised::Localised;
use sqlx::AnyConnection;

use super::difference::Act;
use super::{Changing, PlanChange};
use crate::appointments::publish;
use crate::database::{DatabaseError, sql::sql};

/// Takes the rows of the slots to come, as they are.
pub(super) async fn lock(connection: &mut AnyConnection, changing: &Changing) -> Result<(), DatabaseError> {
    let statement = "update slot set closed = closed where place_id = $1 and service = $2 and date >= $3";
    let values = [changing.place.as_str().into(), changing.service.name().into(), changing.earliest().into()];
    sql(statement, values).execute(connection).await?;
    Ok(())
}

/// Writes the plan.
pub(super) async fn change(connection: &mut AnyConnection, changing: &Changing) -> Result<(), DatabaseError> {
    const GIVE_UP: &str = "delete from opening where place_id = $1 and service = $2 and valid_from = $3";
    let (place, service) = (changing.place.as_str(), changing.service.name());
    match &changing.change {
        PlanChange::Week { from, hours } => {
            sql(GIVE_UP, [place.into(), service.into(), (*from).into()]).execute(&mut *connection).await?;
            for hours in hours {
                open(connection, changing, (*from, hours)).await?;
            }
        }
        PlanChange::GiveUp { from } => {
            sql(GIVE_UP, [place.into(), service.into(), (*from).into()]).execute(connection).await?;
        }
        PlanChange::Own { from, hours, reason } => {
            let weekday = from.weekday().number_from_monday();
            special(connection, changing, (*from, weekday, reason)).await?;
            for hours in hours {
                own(connection, changing, (*from, hours)).await?;
            }
        }
        PlanChange::Like { date, weekday, reason } => special(connection, changing, (*date, *weekday, reason)).await?,
        PlanChange::Ordinary { date } => {
            forget_own(connection, changing, *date).await?;
            let statement = "delete from special_day where place_id = $1 and service = $2 and date = $3 \
                 and open_as_weekday is not null";
            sql(statement, [place.into(), service.into(), (*date).into()]).execute(connection).await?;
        }
        PlanChange::Reopen { from, to } => {
            // A day that had hours of its own before it was switched off is as the calendar says.
            let own = "delete from special_hours where place_id = $1 and service = $2 and date between $3 and $4 \
                 and exists (select 1 from special_day d where d.place_id = $1 and d.service = $2 \
                 and d.date = special_hours.date and d.open_as_weekday is null)";
            sql(own, [place.into(), service.into(), (*from).into(), (*to).into()]).execute(&mut *connection).await?;
            let statement = "delete from special_day where place_id = $1 and service = $2 and date between $3 and $4 \
                 and open_as_weekday is null";
            let values = [place.into(), service.into(), (*from).into(), (*to).into()];
            sql(statement, values).execute(connection).await?;
        }
    }
    Ok(())
}

/// One day has the hours of a weekday, and none of its own.
async fn special(
    connection: &mut AnyConnection,
    changing: &Changing,
    (date, weekday, reason): (NaiveDate, u32, &Localised),
) -> Result<(), DatabaseError> {
    forget_own(connection, changing, date).await?;
    let statement = "insert into special_day (place_id, service, date, open_as_weekday, reason_zh, reason_en) \
         values ($1, $2, $3, $4, $5, $6) on conflict (place_id, service, date) \
         do update set open_as_weekday = $4, reason_zh = $5, reason_en = $6";
    let values = [
        changing.place.as_str().into(),
        changing.service.name().into(),
        date.into(),
        weekday.into(),
        reason.zh.as_str().into(),
        reason.en.as_str().into(),
    ];
    sql(statement, values).execute(connection).await?;
    Ok(())
}

async fn own(
    connection: &mut AnyConnection,
    changing: &Changing,
    (date, hours): (NaiveDate, &Hours),
) -> Result<(), DatabaseError> {
    let statement = "insert into special_hours (place_id, service, date, starts_minute, ends_minute, slot_minutes, \
         capacity) values ($1, $2, $3, $4, $5, $6, $7)";
    let values = [
        changing.place.as_str().into(),
        changing.service.name().into(),
        date.into(),
        hours.starts.into(),
        hours.ends.into(),
        hours.slot_minutes.into(),
        hours.capacity.into(),
    ];
    sql(statement, values).execute(connection).await?;
    Ok(())
}

async fn forget_own(connection: &mut AnyConnection, changing: &Changing, date: NaiveDate) -> Result<(), DatabaseError> {
    let statement = "delete from special_hours where place_id = $1 and service = $2 and date = $3";
    let values = [changing.place.as_str().into(), changing.service.name().into(), date.into()];
    sql(statement, values).execute(connection).await?;
    Ok(())
}

async fn open(
    connection: &mut AnyConnection,
    changing: &Changing,
    (from, hours): (NaiveDate, &Hours),
) -> Result<(), DatabaseError> {
    let statement = "insert into opening (place_id, service, valid_from, weekday, starts_minute, ends_minute, \
         slot_minutes, capacity) values ($1, $2, $3, $4, $5, $6, $7, $8)";
    for weekday in &hours.weekdays {
        let values = [
            changing.place.as_str().into(),
            changing.service.name().into(),
            from.into(),
            (*weekday).into(),
            hours.starts.into(),
            hours.ends.into(),
            hours.slot_minutes.into(),
            hours.capacity.into(),
        ];
        sql(statement, values).execute(&mut *connection).await?;
    }
    Ok(())
}

/// Does one thing to what is published. What is taken stays taken: nothing here touches a booking.
pub(super) async fn take(connection: &mut AnyConnection, changing: &Changing, act: &Act) -> Result<(), DatabaseError> {
    match act {
        Act::Insert { slot, closed } => publish::insert(connection, changing.there(), slot, *closed).await?,
        Act::Set { was, slot } => {
            // Whoever has a place was told until when it lasts.
            let statement = "update slot set ends_at = case when taken > 0 then ends_at else $1 end, capacity = case when taken > $2 then taken else $2 end, \
                 cut_to = case when taken > $2 then $2 else null end where id = $3";
            let values = [slot.ends_at.into(), slot.capacity.into(), was.id.into()];
            sql(statement, values).execute(connection).await?;
        }
        Act::Withdraw { was } => {
            let statement = "update slot set capacity = taken, cut_to = case when taken > 0 then 0 else null end \
                 where id = $1";
            sql(statement, [was.id.into()]).execute(connection).await?;
        }
        Act::Open { was } => {
            sql("update slot set closed = 0 where id = $1", [was.id.into()]).execute(connection).await?;
        }
    }
    Ok(())
}
