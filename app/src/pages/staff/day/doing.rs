//! What a press of the day sheet does: one call of the counter, which decides.

use server::{
    App, Error,
    counter::{
        By,
        acting::{self, Acting},
        check_in::{self, CheckedIn, Timeliness},
        counters,
        day::closing,
        next::{self, Next},
        walk_in,
    },
    staff::authority::Staff,
};
use shared::{
    counter::{
        Act, ActName, Back, CounterId, Elsewhere, Ground, Outcome, Paper, Papers, Press, Reason, Refusal, Step, VisitId,
    },
    field::{self, Asked as Question, FieldErrors},
    problem::Problem,
    staff::{OfficeId, Right},
};

use super::{
    act::{CounterAct, Pressed, ticked},
    asked::{Asked, Said},
    first,
    head::PRIORITY,
    seen,
};
use crate::{
    pages::{left_open, staff::service_at},
    pairs::{Pairs, value},
};

/// What was done.
#[derive(Default)]
pub struct Done {
    pub did: Option<VisitId>,
    pub said: Option<Said>,
    /// Whether it was done in a row of a list.
    pub row: bool,
    /// Whom the button named, where another counter had called them by then.
    pub meant: Option<VisitId>,
}

/// # Errors
/// [`Refusal::PageOver`] for what concerns today and was sent from a page of another day; what the counter refuses, and a field
/// error where something was not chosen.
pub async fn take(app: &App, staff: &Staff, asked: &Asked, pressed: &Pressed, typed: &Pairs) -> Result<Done, Error> {
    let now = app.now();
    if pressed.is_of_today() {
        left_open::drawn_today(typed, now)?;
    }
    let page = value(typed, "press").unwrap_or_default();
    let press = Press::parse(&pressed.press(page)).map_err(|_| Problem::Malformed)?;
    match pressed {
        Pressed::Visit { act: ActName::Arrive, version, visit } => {
            let checked = check_in::by_row(app, staff, visit, (*version, press), now).await?;
            Ok(Done { row: true, ..came(checked) })
        }
        Pressed::Visit { act, version, visit } => {
            let step = step(*act, typed)?;
            let reason = if *act == ActName::Call { first::reason(typed)? } else { reason(typed)? };
            acting::act(app, staff, visit, Acting { version: *version, press, step, reason }, now).await?;
            Ok(Done { did: Some(visit.clone()), ..Done::default() })
        }
        Pressed::Apart { version, visit } => {
            acting::set_apart(app, staff, visit, (*version, press), now).await?;
            Ok(Done { did: Some(visit.clone()), ..Done::default() })
        }
        Pressed::Counter { act: CounterAct::Next, counter } => {
            match next::next(app, staff, *counter, &press, now).await? {
                Next::Called { row, .. } => {
                    let meant = value(typed, "meant").and_then(|id| VisitId::parse(id).ok()).filter(|id| *id != row.id);
                    Ok(Done { did: Some(row.id), meant, ..Done::default() })
                }
                Next::Nobody => Ok(Done::default()),
            }
        }
        Pressed::Counter { act, counter } => {
            match act {
                CounterAct::Open => counters::open(app, staff, *counter, now).await?,
                CounterAct::Pause => counters::pause(app, staff, *counter, now).await?,
                CounterAct::Resume => counters::resume(app, staff, *counter, now).await?,
                CounterAct::Close | CounterAct::Next => counters::close(app, staff, *counter, now).await?,
            };
            Ok(Done { said: Some(Said::Counter), ..Done::default() })
        }
        Pressed::CheckIn => {
            let office = office(app, staff, asked).await?;
            let reference = value(typed, "reference").unwrap_or_default();
            if reference.trim().is_empty() {
                return Err(missing("reference", &REFERENCE));
            }
            let checked = if priority(typed) {
                check_in::with_priority(app, staff, &office, reference, now).await?
            } else {
                check_in::by_reference(app, &By::Staff(staff.clone()), &office, reference, now).await?
            };
            Ok(came(checked))
        }
        Pressed::WalkIn { service } => {
            let office = office(app, staff, asked).await?;
            let ticket = if priority(typed) {
                walk_in::with_priority(app, staff, &office, service, &press, now).await?
            } else {
                walk_in::take(app, &By::Staff(staff.clone()), &office, service, &press, now).await?
            };
            Ok(Done { did: Some(ticket.visit), said: Some(Said::Ticket), ..Done::default() })
        }
        Pressed::CloseDay { date, version } => {
            let office = office(app, staff, asked).await?;
            let why = reason(typed)?;
            match closing::close(app, staff, &office, (*date, *version), why, now).await {
                Err(error) if error.refusal() == Some(Refusal::ReasonNeeded) => Err(missing("reason", &CLOSING)),
                closed => closed.map(|_| Done::default()),
            }
        }
        Pressed::ReopenDay { date, version } => {
            let office = office(app, staff, asked).await?;
            closing::reopen(app, staff, &office, (*date, *version), now).await?;
            Ok(Done::default())
        }
        Pressed::Search | Pressed::Aside => Ok(Done::default()),
    }
}

