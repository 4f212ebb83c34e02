//! Writing a change of hours: the plan, and the slots that are published.

use shared::appointments::opening::Hours;
use sqlx::AnyConnection;

use super::difference::Act;
use super::{Changing, PlanChange};
use crate::appointments::publish;
use crate::database::{DatabaseError, sql::sql};

/// Takes the rows of the slots to come, as they are.
pub(super) async fn lock(connection: &mut AnyConnection, changing: &Changing) -> Result<(), DatabaseError> {
    let statement = "update slot set closed = closed where place_id = $1 and service = $2 and date > $3";
    let values = [changing.place.as_str().into(), changing.service.name().into(), changing.today.into()];
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
        PlanChange::Like { date, weekday, reason } => {
            let statement = "insert into special_day (place_id, service, date, open_as_weekday, reason_zh, reason_en) \
                 values ($1, $2, $3, $4, $5, $6) on conflict (place_id, service, date) \
                 do update set open_as_weekday = $4, reason_zh = $5, reason_en = $6";
            let (zh, en) = (reason.zh.as_str(), reason.en.as_str());
            let values = [place.into(), service.into(), (*date).into(), (*weekday).into(), zh.into(), en.into()];
            sql(statement, values).execute(connection).await?;
        }
        PlanChange::Ordinary { date } => {
            let statement = "delete from special_day where place_id = $1 and service = $2 and date = $3 \
                 and open_as_weekday is not null";
            sql(statement, [place.into(), service.into(), (*date).into()]).execute(connection).await?;
        }
        PlanChange::Reopen { from, to } => {
            let statement = "delete from special_day where place_id = $1 and service = $2 and date between $3 and $4 \
                 and open_as_weekday is null";
            let values = [place.into(), service.into(), (*from).into(), (*to).into()];
            sql(statement, values).execute(connection).await?;
        }
    }
    Ok(())
}

async fn open(
    connection: &mut AnyConnection,
    changing: &Changing,
    (from, hours): (chrono::NaiveDate, &Hours),
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
