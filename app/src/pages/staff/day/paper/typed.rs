//! A line as it is typed: from the sheet, from the form, and back into the form.

use server::{
    counter::{
        day::Row,
        paper::{Entered, Who},
    },
    keys::token::new_id,
};
use shared::{
    appointments::Service,
    calendar::at,
    counter::{
        CounterId, Ground, Outcome, Papers, Press, VisitId,
        paper::{Ending, Written},
    },
    field::{Asked, FieldErrors, Reason},
    problem::Problem,
    whole::{figures, narrow},
};

use super::super::seen::Seen;
use crate::{
    appointments::service::{AtCounter, BookingPages},
    pairs::{Pairs, value},
};

/// Lines for those who came without a booking.
pub const WALK_INS: usize = 5;
/// More than any page has.
const MOST: usize = 100;

/// One line of the paper.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    /// What the names of its fields begin with.
    key: String,
    /// Of somebody on the sheet, with the version that was seen.
    pub visit: Option<(VisitId, u32)>,
    pub press: String,
    pub service: String,
    pub ending: String,
    pub ticket: String,
    pub arrived: String,
    pub called: String,
    pub counter: String,
    pub ended: String,
    pub papers: Vec<String>,
    pub errors: FieldErrors,
    /// Why the whole line was not taken.
    pub problem: Option<Problem>,
    pub is_saved: bool,
}

/// The result that is "not completed" to everybody, where one of them is not willing and said so alone.
pub const APART: &str = "apart";

const ENDING: &Asked = &Asked::one_of("paper_ending_missing", "请选择结果。", "Choose what came of it.");
const COUNTER: &Asked = &Asked::one_of("paper_counter_missing", "请选择窗口。", "Choose the counter.");
const SERVICE: &Asked = &Asked::one_of("paper_service_missing", "请选择办什么。", "Choose what they came for.");

impl Typed {
    /// The empty line of somebody on the sheet.
    pub fn of(row: &Row) -> Self {
        let ticket = row.ticket.map(|ticket| ticket.to_string()).unwrap_or_default();
        let visit = Some((row.id.clone(), row.version));
        Self { visit, press: new_id(), ticket, ..Self::default() }
    }

    /// The empty line of somebody without a booking.
    pub fn walk_in(seen: &Seen<'_>) -> Self {
        let only = seen.here.first().filter(|_| seen.here.len() == 1);
        let service = only.map(|pages| pages.bookable.service.name().to_owned()).unwrap_or_default();
        Self { press: new_id(), service, ..Self::default() }
    }

    /// Every line of a form.
    pub fn read(form: &Pairs) -> Vec<Self> {
        (0..MOST).map_while(|n| Self::read_one(form, format!("r{n}"))).collect()
    }

    fn read_one(form: &Pairs, key: String) -> Option<Self> {
        let text = |name: &str| value(form, &format!("{key}.{name}")).unwrap_or_default().to_owned();
        let press = value(form, &format!("{key}.press"))?.to_owned();
        let version = text("version").parse().ok();
        let paper = format!("{key}.paper");
        Some(Self {
            visit: VisitId::parse(&text("visit")).ok().zip(version),
            press,
            service: text("service"),
            ending: text("ending"),
            ticket: text("ticket"),
            arrived: text("arrived"),
            called: text("called"),
            counter: text("counter"),
            ended: text("ended"),
            papers: form.iter().filter(|(name, _)| *name == paper).map(|(_, paper)| paper.clone()).collect(),
            key,
            ..Self::default()
        })
    }

    /// The name of one of its fields.
    pub fn field(&self, name: &str) -> String {
        format!("{}.{name}", self.key)
    }

    pub fn named(mut self, n: usize) -> Self {
        self.key = format!("r{n}");
        self
    }

    /// Whether nothing was written on it. The number of somebody on the sheet stands there by itself.
    pub fn is_empty(&self) -> bool {
        let mut texts = vec![&self.ending, &self.arrived, &self.called, &self.counter, &self.ended];
        if self.visit.is_none() {
            texts.push(&self.ticket);
        }
        self.papers.is_empty() && texts.into_iter().all(|text| text.trim().is_empty())
    }

    pub fn is_wrong(&self) -> bool {
        !self.errors.is_empty() || self.problem.is_some()
    }

    /// The line as it is entered.
    ///
    /// # Errors
    /// One for each field that cannot be read.
    pub fn entered(&self, seen: &Seen<'_>) -> Result<Entered, FieldErrors> {
        let mut errors = FieldErrors::new();
        let who = if let Some((visit, version)) = &self.visit {
            Some(Who::OnSheet { visit: visit.clone(), version: *version })
        } else {
            let here = |service: &Service| seen.here.iter().any(|pages| pages.bookable.service == *service);
            let service = Service::parse(self.service.trim()).ok().filter(here);
            let service = errors.keep("service", service.ok_or(Reason::Missing(SERVICE)));
            service.map(|service| Who::WalkIn { service })
        };
        let ending = errors.keep("ending", self.ending(seen));
        let mut time = |name: &str, typed: &str| errors.keep(name, clock(typed, seen)).flatten();
        let (arrived, called) = (time("arrived", &self.arrived), time("called", &self.called));
        let ended = time("ended", &self.ended);
        let counter = match self.counter.trim() {
            "" => None,
            typed => {
                let id = typed.parse().ok().map(CounterId).filter(|id| seen.counter(*id).is_some());
                errors.keep("counter", id.ok_or(Reason::NotOffered(COUNTER)))
            }
        };
        let ticket = errors.keep("ticket", number(&self.ticket)).flatten();
        let press = Press::parse(&self.press).ok();
        match (who, ending, press) {
            (Some(who), Some(ending), Some(press)) if errors.is_empty() => {
                let written = Written { ending, arrived, called, counter, ended };
                Ok(Entered { who, ticket, written, apart: self.ending.trim() == APART, press })
            }
            _ => {
                if errors.is_empty() {
                    errors.push("ending", Reason::WrongType);
                }
                Err(errors)
            }
        }
    }

