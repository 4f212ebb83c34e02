//! The transaction that takes a place for a new hold.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde_json::json;
use shared::appointments::{AppointmentState, HoldId, Refusal, Service, SlotId};
use shared::field::Reason;
use shared::locale::Locale;
use sqlx::AnyConnection;

use super::{MOST_HOLDS, MOST_OF_NETWORK};
use crate::appointments::{confirmed, counted, ending, record};
use crate::audit::{self, Actor, Event, Head};
use crate::database::sql::{instant, int, maybe_text, sql, word};
use crate::error::Error;
use crate::phone_codes::{TypedCode, try_code, try_code_again};

/// What a new hold is made of.
pub(super) struct NewHold {
    pub(super) slot: SlotId,
    pub(super) service: Service,
    /// Fingerprint of the browser's session, or what stands in its place for a booking that moves.
    pub(super) session: String,
    pub(super) holder: String,
    /// Of whoever confirmed no phone.
    pub(super) network: Option<String>,
    pub(super) code: Option<TypedCode>,
    pub(super) locale: Locale,
    pub(super) now: DateTime<Utc>,
}

/// A wrong code is an answer and not an error, so that the count of tries is kept.
pub(super) async fn insert(
    connection: &mut AnyConnection,
    new: &Arc<(HoldId, AppointmentState, NewHold)>,
) -> Result<Result<(HoldId, AppointmentState), Reason>, Error> {
    let (id, state, new) = &**new;
    let rank = free_rank(connection, new).await?;
    if let Rank::Held(id, state) = rank {
        return Ok(Ok((id, state)));
    }
    if let (Rank::HeldElsewhere(id, state), Some(code)) = (&rank, &new.code) {
        let answer = try_code_again(connection, code, new.now).await?;
        if answer.is_ok() {
            hand_over(connection, id, new).await?;
        }
        return Ok(answer.map(|()| (id.clone(), *state)));
    }
    if let Some(code) = &new.code
        && let Err(reason) = try_code(connection, code, new.now).await?
    {
        return Ok(Err(reason));
    }
    let Rank::Free(rank) = rank else { return Err(Refusal::TooManyHolds.into()) };
    counted::take(connection, new.slot, new.now).await?;
    if let Some(network) = &new.network {
        leave_room(connection, network, new.now).await?;
    }
    let event =
        Event { stream: id.as_str(), actor: Actor::Resident, act: "hold_taken", detail: json!({ "slot": new.slot }) };
    let link = audit::prepare(&Head::empty(), &event, new.now);
    let head = link.head();
    let statement = "insert into appointment (id, slot_id, service, state, occupies, occupies_until, extensions_left, \
         session, holder, holder_rank, network, locale, created_at, audit_length, audit_head) \
         values ($1, $2, $3, 'held', 1, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
    let AppointmentState::Held { expires_at, extensions_left } = *state else {
        return Err(Refusal::HoldExpired.into());
    };
    let values = [
        id.as_str().into(),
        new.slot.0.into(),
        new.service.name().into(),
        expires_at.into(),
        i64::from(extensions_left).into(),
        new.session.as_str().into(),
        new.holder.as_str().into(),
        rank.into(),
        new.network.clone().into(),
        new.locale.tag().into(),
        new.now.into(),
        head.length.into(),
        head.hash.into(),
    ];
    sql(statement, values).execute(&mut *connection).await?;
    if let Some(code) = &new.code {
        confirmed::remember(connection, id, &code.phone).await?;
    }
    audit::insert(connection, &link).await?;
    Ok(Ok((id.clone(), *state)))
}

/// Gives a hold to the browser that asks for it now.
async fn hand_over(connection: &mut AnyConnection, id: &HoldId, new: &NewHold) -> Result<(), Error> {
    let Some(record) = record::by_id(connection, id).await? else { return Ok(()) };
    let event = Event { stream: id.as_str(), actor: Actor::Resident, act: "hold_handed_over", detail: json!({}) };
    let link = audit::prepare(&record.head, &event, new.now);
    let head = link.head();
    let statement = "update appointment set session = $1, audit_length = $2, audit_head = $3 \
         where id = $4 and state = 'held' and audit_length = $5";
    let id = id.as_str().into();
    let values = [new.session.as_str().into(), head.length.into(), head.hash.into(), id, record.head.length.into()];
    if sql(statement, values).execute(&mut *connection).await?.rows_affected() == 0 {
        return Err(Refusal::HoldExpired.into());
    }
    Ok(audit::insert(connection, &link).await?)
}

/// Refuses one hold more of a network that has its number without a confirmed phone. On PostgreSQL requests of the same
/// instant may each find the last one free, so a few more than that can come to run; never many, and none for long.
async fn leave_room(connection: &mut AnyConnection, network: &str, now: DateTime<Utc>) -> Result<(), Error> {
    let statement = "select count(*) as live from appointment \
         where network = $1 and state = 'held' and occupies_until > $2";
    let row = sql(statement, [network.into(), now.into()]).fetch_one(connection).await?;
    if int(&row, "live")? < MOST_OF_NETWORK { Ok(()) } else { Err(Refusal::PhoneNeeded.into()) }
}

/// Where a holder's next hold would stand among the two that it may have.
enum Rank {
    /// The first or the second.
    Free(i64),
    /// The holder has two, or the browser has, whichever phones it confirmed for them.
    AllUsed,
    /// This browser holds a place of the same slot already.
    Held(HoldId, AppointmentState),
    /// The phone that is being confirmed holds one, by a browser that lost its cookies or by another.
    HeldElsewhere(HoldId, AppointmentState),
}

/// A free rank among the holder's two, after ending the holds that ran out.
async fn free_rank(connection: &mut AnyConnection, new: &NewHold) -> Result<Rank, Error> {
    let statement = "select id, slot_id, session, holder, holder_rank, occupies_until, extensions_left from appointment \
         where service = $1 and (holder = $2 or session = $3) and state = 'held'";
    let values = [new.service.name().into(), new.holder.as_str().into(), new.session.as_str().into()];
    let rows = sql(statement, values).fetch_all(&mut *connection).await?;
    let (mut used, mut here) = (Vec::new(), 0);
    for row in &rows {
        let (slot, until) = (SlotId(int(row, "slot_id")?), instant(row, "occupies_until")?);
        if until <= new.now {
            ending::return_ended_places(connection, slot, new.now).await?;
            continue;
        }
        let (is_here, is_holders) = (
            maybe_text(row, "session")?.as_ref() == Some(&new.session),
            maybe_text(row, "holder")?.as_ref() == Some(&new.holder),
        );
        if slot == new.slot && (is_here || is_holders && new.code.is_some()) {
            let extensions_left = u8::try_from(int(row, "extensions_left")?).unwrap_or(0);
            let id = word(row, "id", |id| HoldId::parse(id).ok())?;
            let state = AppointmentState::Held { expires_at: until, extensions_left };
            return Ok(if is_here { Rank::Held(id, state) } else { Rank::HeldElsewhere(id, state) });
        }
        here += i64::from(is_here);
        if is_holders {
            used.push(int(row, "holder_rank")?);
        }
    }
    if here >= MOST_HOLDS {
        return Ok(Rank::AllUsed);
    }
    let free = (1..=MOST_HOLDS).find(|rank| !used.contains(rank));
    Ok(free.map_or(Rank::AllUsed, Rank::Free))
}
