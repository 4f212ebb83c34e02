//! The acts that a line of paper tells of, in one transaction. Nobody is called by them: they are over, and whoever sits at a
//! counter now is not disturbed.

mod number;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use shared::appointments::{Refusal as NotBooked, Service};
use shared::calendar::shanghai_date;
use shared::counter::paper::{Ending, Happened, Written};
use shared::counter::{Act, Coming, Press, Reason, Refusal, Step, UNDO_WITHIN, VisitId, VisitState};
use shared::field::{FieldErrors, Reason as Wrong};
use shared::staff::OfficeId;
use sqlx::AnyConnection;

use self::number::{Number, give_out, number_taken};
use super::{Begun, TAKEN, begun, booked, follow_place, key, queue_at, subject};
use crate::audit::Head;
use crate::counter::by::Hand;
use crate::counter::changes::Told;
use crate::counter::conclude::{Entry, record};
use crate::counter::day::turn::{Of, Turn, turn};
use crate::counter::messages::Sealed;
use crate::counter::office::here;
use crate::counter::store::{self, Stored};
use crate::counter::{calls, rules, walk_in};
use crate::database::{
    Backend,
    sql::{instant, sql},
};
use crate::error::Error;
use crate::outbox;
use crate::staff::budget::Purse;

/// Who enters a line, and what is known of it besides.
#[derive(Clone)]
pub(in crate::counter) struct Line {
    pub(in crate::counter) hand: Hand,
    pub(in crate::counter) press: Press,
    pub(in crate::counter) reason: Option<Reason>,
    /// Whether the day may be closed.
    pub(in crate::counter) of: Of,
    /// For whoever is told.
    pub(in crate::counter) telling: Option<Sealed>,
    /// What a place of today that is still to come costs whoever enters somebody.
    pub(in crate::counter) purse: Purse,
    pub(in crate::counter) backend: Backend,
    /// When it is entered.
    pub(in crate::counter) now: DateTime<Utc>,
}

/// How long before the first time of a day somebody may have come: the doors are open, and paper is handed out.
const DOORS: TimeDelta = TimeDelta::hours(1);

/// Enters what became of somebody on the sheet.
///
/// # Errors
/// [`FieldErrors`]; what the visit refuses; [`NotBooked::BookingEnded`]; [`Refusal::TimeClosed`]; [`Refusal::DayClosed`];
/// [`Error::Overtaken`].
pub(in crate::counter) async fn go_on(
    connection: &mut AnyConnection,
    mut stored: Stored,
    (written, ticket): (&Written, Option<u32>),
    line: &Line,
) -> Result<(Stored, Told), Error> {
    let is_first = *stored.visit.state() == VisitState::Booked;
    if is_first && !stored.stands() {
        return Err(NotBooked::BookingEnded.into());
    }
    if stored.visit.state().is_over() {
        return Err(Refusal::Over { state: stored.visit.state().kind() }.into());
    }
    let acts = written.acts(&stored.visit, line.now)?;
    if is_first {
        doors_were_open(connection, (&stored.office, stored.date), written.arrived).await?;
    }
    let beginning = is_first.then(|| Begun::of(&stored));
    let before = stored.visit.state().clone();
    let entries = take(connection, &mut stored, acts, (beginning, line)).await?;
    let after = stored.visit.state().clone();
    if after == VisitState::NoShow && stored.is_excused() {
        return Err(Refusal::TimeClosed.into());
    }
    if !store::save(connection, &stored).await? {
        return Err(Error::Overtaken);
    }
    booked::follow(connection, &stored, (&before, &after)).await?;
    follow_place(connection, &stored, (before.kind(), after.kind()), line.now).await?;
    calls::follow(connection, &stored.id, (&before, &after)).await?;
    let comes = is_first && entries.iter().any(|entry| entry.is_arrival);
    conclude(connection, stored, entries, (Number::of(comes, ticket), line)).await
}

