//! The check before booking: may these two register on that day, and what should they know?
//!
//! What a registry refuses by the letter of the law is told as that, a party under age as "not yet", and what only the
//! registry can judge as a question to it; each with the article it rests on. It keeps nothing and asks nobody, and
//! gives the same bytes in the browser and on the server.

mod advice;
mod request;

use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::localised::Localised;

use super::age::{MarriageAge, marriage_age_on};
use super::citation::Citation;
use super::documents::{Documents, documents};
use super::{MaritalStatus, PartyKind};

pub use request::{CheckInput, CheckParty, CheckPartyInput, CheckRequest, Kinship};

/// The answer of `POST /api/v1/marriage/check`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CheckAnswer {
    /// The day that was asked about.
    pub date: NaiveDate,
    pub verdict: Verdict,
    /// Which registries may register this couple.
    pub registries: RegistryScope,
    /// What decides first, then what to ask, then what to know.
    pub advice: Vec<Advice>,
    pub documents: Documents,
}

/// What the check says in one line.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Verdict {
    /// By what was declared, they may register on that day.
    MayRegister,
    /// Something was declared for which every registry refuses (婚姻登记条例, Order 804, Arts 7 and 9).
    MayNotRegister,
    /// Somebody is under age on that day; neither is on and after `from`.
    NotYet { from: NaiveDate },
    /// That day has passed.
    DayPast,
    /// Something only the registry can judge.
    AskRegistry,
}

/// `NotYet` would tell a birthday to whoever reads the log.
impl fmt::Debug for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::MayRegister => "MayRegister",
            Self::MayNotRegister => "MayNotRegister",
            Self::NotYet { .. } => "NotYet",
            Self::DayPast => "DayPast",
            Self::AskRegistry => "AskRegistry",
        })
    }
}

/// Which registries are competent (婚姻登记条例, Order 804, Art 2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum RegistryScope {
    /// Every marriage registry of the mainland.
    Any,
    /// Only registries that the province designated for couples with a party from outside it.
    ForeignRelated,
}

impl RegistryScope {
    pub fn of(kinds: [PartyKind; 2]) -> Self {
        if kinds == [PartyKind::Mainland; 2] { Self::Any } else { Self::ForeignRelated }
    }
}

/// One thing the couple should know. Its text may name a birthday, so it has no `Debug`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Advice {
    pub code: AdviceCode,
    pub severity: Severity,
    /// 0 for the first party, 1 for the second; absent when it concerns both.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub party: Option<u8>,
    pub text: Localised,
    /// The article it rests on; absent for plain hints such as a day that has passed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Citation>,
}

/// The stable name of an advice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum AdviceCode {
    UnderAge,
    AgeReachedThatDay,
    Married,
    StatusUnsure,
    CloseKin,
    KinshipUnsure,
    SameSex,
    BothOutsideMainland,
    BothForeign,
    ForeignRelated,
    DatePast,
    DateFar,
    BothDivorced,
    InPerson,
    Voluntary,
    Illness,
}

/// What an advice does to the verdict; the order is that of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Refused by every registry, on any day.
    Bars,
    /// This day cannot be booked.
    Blocks,
    /// Ask the registry before coming.
    Ask,
    /// Good to know.
    Note,
}

/// Answers the check. `today` is the civil date in Shanghai.
pub fn check(request: &CheckRequest, today: NaiveDate) -> CheckAnswer {
    let kinds = [request.parties[0].kind, request.parties[1].kind];
    let mut list = Vec::new();
    let mut from = None;
    for (index, party) in (0..).zip(&request.parties) {
        match marriage_age_on(party.sex, party.birth_date, request.date) {
            MarriageAge::Under { from: day } => {
                from = from.max(Some(day));
                list.push(advice::under_age(index, party.sex, day));
            }
            MarriageAge::ReachedThatDay => list.push(advice::age_reached_that_day(index, party.sex)),
            MarriageAge::Reached => {}
        }
        match party.status {
            MaritalStatus::Married => list.push(advice::married(index)),
            MaritalStatus::Unsure => list.push(advice::status_unsure(index)),
            MaritalStatus::NeverMarried | MaritalStatus::Divorced | MaritalStatus::Widowed => {}
        }
    }
    list.extend(about_both(request, kinds, today));
    list.extend([advice::in_person(), advice::voluntary(), advice::illness()]);
    // A stable sort keeps the order of the parties within one severity.
    list.sort_by_key(|item| item.severity);

    let is_there = |severity| list.iter().any(|item| item.severity == severity);
    let verdict = match from {
        _ if is_there(Severity::Bars) => Verdict::MayNotRegister,
        Some(from) => Verdict::NotYet { from },
        None if is_there(Severity::Blocks) => Verdict::DayPast,
        None if is_there(Severity::Ask) => Verdict::AskRegistry,
        None => Verdict::MayRegister,
    };
    CheckAnswer {
        date: request.date,
        verdict,
        registries: RegistryScope::of(kinds),
        advice: list,
        documents: documents(request.parties.map(|party| (party.kind, Some(party.status)))),
    }
}

fn about_both(request: &CheckRequest, kinds: [PartyKind; 2], today: NaiveDate) -> Vec<Advice> {
    let mut list = Vec::new();
    match request.kinship {
        Kinship::None => {}
        Kinship::Close => list.push(advice::close_kin()),
        Kinship::Unsure => list.push(advice::kinship_unsure()),
    }
    let [first, second] = &request.parties;
    if first.sex == second.sex {
        list.push(advice::same_sex());
    }
    let foreigners = kinds.iter().filter(|kind| **kind == PartyKind::Foreigner).count();
    let mainlanders = kinds.iter().filter(|kind| **kind == PartyKind::Mainland).count();
    match (mainlanders, foreigners) {
        (2, _) => {}
        (_, 2) => list.push(advice::both_foreign()),
        (0, 0) => list.push(advice::both_outside_mainland()),
        _ => list.push(advice::foreign_related()),
    }
    if [first.status, second.status] == [MaritalStatus::Divorced; 2] {
        list.push(advice::both_divorced());
    }
    if request.date < today {
        list.push(advice::date_past());
    } else if request.date.signed_duration_since(today).num_days() > FAR_DAYS {
        list.push(advice::date_far());
    }
    list
}

/// Days ahead beyond which nothing can be booked: `BookingRule::check` allows no longer horizon.
const FAR_DAYS: i64 = 366;
