//! The next of those who wait, for one counter. The first press opens the counter.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use shared::calendar::shanghai_date;
use shared::counter::{Act, CounterId, Press, Refusal, Standing, Step, VisitId, Why};
use shared::staff::{OfficeId, Right, StaffId};
use sqlx::AnyConnection;

use super::changes::Told;
use super::counters::{self, Kept};
use super::day::turn::{Of, Turn, turn};
use super::day::{self, Answered, Row};
use super::press::{self, Pressed};
use super::store;
use super::taking::{self, Stepping, coming};
use super::{by::Hand, calls, kept, office, rules, waiting};
use crate::app::App;
use crate::appointments::undisturbed;
use crate::database::{
    Backend, DatabaseError,
    sql::{flag, sql, word},
};
use crate::error::Error;
use crate::staff::authority::Staff;

/// What came of asking for the next.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::large_enum_variant, reason = "most who ask are given somebody")]
pub enum Next {
    Called {
        row: Row,
        why: Why,
        /// As [`waiting::Waits`] has it.
        from_paper: bool,
    },
    Nobody,
}

/// Calls the next to a counter, which its clerk sits down at if need be. The same press again calls nobody else.
///
/// # Errors
/// [`Refusal::CounterBusy`] while the counter has somebody; [`Refusal::CounterTaken`], [`Refusal::SeatedElsewhere`];
/// [`Refusal::DayClosed`]; [`shared::staff::Refusal::NotAllowed`]; [`shared::problem::Problem::NotFound`].
pub async fn next(
    app: &App,
    staff: &Staff,
    counter: CounterId,
    press: &Press,
    now: DateTime<Utc>,
) -> Result<Next, Error> {
    staff.may(Right::WorkAtCounter, &office::whole(&counters::one(app, counter).await?.office))?;
    let (now, hand) = (kept(now), Hand::of(staff));
    let pressed = Pressed::new(app.keys(), &hand, press, &("next", counter), now);
    let call = || {
        let (hand, clerk, pressed) = (hand.clone(), staff.person().clone(), pressed.clone());
        let backend = app.database().backend();
        let calling = Calling { counter, clerk, hand, press: press.clone(), pressed, backend, now };
        app.database().write_with(calling, write)
    };
    let (answer, told) = press::once(app, &pressed, async || undisturbed(call).await).await?;
    if let Some(told) = told {
        app.hall().changes().tell(told);
    }
    match answer {
        Answer::Called { answered, why, from_paper } => {
            Ok(Next::Called { row: day::of_answer(app, answered, now).await?, why, from_paper })
        }
        Answer::Nobody => Ok(Next::Nobody),
    }
}

/// Who is next at a counter: whoever was handed over to it, then whoever has priority, then by the order of the office. Who was parked, has left or was
/// a no-show is nobody's next; who was handed over to a counter that has closed, or whose clerk may not work there any more, is everybody's.
pub(super) async fn first(
    connection: &mut AnyConnection,
    office: &OfficeId,
    date: NaiveDate,
    (counter, now): (CounterId, DateTime<Utc>),
) -> Result<Option<First>, DatabaseError> {
    let values = [office.as_str().into(), date.into(), counter.0.into(), now.into()];
    let Some(row) = sql(waiting::FIRST, values).fetch_optional(connection).await? else { return Ok(None) };
    let visit = word(&row, "id", |id| VisitId::parse(id).ok())?;
    Ok(Some(First { visit, from_paper: flag(&row, "from_paper")? }))
}

/// Who is next.
pub(super) struct First {
    pub(super) visit: VisitId,
    /// As [`waiting::Waits`] has it.
    from_paper: bool,
}

struct Calling {
    counter: CounterId,
    clerk: StaffId,
    hand: Hand,
    press: Press,
    pressed: Pressed,
    backend: Backend,
    now: DateTime<Utc>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Answer {
    Called {
        answered: Answered,
        why: Why,
        #[serde(default)]
        from_paper: bool,
    },
    Nobody,
}

/// Others who were faster are passed over this often in one transaction; more than an office has counters.
const MOST_PASSED: usize = 200;

async fn write(connection: &mut AnyConnection, calling: &Calling) -> Result<(Answer, Option<Told>), Error> {
    let Calling { counter, clerk, hand, press, pressed, backend, now } = calling;
    if let Some(answer) = press::answered(connection, pressed).await? {
        return Ok((answer, None));
    }
    let mut kept = counters::keep(connection, *counter).await?;
    let seated = counters::take_seat(connection, &mut kept, (hand, clerk), *now).await?;
    let stepping = Stepping {
        step: Step::Act(Act::Call { counter: *counter }),
        hand: hand.clone(),
        seat: Some(*counter),
        press: Some(press.clone()),
        out_of_order: false,
        reason: None,
        of: Of::Day,
        telling: None,
        backend: *backend,
        now: *now,
    };
    for _ in 0..MOST_PASSED {
        let date = shanghai_date(*now);
        let Some(next) = first(connection, &kept.office, date, (*counter, *now)).await? else {
            return nobody(connection, &kept, seated, calling).await;
        };
        let Some(waiting) = store::load(connection, &next.visit).await? else { continue };
        calls::of_office(&kept.office, &waiting.office)?;
        let rule = rules::in_force(connection, &kept.office, date).await?;
        let arrived_at = waiting.visit.state().arrived_at().unwrap_or(*now);
        let is_handed_over = store::waits_for(waiting.visit.state()).is_some();
        let standing = Standing::of(is_handed_over, waiting.visit.priority());
        let why = rule.why(coming(&waiting), arrived_at, standing);
        let seen = waiting.visit.version();
        match taking::take(connection, waiting, seen, &stepping).await {
            Ok(Some((called, told))) => {
                let answered = Answered::of(&called, *now);
                let answer = Answer::Called { answered, why, from_paper: next.from_paper };
                press::answer(connection, pressed, &answer).await?;
                return Ok((answer, Some(told)));
            }
            // Another counter was faster; there may be somebody after them.
            Ok(None) => {}
            Err(error) if lost_by_state(&error) => {}
            Err(error) => return Err(error),
        }
    }
    Err(Error::Overtaken)
}

/// Whether somebody was called or left between the look for who is next and the look at them; nothing was written by then.
fn lost_by_state(error: &Error) -> bool {
    matches!(error.refusal(), Some(Refusal::NotFrom { .. } | Refusal::Over { .. } | Refusal::CalledElsewhere { .. }))
}

async fn nobody(
    connection: &mut AnyConnection,
    kept: &Kept,
    seated: bool,
    calling: &Calling,
) -> Result<(Answer, Option<Told>), Error> {
    // Whoever calls somebody is asked the same by the step itself.
    counters::is_free(connection, calling.counter).await?;
    press::answer(connection, &calling.pressed, &Answer::Nobody).await?;
    let turning = Turn { ticket: false, of: Of::Day, backend: calling.backend };
    let date = shanghai_date(calling.now);
    let told = if seated { Some(turn(connection, &kept.office, date, turning).await?.told) } else { None };
    Ok((Answer::Nobody, told))
}