/// Enters somebody who came without a booking and was given a number on paper. Whoever still waits gets a place of the day like
/// everybody with a ticket: one that was not over when they came, or else any other; and whoever enters them today pays for it as
/// for a ticket. Whoever has gone again takes one of a time that is over, which costs nobody who is still to come a place.
///
/// # Errors
/// [`FieldErrors`]; [`Refusal::NoPlaceLeft`]; [`Refusal::NoTimeLeft`]; [`Refusal::TooManyTicketsTaken`];
/// [`Refusal::DayClosed`]; [`Error::Overtaken`].
pub(in crate::counter) async fn walk_in(
    connection: &mut AnyConnection,
    (id, office, date, service): (&VisitId, &OfficeId, NaiveDate, &Service),
    (written, ticket): (&Written, Option<u32>),
    line: &Line,
) -> Result<(Stored, Told), Error> {
    let arrived_at = came(written, date, line.now)?;
    doors_were_open(connection, (office, date), Some(arrived_at)).await?;
    let wanted = (office, service, date);
    let over = match written.ending {
        Ending::Waiting => None,
        _ => walk_in::take_place_of_before(connection, wanted, line.now).await?,
    };
    let slot = if let Some(slot) = over {
        slot
    } else {
        pay(connection, date, line).await?;
        place_of(connection, wanted, arrived_at).await?
    };
    let rule = rules::in_force(connection, office, date).await?;
    let mut stored = Stored {
        id: id.clone(),
        office: office.clone(),
        date,
        service: service.clone(),
        place: slot.place,
        slot: slot.id,
        booking: None,
        ticket: None,
        queue_at: Some(rule.queue_at(Coming::Ticket, arrived_at)),
        sent_from: None,
        visit: begun(slot.starts_at, arrived_at, arrived_at),
        head: Head::empty(),
        written: None,
    };
    let taken = Entry::new(TAKEN).with("begun", &Begun::of(&stored)).with("queue_at", &stored.queue_at);
    let taken = taken.with("arrived_at", &arrived_at).with("press", &line.press).maybe("reason", line.reason.as_ref());
    let taken = taken.with("from_paper", &FromPaper::of(arrived_at, line));
    let mut entries = vec![Noted { entry: taken, is_arrival: true }];
    let acts = written.acts(&stored.visit, line.now)?;
    let before = stored.visit.state().clone();
    entries.extend(take(connection, &mut stored, acts, (None, line)).await?);
    if !store::save(connection, &stored).await? {
        // The same line, entered before.
        return Err(Refusal::Changed { state: stored.visit.state().kind() }.into());
    }
    let after = stored.visit.state().kind();
    follow_place(connection, &stored, (before.kind(), after), line.now).await?;
    conclude(connection, stored, entries, (Number::of(true, ticket), line)).await
}

/// Whoever enters people takes no hall's places one after the other: as many as at the desk.
async fn pay(connection: &mut AnyConnection, date: NaiveDate, line: &Line) -> Result<(), Error> {
    if date != shanghai_date(line.now) {
        return Ok(());
    }
    let too_many = |retry_after| Refusal::TooManyTicketsTaken { retry_after };
    line.purse.pay_or(connection, line.now, too_many).await.map(drop)
}

/// A place for somebody who came then.
async fn place_of(
    connection: &mut AnyConnection,
    (office, service, date): (&OfficeId, &Service, NaiveDate),
    arrived_at: DateTime<Utc>,
) -> Result<walk_in::Taken, Error> {
    let wanted = (office, service, None);
    match walk_in::take_place(connection, wanted, arrived_at).await {
        Err(error) if matches!(error.refusal(), Some(Refusal::NoPlaceLeft | Refusal::NoTimeLeft)) => {
            walk_in::take_place(connection, wanted, shared::calendar::at(date, 0)).await
        }
        taken => taken,
    }
}

/// Refuses an arrival of long before anybody is served at the office on that day: the first in the line would be whoever is
/// written down with the earliest time.
async fn doors_were_open(
    connection: &mut AnyConnection,
    (office, date): (&OfficeId, NaiveDate),
    arrived: Option<DateTime<Utc>>,
) -> Result<(), Error> {
    let Some(arrived) = arrived else { return Ok(()) };
    let statement = concat!(
        here!("$1"),
        " select s.starts_at from slot s where s.place_id in (select id from here) and s.date = $2 \
         order by s.starts_at limit 1"
    );
    let row = sql(statement, [office.as_str().into(), date.into()]).fetch_optional(connection).await?;
    let first = row.map(|row| instant(&row, "starts_at")).transpose()?;
    if first.is_none_or(|first| first - DOORS <= arrived) {
        return Ok(());
    }
    let early = Wrong::own(
        "paper_before_doors",
        "比这一天最早的办理时间早了一个多小时，请核对。",
        "That is more than an hour before the first time of that day. Please check.",
    );
    Err(FieldErrors::one("arrived", early).into())
}

