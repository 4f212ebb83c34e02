//! A registry's days for the calendar page, and its first free times.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use shared::appointments::{Business, DaySlots, DayView, SlotState, SlotView};
use shared::localised::Localised;

use super::registry::Registry;
use super::slots;
use crate::database::sql::{date, sql, text};
use crate::fault::Fault;
use crate::office::Office;

/// Every day from one to another, both included, as it stands at `now`.
pub async fn days(
    office: &Office,
    registry: &Registry,
    business: Business,
    (from, to): (NaiveDate, NaiveDate),
    now: DateTime<Utc>,
) -> Result<Vec<DayView>, Fault> {
    let rule = registry.rule(now)?;
    let placed = slots::load(office, &registry.id, business, from, to, now).await?;
    let mut open: BTreeMap<NaiveDate, DaySlots> = BTreeMap::new();
    for placed in placed.iter().filter(|placed| !placed.slot.closed && placed.slot.starts_at > now) {
        let day = open.entry(placed.date).or_default();
        day.open += 1;
        day.remaining += placed.slot.remaining;
    }
    let mut closed = closed_days(office, registry, from, to).await?;
    let view = |day: NaiveDate| {
        let mut slots = open.remove(&day).unwrap_or_default();
        slots.closed = closed.remove(&day);
        DayView::at(rule, now, office.calendar().day(day), slots)
    };
    Ok(from.iter_days().take_while(|day| *day <= to).map(view).collect())
}

/// The first free times of a registry, in order, at most `limit`.
pub async fn first_free(
    office: &Office,
    registry: &Registry,
    business: Business,
    limit: usize,
    now: DateTime<Utc>,
) -> Result<Vec<SlotView>, Fault> {
    let rule = registry.rule(now)?;
    let slots = slots::between(office, registry, business, rule.first_day(now), rule.last_day(now), now).await?;
    Ok(slots.into_iter().filter(|slot| slot.state == SlotState::Free).take(limit).collect())
}

/// Days the registry closed by itself, with its reasons.
async fn closed_days(
    office: &Office,
    registry: &Registry,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<BTreeMap<NaiveDate, Localised>, Fault> {
    let statement = "select date, reason_zh, reason_en from special_day where registry_id = $1 \
         and open_as_weekday is null and date between $2 and $3";
    let mut connection = office.database().read().await?;
    let values = [registry.id.as_str().into(), from.into(), to.into()];
    let rows = sql(statement, values).fetch_all(&mut *connection).await?;
    let read = |row| Ok((date(row, "date")?, Localised::new(text(row, "reason_zh")?, text(row, "reason_en")?)));
    rows.iter().map(read).collect()
}
