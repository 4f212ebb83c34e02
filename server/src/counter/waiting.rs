//! Those who wait, in the order in which a counter would call them, and what the place of each goes by.

use chrono::{DateTime, NaiveDate, Utc};
use shared::calendar::shanghai_date;
use shared::counter::{Coming, CounterId, Standing, VisitId, Why};
use shared::staff::OfficeId;

use super::counters::may_work;
use super::rules;
use crate::app::App;
use crate::database::sql::{flag, instant, maybe_instant, maybe_int, maybe_text, sql, word};
use crate::error::Error;

/// Whoever waits for this counter first; then all who wait for none where a clerk sits who may work there; of both those with
/// priority before the others, and then by their place. An office, a day, a counter, the instant.
macro_rules! in_order {
    () => {
        concat!(
            " from visit v left join appointment a on a.id = v.appointment_id \
             where v.office = $1 and v.date = $2 and v.state = 'arrived' \
             and (v.appointment_id is null or a.released = 0 and a.state in ('booked', 'past')) \
             and (v.waits_for is null or v.waits_for = $3 \
             or not exists (select 1 from counter c where c.id = v.waits_for and c.state <> 'closed' and ",
            may_work!("$4"),
            ")) order by case when v.waits_for = $3 then 0 else 1 end, v.priority desc, v.queue_at, v.arrived_at, v.ticket"
        )
    };
}

/// Whether a clerk said from paper that somebody came, or that those came who were sent on to this visit; undone at once, it is
/// no more said.
macro_rules! from_paper {
    () => {
        "case when exists (select 1 from audit e where e.stream in ('visit:' || v.id, 'visit:' || v.sent_from) \
         and e.act in ('ticket-taken', 'arrive') and e.detail like '%\"from_paper\":{%' \
         and not exists (select 1 from audit u where u.stream = e.stream and u.sequence = e.sequence + 1 and u.act = 'undo')) \
         then 1 else 0 end as from_paper"
    };
}

pub(super) const FIRST: &str = concat!("select v.id, ", from_paper!(), in_order!(), " limit 1");
const ALL: &str = concat!(
    "select v.id, v.appointment_id, v.starts_at, v.arrived_at, v.waits_for, v.priority, ",
    from_paper!(),
    in_order!()
);

/// No counter has this number.
const NONE: CounterId = CounterId(0);

/// Who comes to a counter, in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line(pub Vec<Waits>);

/// Somebody who waits, and why they would be called if they were the first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waits {
    pub visit: VisitId,
    pub why: Why,
    /// Whether a clerk entered from paper when they came: nobody here saw it.
    pub from_paper: bool,
}

/// How many would be called before somebody who waits for no counter of their own, were all called now. None for whoever does
/// not wait so.
///
/// # Errors
/// Those of the database.
pub async fn before(app: &App, office: &OfficeId, visit: &VisitId, now: DateTime<Utc>) -> Result<Option<usize>, Error> {
    let Line(waiting) = line(app, (office, shanghai_date(now)), None, now).await?;
    Ok(waiting.iter().position(|one| one.visit == *visit))
}

/// Whom this counter would call on a day, one after the other; without one, whom any counter would. It only tells: another
/// counter may be faster.
///
/// # Errors
/// Those of the database.
pub async fn line(
    app: &App,
    (office, date): (&OfficeId, NaiveDate),
    counter: Option<CounterId>,
    now: DateTime<Utc>,
) -> Result<Line, Error> {
    let mut connection = app.database().read().await?;
    let values = [office.as_str().into(), date.into(), counter.unwrap_or(NONE).0.into(), now.into()];
    let rows = sql(ALL, values).fetch_all(&mut *connection).await?;
    if rows.is_empty() {
        return Ok(Line::default());
    }
    let rule = rules::in_force(&mut connection, office, date).await?;
    drop(connection);
    let mut line = Vec::with_capacity(rows.len());
    for row in &rows {
        let coming = match maybe_text(row, "appointment_id")? {
            Some(_) => Coming::Booking { starts_at: instant(row, "starts_at")? },
            None => Coming::Ticket,
        };
        let arrived_at = maybe_instant(row, "arrived_at")?.unwrap_or(now);
        let standing = Standing::of(maybe_int(row, "waits_for")?.is_some(), flag(row, "priority")?);
        let visit = word(row, "id", |id| VisitId::parse(id).ok())?;
        let why = rule.why(coming, arrived_at, standing);
        line.push(Waits { visit, why, from_paper: flag(row, "from_paper")? });
    }
    Ok(Line(line))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_next_and_whether_paper_alone_says_that_they_came_is_one_question_to_the_database() {
        for statement in [FIRST, ALL] {
            assert!(statement.contains(from_paper!()), "{statement}");
        }
    }
}
