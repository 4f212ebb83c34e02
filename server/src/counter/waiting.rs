//! Those who wait, in the order in which a counter would call them.

use chrono::{DateTime, NaiveDate, Utc};
use shared::calendar::shanghai_date;
use shared::counter::{CounterId, VisitId, Why};
use shared::staff::OfficeId;

use super::taking::coming;
use super::{rules, store};
use crate::app::App;
use crate::database::sql::{sql, word};
use crate::error::Error;

/// Whoever waits for this counter first; then all who wait for none that serves, by their place. An office, a day, a counter.
macro_rules! in_order {
    ($rest:literal) => {
        concat!(
            "select v.id from visit v left join appointment a on a.id = v.appointment_id \
             where v.office = $1 and v.date = $2 and v.state = 'arrived' \
             and (v.appointment_id is null or a.state in ('booked', 'past')) \
             and (v.waits_for is null or v.waits_for = $3 \
             or not exists (select 1 from counter c where c.id = v.waits_for and c.state <> 'closed')) \
             order by case when v.waits_for = $3 then 0 else 1 end, v.queue_at, v.arrived_at, v.ticket",
            $rest
        )
    };
}

pub(super) const FIRST: &str = in_order!(" limit 1");
const ALL: &str = in_order!("");

/// Who comes to a counter, and why the first of them does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    pub visits: Vec<VisitId>,
    /// None where nobody waits.
    pub why: Option<Why>,
}

/// How many would be called before somebody who waits for no counter of their own, were all called now. None for whoever does
/// not wait so.
pub async fn before(app: &App, office: &OfficeId, visit: &VisitId, now: DateTime<Utc>) -> Result<Option<usize>, Error> {
    let no_counter = CounterId(0);
    Ok(line(app, office, no_counter, now).await?.visits.iter().position(|waiting| waiting == visit))
}

/// Whom this counter would call today if it pressed now. It only tells: another counter may be faster.
pub async fn line(app: &App, office: &OfficeId, counter: CounterId, now: DateTime<Utc>) -> Result<Line, Error> {
    let date: NaiveDate = shanghai_date(now);
    let mut connection = app.database().read().await?;
    let values = [office.as_str().into(), date.into(), counter.0.into()];
    let rows = sql(ALL, values).fetch_all(&mut *connection).await?;
    let visits = rows.iter().map(|row| word(row, "id", |id| VisitId::parse(id).ok()));
    let visits = visits.collect::<Result<Vec<_>, _>>()?;
    let first = match visits.first() {
        Some(id) => store::load(&mut connection, id).await?,
        None => None,
    };
    let Some(first) = first else { return Ok(Line { visits, why: None }) };
    let rule = rules::in_force(&mut connection, office, date).await?;
    let arrived_at = first.visit.state().arrived_at().unwrap_or(now);
    let is_handed_over = store::waits_for(first.visit.state()).is_some();
    Ok(Line { visits, why: Some(rule.why(coming(&first), arrived_at, is_handed_over)) })
}