/// When somebody without a booking came.
fn came(written: &Written, date: NaiveDate, now: DateTime<Utc>) -> Result<DateTime<Utc>, Error> {
    let wrong = match written.arrived {
        None => Wrong::own("paper_arrived_missing", "请填写到达的时间。", "Enter when they came."),
        Some(arrived) if shanghai_date(arrived) != date => {
            Wrong::own("paper_other_day", "要是这一天的时间。", "That is on another day.")
        }
        Some(arrived) if arrived > now => {
            Wrong::own("paper_future", "这个时间还没有到，请核对。", "That is yet to come. Please check.")
        }
        Some(arrived) => return Ok(arrived),
    };
    Err(FieldErrors::one("arrived", wrong).into())
}

/// An event of a line on its way to the record.
struct Noted {
    entry: Entry,
    is_arrival: bool,
}

/// Takes the acts, each when it happened, and says what the record is to say of them.
async fn take(
    connection: &mut AnyConnection,
    stored: &mut Stored,
    acts: Vec<Happened>,
    (mut beginning, line): (Option<Begun>, &Line),
) -> Result<Vec<Noted>, Error> {
    let (mut entries, last, before) = (Vec::new(), acts.len(), stored.visit.clone());
    for (place, (act, at)) in acts.into_iter().enumerate() {
        let (step, was) = (Step::Act(act), stored.visit.state().clone());
        stored.visit = stored.visit.take(stored.visit.version(), &step, at)?;
        let is = stored.visit.state().clone();
        let is_arrival = matches!(step, Step::Act(Act::Arrive));
        if let (true, VisitState::Arrived { arrived_at, .. }) = (is_arrival, &is) {
            stored.queue_at = Some(queue_at(connection, stored, *arrived_at).await?);
        }
        let at_counter = is.counter().or(was.counter());
        let telling = line.telling.as_ref().filter(|_| place + 1 == last);
        let entry = Entry::of_step(&step)
            .maybe("begun", beginning.take().as_ref())
            .maybe("queue_at", stored.queue_at.as_ref())
            .maybe("at_counter", at_counter.as_ref())
            .with("press", &line.press)
            .maybe("reason", line.reason.as_ref())
            .maybe("told", telling.map(|telling| &telling.kind))
            .maybe("told_digest", telling.map(|telling| &telling.digest));
        let entry = entry
            .with("from_paper", &FromPaper { begins: place == 0, ends: place + 1 == last, ..FromPaper::of(at, line) });
        entries.push(Noted { entry, is_arrival });
    }
    stored.visit = stored.visit.clone().entered(&before, line.now);
    Ok(entries)
}

/// What the record says of an act that was entered from paper.
#[derive(Serialize, Deserialize)]
pub(in crate::counter) struct FromPaper {
    pub(in crate::counter) happened_at: DateTime<Utc>,
    pub(in crate::counter) entered_at: DateTime<Utc>,
    /// The first and the last act of a line, which is undone as one. Lines from before that have neither.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub(in crate::counter) begins: bool,
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub(in crate::counter) ends: bool,
}

impl FromPaper {
    fn of(happened_at: DateTime<Utc>, line: &Line) -> Self {
        Self { happened_at, entered_at: line.now, begins: false, ends: false }
    }
}

/// Tells people, counts the change of the day, gives the number, and appends to the stream of the visit.
async fn conclude(
    connection: &mut AnyConnection,
    mut stored: Stored,
    entries: Vec<Noted>,
    (number, line): (Number, &Line),
) -> Result<(Stored, Told), Error> {
    if let (Some(telling), Some(subject)) = (&line.telling, subject(&stored)) {
        let key = key(stored.visit.version());
        let whose = (&*subject, telling.kind, &*key);
        outbox::insert_later(connection, whose, &telling.messages, line.now + UNDO_WITHIN, line.now).await?;
    }
    let turning = Turn { ticket: matches!(number, Number::Next), of: line.of, backend: line.backend };
    let turned = turn(connection, &stored.office, stored.date, turning).await?;
    match number {
        Number::None => {}
        Number::Next => stored.ticket = Some(turned.tickets),
        Number::OnPaper(number) => {
            give_out(connection, &stored, number).await?;
            stored.ticket = Some(number);
        }
    }
    for Noted { entry, .. } in entries {
        record(connection, &mut stored, (&line.hand, entry), line.now).await.map_err(number_taken)?;
    }
    Ok((stored, turned.told))
}
