//! How each clerk called, marked and put away those who came: counted from the record of their visits, by person, for whoever
//! answers for the office and whoever reads the record. Slips that were undone are none, but for what lets somebody past the
//! others meanwhile: a call, and taking somebody who waits out of the line.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};
use std::ops::AddAssign;

use chrono::{DateTime, NaiveDate, Utc};
use shared::calendar::shanghai_date;
use shared::counter::{ActName, UNDO_WITHIN};
use shared::staff::{AccountName, OfficeId};
use sqlx::AnyConnection;

use crate::app::App;
use crate::counter::taking::TAKEN;
use crate::database::{
    DatabaseError,
    sql::{date, flag, instant, maybe_text, sql, text},
};
use crate::error::Error;

/// What one person did within some days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clerk {
    /// None once the account is gone.
    pub account: Option<AccountName>,
    pub in_all: Counts,
    /// Those on which they did anything of it, the last one first.
    pub days: Vec<(NaiveDate, Counts)>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// People whom they called to a counter, or back to one after they were set aside; calling the same again is none.
    pub calls: u32,
    /// Of those, how many were parked, sent on, marked as gone or as a no-show, or not called after all, without having been
    /// served: also within a minute of the call, whatever was pressed in between, and as soon as that sent home.
    pub put_away: u32,
    /// Of those in turn, how many within that minute.
    pub at_once: u32,
    /// People whom they called and who were put away later, in the middle of being served.
    pub broken_off: u32,
    /// Marks of priority.
    pub priority: u32,
    /// Of those, how many the same person called afterwards.
    pub called_themselves: u32,
    /// People in the line who had not been called, marked as gone or sent on elsewhere, also where that was undone; whoever
    /// was set aside is in none.
    pub left: u32,
    /// People whom they entered from paper on the day itself as having come and still waiting: nobody here saw them come, and
    /// their place goes by the time that was typed.
    pub from_paper: u32,
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.calls += other.calls;
        self.put_away += other.put_away;
        self.at_once += other.at_once;
        self.broken_off += other.broken_off;
        self.priority += other.priority;
        self.called_themselves += other.called_themselves;
        self.left += other.left;
        self.from_paper += other.from_paper;
    }
}

impl Counts {
    /// Whether there is more than calls of people who were then served.
    pub fn stand_out(&self) -> bool {
        self.put_away + self.priority + self.left + self.from_paper > 0
    }
}

/// The clerks of an office on the days from one to another, whoever put most away first. Whoever shows them has asked for the
/// right to.
pub(super) async fn of_days(app: &App, id: &OfficeId, (from, to): (NaiveDate, NaiveDate)) -> Result<Vec<Clerk>, Error> {
    // A ticket that is given with priority says so where its visit begins. What was entered from paper was no call.
    let statement = "select v.id, v.date, a.at, a.actor, a.act, \
         case when a.act = 'back' and a.detail like '%\"to\":\"counter\"%' then 1 else 0 end as to_counter, \
         case when a.detail like '%\"from_paper\":{%' then 1 else 0 end as from_paper, \
         case when a.act = 'finish' and a.detail not like '%\"outcome\":\"registered\"%' then 1 else 0 end as in_vain, \
         case when a.sequence = 1 and v.sent_from is null and a.detail like '%\"priority\":true%' then 1 else 0 end as with_priority \
         from visit v join audit a on a.stream = 'visit:' || v.id where v.office = $1 and v.date >= $2 and v.date <= $3 \
         order by v.id, a.sequence";
    let values = [id.as_str().into(), from.into(), to.into()];
    let mut connection = app.database().read().await?;
    let rows = sql(statement, values).fetch_all(&mut *connection).await?;
    let accounts = accounts(&mut connection).await?;
    drop(connection);
    let mut clerks: BTreeMap<String, BTreeMap<NaiveDate, Counts>> = BTreeMap::new();
    let mut add = |day: NaiveDate, events: Vec<Event>| {
        for (actor, counts) in of_visit(events) {
            if actor.starts_with(STAFF) {
                *clerks.entry(actor).or_default().entry(day).or_default() += counts;
            }
        }
    };
    let (mut visit, mut day, mut events) = (String::new(), from, Vec::new());
    for row in &rows {
        let id = text(row, "id")?;
        if id != visit {
            add(day, std::mem::take(&mut events));
            (visit, day) = (id, date(row, "date")?);
        }
        let (at, from_paper) = (instant(row, "at")?, flag(row, "from_paper")?);
        let marks = (flag(row, "to_counter")?, flag(row, "with_priority")?, flag(row, "in_vain")?);
        let what = What::of(&text(row, "act")?, marks);
        // Of a day that is over nobody is called.
        let what = if from_paper && shanghai_date(at) == day { what.as_entered() } else { what };
        events.push(Event { at, actor: text(row, "actor")?, what, from_paper });
    }
    add(day, events);
    let mut clerks: Vec<_> = clerks.into_iter().map(|(actor, days)| clerk(accounts.get(&actor), days)).collect();
    clerks.sort_by_key(|Clerk { in_all: of, .. }| Reverse((of.at_once, of.put_away, of.broken_off, of.calls)));
    Ok(clerks)
}