/// How somebody came.
fn came(CheckedIn { row, timeliness, back_from }: CheckedIn) -> Done {
    let said = match (back_from, timeliness) {
        (Some(state), _) => Said::Back(state),
        (None, Timeliness::Early { .. }) => Said::Early,
        (None, Timeliness::InTime) => Said::InTime,
        (None, Timeliness::Late { .. }) => Said::Late,
        (None, Timeliness::AlreadyIn) => Said::AlreadyIn,
    };
    Done { did: Some(row.id), said: Some(said), ..Done::default() }
}

/// Whether the page itself says what went wrong: what is over in a moment, or was refused by the counter.
pub fn can_be_told_here(problem: &Problem) -> bool {
    matches!(
        problem,
        Problem::Refused(_) | Problem::Fields(_) | Problem::Busy | Problem::NotFound | Problem::IdempotencyMismatch
    ) && problem.status() != 401
}

async fn office(app: &App, staff: &Staff, asked: &Asked) -> Result<OfficeId, Error> {
    let offices = seen::offices(app, staff, Right::WorkAtCounter).await?;
    Ok(seen::chosen((staff, &offices), asked.office.as_ref())?.id.clone())
}

/// Whether whoever comes in is to be served before the others.
fn priority(typed: &Pairs) -> bool {
    value(typed, PRIORITY).is_some()
}

/// The act with what it has to be told.
fn step(act: ActName, typed: &Pairs) -> Result<Step, Error> {
    let counter = || {
        let counter = value(typed, "counter").and_then(|counter| counter.parse().ok()).map(CounterId);
        counter.ok_or_else(|| missing("counter", &COUNTER))
    };
    let act = match act {
        ActName::Arrive => Act::Arrive,
        ActName::Call => Act::Call { counter: counter()? },
        ActName::Serve => Act::Serve,
        ActName::Finish => Act::Finish(outcome(typed)?),
        ActName::NoShow => Act::NoShow,
        ActName::Park => Act::Park,
        ActName::Back => Act::Back(match value(typed, "counter") {
            Some(_) => Back::Counter { counter: counter()? },
            None => Back::Hall,
        }),
        ActName::Left => Act::Left,
        ActName::GiveBack => Act::GiveBack,
        ActName::GivePriority => Act::GivePriority,
        ActName::EndPriority => Act::EndPriority,
        ActName::HandOver => Act::HandOver { counter: counter()? },
        ActName::Redirect => Act::Redirect(elsewhere(typed)?),
        // They have pages of their own.
        ActName::Release | ActName::Correct => return Err(Problem::Malformed.into()),
        ActName::Undo => return Ok(Step::UNDO),
    };
    Ok(Step::Act(act))
}