    fn ending(&self, seen: &Seen<'_>) -> Result<Ending, Reason> {
        let of = self.at_counter(seen);
        match self.ending.trim() {
            "" => Err(Reason::Missing(ENDING)),
            "no_show" => Ok(Ending::NoShow),
            "waiting" => Ok(Ending::Waiting),
            "left" => Ok(Ending::Left),
            "registered" => Ok(Ending::Finished(Outcome::Registered)),
            "not_done" | APART => Ok(Ending::Finished(Outcome::as_told())),
            "to_return" => {
                let known: Vec<_> = of.map(|of| (of.papers)(seen.locale())).unwrap_or_default();
                let known = known.into_iter().map(|(paper, _)| paper);
                let papers = Papers::new(known.filter(|paper| self.papers.contains(&paper.to_string())));
                let papers = papers.map_err(|_| {
                    Reason::own("paper_papers_missing", "请勾选还缺哪些材料。", "Tick the papers that are missing.")
                })?;
                Ok(Ending::Finished(Outcome::ToReturn { papers }))
            }
            other => {
                let ground = other.strip_prefix("refused:").and_then(|ground| Ground::parse(ground).ok());
                let known = of.map(|of| (of.grounds)(seen.locale())).unwrap_or_default();
                let ground = ground.filter(|ground| known.iter().any(|(known, _)| known == ground));
                ground.map(|ground| Ending::Finished(Outcome::Refused { ground })).ok_or(Reason::NotOffered(ENDING))
            }
        }
    }

    /// What the counter says of the service that the line is about.
    pub fn at_counter(&self, seen: &Seen<'_>) -> Option<&'static AtCounter> {
        self.pages(seen).map(|pages| &pages.at_counter)
    }

    /// The service that the line is about.
    pub fn pages(&self, seen: &Seen<'_>) -> Option<&'static BookingPages> {
        let service = match &self.visit {
            Some((visit, _)) => seen.row(visit).map(|row| row.service.clone()),
            None => Service::parse(self.service.trim()).ok(),
        };
        seen.service(&service?)
    }
}

/// The lines of a page as they stand now, each with what was typed on it and not taken; lines that were not taken come with
/// them wherever they are by now.
pub fn over(seen: &Seen<'_>, rows: Vec<Row>, mut typed: Vec<Typed>) -> Vec<Typed> {
    typed.retain(|line| !line.is_saved);
    let mut lines = Vec::new();
    for row in rows {
        let known = typed.iter().position(|line| line.visit.as_ref().is_some_and(|(visit, _)| *visit == row.id));
        let fresh = Typed::of(&row);
        lines.push(match known {
            Some(known) => Typed { visit: fresh.visit, ..typed.remove(known) },
            None => fresh,
        });
    }
    let (walk_ins, others): (Vec<_>, Vec<_>) = typed.into_iter().partition(|line| line.visit.is_none());
    // Somebody else has ended these meanwhile.
    let mut all: Vec<_> = others.into_iter().filter(Typed::is_wrong).collect();
    all.append(&mut lines);
    let missing = WALK_INS.saturating_sub(walk_ins.len());
    all.extend(walk_ins);
    all.extend((0..missing).map(|_| Typed::walk_in(seen)));
    all
}

/// A time of the day that the sheet is of: `9:05`, `09:05`, `905`.
fn clock(typed: &str, seen: &Seen<'_>) -> Result<Option<chrono::DateTime<chrono::Utc>>, Reason> {
    let typed = narrow(typed);
    if typed.is_empty() {
        return Ok(None);
    }
    let wrong = || Reason::own("paper_time", "时间请写成 9:05 这样。", "Write the time like 9:05.");
    let parts = match typed.split_once(':') {
        Some((hour, minute)) => Some((hour.to_owned(), minute.to_owned())),
        None if (3..=4).contains(&typed.len()) && typed.is_ascii() => {
            let (hour, minute) = typed.split_at(typed.len() - 2);
            Some((hour.to_owned(), minute.to_owned()))
        }
        None => None,
    };
    let digits = |text: &str| (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    let (hour, minute) = parts.filter(|(hour, minute)| digits(hour) && digits(minute)).ok_or_else(wrong)?;
    let number = |text: &str| text.parse::<u32>().unwrap_or(u32::MAX);
    let (hour, minute) = (number(&hour), number(&minute));
    if hour > 23 || minute > 59 {
        return Err(wrong());
    }
    Ok(Some(at(seen.date, hour * 60 + minute)))
}

fn number(typed: &str) -> Result<Option<u32>, Reason> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    let number = figures(typed).filter(|number| (1..=9999).contains(number));
    number
        .map(Some)
        .ok_or_else(|| Reason::own("paper_ticket", "号码是 1 到 9999 的数字。", "A ticket is a number from 1 to 9999."))
}
