//! The rule of calling as an office sets it for itself.

use chrono::{DateTime, Days, NaiveDate, Utc};

use super::{CallingOrder, CallingRule};
use crate::calendar::shanghai_date;
use crate::field::{Asked, FieldErrors, Reason, choice};
use crate::source::Source;
use crate::whole::figures;

/// As it is typed, right or wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    pub order: String,
    pub early_minutes: String,
    pub late_minutes: String,
    /// The first day on which it holds.
    pub from: String,
}

const ORDER: &Asked = &Asked::one_of("calling_order_missing", "请选择按什么叫号。", "Choose what counts.");
const FROM: &Asked = Asked::DATE;
/// Nobody is early or late by more.
const MOST: u16 = 240;
const LATEST: Days = Days::new(366);

impl CallingOrder {
    pub const ALL: [Self; 2] = [Self::Time, Self::Arrival];

    /// The name in forms.
    pub fn name(self) -> &'static str {
        match self {
            Self::Time => "time",
            Self::Arrival => "arrival",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|order| order.name() == name)
    }
}

impl Draft {
    /// The rule that holds, to be changed from tomorrow on.
    pub fn of(rule: &CallingRule, now: DateTime<Utc>) -> Self {
        Self {
            order: rule.order.name().to_owned(),
            early_minutes: rule.early_minutes.to_string(),
            late_minutes: rule.late_minutes.to_string(),
            from: tomorrow(now).to_string(),
        }
    }

    /// The rule and its first day: who has come today was told how they are called.
    ///
    /// # Errors
    /// One for each field that needs attention.
    pub fn read(&self, now: DateTime<Utc>) -> Result<(NaiveDate, CallingRule), FieldErrors> {
        let mut errors = FieldErrors::new();
        let order = errors.keep("order", choice(ORDER, &self.order, CallingOrder::from_name));
        let early_minutes = errors.keep("early_minutes", minutes(&self.early_minutes));
        let late_minutes = errors.keep("late_minutes", minutes(&self.late_minutes));
        let from = errors.keep("from", first_day(&self.from, now));
        match (order, early_minutes, late_minutes, from) {
            (Some(order), Some(early_minutes), Some(late_minutes), Some(from)) => {
                let source = Source {
                    title: "本大厅自定".to_owned(),
                    title_en: Some("Set by this office".to_owned()),
                    url: None,
                };
                Ok((from, CallingRule { order, early_minutes, late_minutes, source }))
            }
            _ => Err(errors),
        }
    }
}

fn tomorrow(now: DateTime<Utc>) -> NaiveDate {
    shanghai_date(now) + Days::new(1)
}

fn minutes(typed: &str) -> Result<u16, Reason> {
    let minutes = figures(typed).filter(|minutes| *minutes <= MOST);
    minutes.ok_or_else(|| {
        Reason::own("calling_minutes", "请填写 0 到 240 分钟。", "Enter a number of minutes from 0 to 240.")
    })
}

fn first_day(typed: &str, now: DateTime<Utc>) -> Result<NaiveDate, Reason> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Err(Reason::Missing(FROM));
    }
    let day: NaiveDate = typed.parse().map_err(|_| Reason::DateShape)?;
    let days = tomorrow(now)..=tomorrow(now) + LATEST;
    days.contains(&day).then_some(day).ok_or_else(|| {
        Reason::own(
            "calling_from",
            "最早从明天开始：今天来的人已经按现在的规则在等了。最晚一年以内。",
            "Tomorrow at the earliest, since whoever is here today waits by the present rule, and within a year.",
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> DateTime<Utc> {
        "2026-05-13T17:00:00Z".parse().unwrap()
    }

    #[test]
    fn a_rule_holds_from_the_next_day_of_shanghai() {
        let draft = Draft::of(&CallingRule::usual(), now());
        assert_eq!(draft.from, "2026-05-15", "it is the 14th there already");
        let (from, rule) = draft.read(now()).unwrap();
        assert_eq!((from.to_string(), rule.order, rule.late_minutes), (draft.from.clone(), CallingOrder::Time, 15));
        let wide = Draft { early_minutes: "３０".to_owned(), ..draft };
        assert_eq!(wide.read(now()).unwrap().1.early_minutes, 30);
    }

    #[test]
    fn what_cannot_be_is_said_at_its_field() {
        let wrong = Draft {
            order: "alphabet".to_owned(),
            early_minutes: "-5".to_owned(),
            late_minutes: "241".to_owned(),
            from: "2026-05-14".to_owned(),
        };
        let errors = wrong.read(now()).unwrap_err();
        let codes: Vec<_> = errors.iter().map(|error| (error.field.as_str(), error.reason.code())).collect();
        assert_eq!(
            codes,
            [
                ("order", "not_offered"),
                ("early_minutes", "calling_minutes"),
                ("late_minutes", "calling_minutes"),
                ("from", "calling_from"),
            ]
        );
        let far = Draft { from: "2027-05-17".to_owned(), ..Draft::of(&CallingRule::usual(), now()) };
        assert_eq!(far.read(now()).unwrap_err().len(), 1);
    }
}