fn elsewhere(typed: &Pairs) -> Result<Elsewhere, Error> {
    let chosen = value(typed, "elsewhere").unwrap_or_default();
    if chosen.is_empty() {
        return Err(missing("elsewhere", &ELSEWHERE));
    }
    let (service, place) = service_at::read(chosen).ok_or(Problem::Malformed)?;
    Ok(Elsewhere { place, service })
}

/// How a visit ended, as it was chosen.
///
/// # Errors
/// A field error where a ground or papers are missing.
pub fn outcome(typed: &Pairs) -> Result<Outcome, Error> {
    match value(typed, "outcome") {
        Some("registered") => Ok(Outcome::Registered),
        Some("refused") => {
            let ground = value(typed, "ground").and_then(|ground| Ground::parse(ground).ok());
            Ok(Outcome::Refused { ground: ground.ok_or_else(|| missing("ground", Ground::ASKED))? })
        }
        Some("to_return") => {
            let papers = Papers::new(ticked(typed, "paper").filter_map(|paper| Paper::parse(paper).ok()));
            Ok(Outcome::ToReturn { papers: papers.map_err(|_| missing("papers", Paper::ASKED))? })
        }
        _ => Err(Problem::Malformed.into()),
    }
}

/// Why what is not usual is done, where that was said.
///
/// # Errors
/// A field error for what cannot be kept.
pub fn reason(typed: &Pairs) -> Result<Option<Reason>, Error> {
    let Some(text) = value(typed, "reason").filter(|text| !text.trim().is_empty()) else { return Ok(None) };
    Reason::parse(text).map(Some).map_err(|wrong| FieldErrors::one("reason", wrong).into())
}

fn missing(field: &'static str, asked: &'static Question) -> Error {
    FieldErrors::one(field, field::Reason::Missing(asked)).into()
}

static REFERENCE: Question = Question::typed(
    "reference_missing",
    ("请扫码，或者输入预约号。", "Scan or type a reference."),
    ("预约号", "reference"),
);
static CLOSING: Question = Question::typed(
    "closing_reason_missing",
    (
        "还有人在等，或者约的时间还没到。请写明为什么现在就结束这一天。",
        "Somebody waits or is still to come: say why the day ends now.",
    ),
    ("原因", "reason"),
);
static COUNTER: Question = Question::one_of("counter_missing", "请选择一个窗口。", "Choose a counter.");
static ELSEWHERE: Question =
    Question::one_of("elsewhere_missing", "请选择转到哪里。", "Choose where they are sent on to.");

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(list: &[(&str, &str)]) -> Pairs {
        list.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
    }

    #[test]
    fn nobody_is_refused_without_a_ground_or_sent_home_for_no_paper() {
        let refused = step(ActName::Finish, &typed(&[("outcome", "refused"), ("ground", "under_age")])).unwrap();
        let ground = Ground::named("under_age");
        assert_eq!(refused, Step::Act(Act::Finish(Outcome::Refused { ground })));
        for form in [&[("outcome", "refused")][..], &[("outcome", "to_return")], &[("outcome", "lost")], &[]] {
            assert!(step(ActName::Finish, &typed(form)).is_err(), "{form:?}");
        }
        let papers = typed(&[("outcome", "to_return"), ("paper", "photos"), ("paper", "resident_id")]);
        assert!(matches!(step(ActName::Finish, &papers), Ok(Step::Act(Act::Finish(Outcome::ToReturn { .. })))));
    }

    #[test]
    fn somebody_comes_back_to_the_hall_or_to_the_counter_that_is_named() {
        assert_eq!(step(ActName::Back, &typed(&[])).unwrap(), Step::Act(Act::Back(Back::Hall)));
        let counter = CounterId(4);
        let back = step(ActName::Back, &typed(&[("counter", "4")])).unwrap();
        assert_eq!(back, Step::Act(Act::Back(Back::Counter { counter })));
        assert!(step(ActName::HandOver, &typed(&[])).is_err());
    }
}