/// Before the name of a person among those who act.
const STAFF: &str = "staff:";

async fn accounts(connection: &mut AnyConnection) -> Result<HashMap<String, AccountName>, DatabaseError> {
    let statement = "select 'staff:' || staff_id as actor, min(name) as account from staff_account group by staff_id";
    let rows = sql(statement, []).fetch_all(connection).await?;
    let mut accounts = HashMap::new();
    for row in &rows {
        if let Some(account) = maybe_text(row, "account")?.and_then(|name| AccountName::parse(&name).ok()) {
            accounts.insert(text(row, "actor")?, account);
        }
    }
    Ok(accounts)
}

fn clerk(account: Option<&AccountName>, days: BTreeMap<NaiveDate, Counts>) -> Clerk {
    let mut in_all = Counts::default();
    for counts in days.values() {
        in_all += *counts;
    }
    Clerk { account: account.cloned(), in_all, days: days.into_iter().rev().collect() }
}

/// An event of a visit, as far as it counts.
struct Event {
    at: DateTime<Utc>,
    actor: String,
    what: What,
    from_paper: bool,
}

impl Event {
    /// Whether both were entered with one line of paper.
    fn is_of_line(&self, other: &Self) -> bool {
        self.from_paper && other.from_paper && self.at == other.at
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum What {
    Act(ActName),
    /// Brought back to a counter, where they are called.
    BackToCounter,
    /// Began with a ticket that has priority.
    TicketWithPriority,
    /// Finished without what they came for.
    InVain,
    /// Came without a booking, as paper of the same day says.
    TicketOnPaper,
    /// Came with a booking, as paper of the same day says.
    ArrivalOnPaper,
    /// Began with a ticket like any other.
    Ticket,
    /// What a later version wrote.
    Other,
}

impl What {
    fn of(act: &str, (to_counter, with_priority, in_vain): (bool, bool, bool)) -> Self {
        match ActName::from_name(act) {
            _ if act == TAKEN && with_priority => Self::TicketWithPriority,
            Some(_) if to_counter => Self::BackToCounter,
            Some(_) if in_vain => Self::InVain,
            Some(act) => Self::Act(act),
            None if act == TAKEN => Self::Ticket,
            None => Self::Other,
        }
    }

    /// As it is where it was entered from paper on the day itself.
    fn as_entered(self) -> Self {
        match self {
            Self::Ticket => Self::TicketOnPaper,
            Self::Act(ActName::Arrive) => Self::ArrivalOnPaper,
            other => other,
        }
    }

    /// Whether somebody is said to have come by paper of the day.
    fn is_entered(self) -> bool {
        matches!(self, Self::TicketOnPaper | Self::ArrivalOnPaper)
    }

    /// Whether they are called to a counter by it.
    fn calls(self) -> bool {
        matches!(self, Self::Act(ActName::Call) | Self::BackToCounter)
    }

    /// Whether it takes them away from the counter unserved, unless they were served before.
    fn puts_away(self) -> bool {
        use ActName::{HandOver, Left, NoShow, Park, Redirect};
        matches!(self, Self::Act(Park | NoShow | Left | HandOver | Redirect))
    }

    /// Whether it takes somebody who waits out of the line.
    fn removes(self) -> bool {
        matches!(self, Self::Act(ActName::Left | ActName::Redirect))
    }
}

/// Counts by the actor of each.
type Tally = BTreeMap<String, Counts>;

/// What the events of one visit, the oldest first, count for whom.
fn of_visit(events: Vec<Event>) -> Tally {
    let mut tally = Tally::new();
    let standing = standing(events, &mut tally);
    let mut call: Option<(&Event, bool)> = None;
    for (place, event) in standing.iter().enumerate() {
        let before = place.checked_sub(1).map(|before| standing[before].what);
        let was_called = before.is_some_and(What::calls);
        let is_aside = before == Some(What::Act(ActName::Park));
        match event.what {
            what if what.calls() && !was_called && !event.from_paper => {
                tally.entry(event.actor.clone()).or_default().calls += 1;
                call = Some((event, false));
            }
            What::Act(ActName::Serve) => call = call.map(|(call, _)| (call, true)),
            What::Act(ActName::GivePriority) | What::TicketWithPriority => {
                let of_theirs = |later: &Event| later.what.calls() && later.actor == event.actor;
                let counts = tally.entry(event.actor.clone()).or_default();
                counts.priority += 1;
                counts.called_themselves += u32::from(standing[place..].iter().any(of_theirs));
            }
            what if what.removes() && call.is_none() && !is_aside && !event.from_paper => {
                tally.entry(event.actor.clone()).or_default().left += 1;
            }
            // What follows on the same line says what became of them: they do not wait.
            what if what.is_entered() && standing.get(place + 1).is_none_or(|next| !next.is_of_line(event)) => {
                tally.entry(event.actor.clone()).or_default().from_paper += 1;
            }
            _ => {}
        }
        if event.what.puts_away() || event.what == What::InVain {
            if let Some((called, is_served)) = call.take() {
                let at_once = event.at - called.at < UNDO_WITHIN;
                let unserved = at_once || !is_served;
                let counts = tally.entry(called.actor.clone()).or_default();
                counts.put_away += u32::from(unserved);
                counts.at_once += u32::from(at_once);
                // Whoever was served for a while and lacks a paper is finished, not broken off.
                counts.broken_off += u32::from(!unserved && event.what != What::InVain);
            }
        } else if matches!(event.what, What::Act(ActName::Finish | ActName::Release)) {
            call = None;
        }
    }
    tally
}

/// The events that stand. A line of paper is undone as one.
fn standing(events: Vec<Event>, tally: &mut Tally) -> Vec<Event> {
    let mut standing: Vec<Event> = Vec::new();
    for event in events {
        if event.what != What::Act(ActName::Undo) {
            standing.push(event);
            continue;
        }
        let Some(undone) = standing.pop() else { continue };
        if undone.from_paper {
            // A ticket is no act, and stays: they wait with it then.
            while standing.last().is_some_and(|before| before.is_of_line(&undone) && before.what != What::TicketOnPaper)
            {
                standing.pop();
            }
        }
        let was_called = standing.last().is_some_and(|before| before.what.calls());
        let in_hand = [ActName::Serve, ActName::Park].map(What::Act);
        let is_called = was_called || standing.last().is_some_and(|before| in_hand.contains(&before.what));
        if undone.what.removes() && !is_called && !undone.from_paper {
            tally.entry(undone.actor).or_default().left += 1;
        } else if undone.what.calls() && !was_called && !undone.from_paper {
            *tally.entry(undone.actor).or_default() +=
                Counts { calls: 1, put_away: 1, at_once: 1, ..Counts::default() };
        }
    }
    standing
}

#[cfg(test)]
mod tests;
