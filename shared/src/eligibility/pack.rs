//! The rules of one region, compiled: what `GET /api/v1/policy/{region}` gives and the check works on.

use chrono::{Months, NaiveDate};
use num_traits::CheckedMul;
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

use super::{
    expr::{Condition, Mention, Number},
    span::{Exact, Span},
};
use crate::{locale::Locale, localised::Localised};

/// All that holds in one place, the rules of its city, province and country included.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pack {
    /// Administrative division code of six digits.
    pub region: String,
    pub name: Localised,
    /// The regions whose rules are in here, the country first, this one last.
    pub chain: Vec<Jurisdiction>,
    /// Months after which somebody has to read a source again.
    pub recheck: u32,
    pub topics: Vec<Topic>,
    pub facts: Vec<Fact>,
    pub computed: Vec<Computed>,
    pub params: Vec<Param>,
    pub documents: Vec<Document>,
    pub sources: Vec<Legal>,
    pub benefits: Vec<Benefit>,
    /// Statements that cannot hold together with the answers.
    pub contradictions: Vec<Contradiction>,
}

/// A country, province, city or district that makes rules.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Jurisdiction {
    pub code: String,
    pub name: Localised,
}

/// Questions that belong together on one page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Topic {
    pub id: String,
    pub name: Localised,
    /// Why this is asked, for topics that people would rather not talk about; they come last.
    pub sensitive: Option<Localised>,
}

/// Something that the check may ask.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    pub id: String,
    pub scope: Scope,
    pub kind: Kind,
    /// Index in [`Pack::topics`].
    pub topic: usize,
    /// In few words, for reasons and summaries.
    pub label: Localised,
    pub question: Localised,
    pub hint: Option<Localised>,
    /// Who could tell, for those who are not sure.
    pub who_knows: Option<Localised>,
    /// Asked only of those for whom this can hold.
    pub asked_if: Option<Condition>,
    /// How several people are asked at once.
    pub who: Option<WhoQuestion>,
}

/// "Which of you?" instead of the same question to each.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WhoQuestion {
    pub question: Localised,
    /// Index of the option that is the answer of those who are not named.
    pub others: usize,
    /// What the box for nobody says, where "no one" could be read two ways.
    pub nobody: Option<Localised>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    Household,
    Person,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// In fen, from nothing to `most`; the bands are offered beside the exact sum.
    Money {
        most: i64,
        bands: Vec<Band>,
    },
    Count {
        least: i64,
        most: i64,
    },
    /// Days since 1970-01-01 on the wire of a pack, a date on a page; an age will do.
    Birth,
    Choice(Vec<FactOption>),
}

impl Kind {
    /// What a number that answers it is counted in; of a choice, nothing.
    pub fn unit(&self) -> Option<Unit> {
        match self {
            Self::Money { .. } => Some(Unit::Money),
            Self::Count { .. } => Some(Unit::Number),
            Self::Birth => Some(Unit::Date),
            Self::Choice(_) => None,
        }
    }
}

/// From, up to and including; without `to` it has no end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Band {
    pub from: i64,
    pub to: Option<i64>,
}

/// One of the answers to a choice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FactOption {
    pub id: String,
    pub label: Localised,
}

/// A figure that follows from answers, such as the income per head.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Computed {
    pub id: String,
    pub scope: Scope,
    pub unit: Unit,
    pub label: Localised,
    /// How it is worked out, in words.
    pub formula: Localised,
    pub value: Number,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Fen.
    Money,
    /// Years, people, shares.
    Number,
    /// 1 where something is so, 0 where it is not.
    Switch,
    /// Days since 1970-01-01.
    Date,
}

/// A figure of the rules, with its history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Param {
    pub id: String,
    /// Index in [`Pack::benefits`].
    pub benefit: usize,
    pub unit: Unit,
    pub name: Localised,
    /// `person-month`, `month`, `once` or the like, in words: `元/人/月`.
    pub per: Option<Localised>,
    /// Months after which a newer figure is to be expected.
    pub renewed: Option<u32>,
    /// A newer figure is never lower, so an old one still tells the least it can be.
    pub rises: bool,
    /// The most that is given: while a newer figure may have raised it, the last one is not the least.
    pub limit: bool,
    pub ceiling: Option<Ceiling>,
    /// Oldest first; they do not overlap.
    pub values: Vec<Dated>,
}

/// How high a figure can be that is not known, or for which a newer one is to be expected.
///
/// An estimate: it settles conditions, and nothing is promised by it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ceiling {
    /// A newer figure is at most this many times the one before.
    pub pace: Exact,
    /// The most that the figure can be, also where none is known.
    pub most: Exact,
    pub because: Localised,
}

impl Ceiling {
    /// The most that a figure can have become, so often it was to be renewed since.
    pub fn over(&self, known: Exact, renewals: u32) -> Exact {
        let raised = |high: Exact| high.checked_mul(&self.pace).filter(|high| *high < self.most);
        (0..renewals).try_fold(known, |high, _| raised(high)).unwrap_or(self.most)
    }
}

impl Param {
    /// How often a newer figure was to be expected between two days, once at least.
    pub fn renewals(&self, from: NaiveDate, until: NaiveDate) -> u32 {
        let months = until.years_since(from).unwrap_or(0) * 12;
        let whole = (months..months + 12)
            .rev()
            .find(|months| from.checked_add_months(Months::new(*months)).is_some_and(|day| day <= until));
        self.renewed.map_or(0, |renewed| whole.unwrap_or(0) / renewed.max(1)).max(1)
    }
}

/// A figure for a time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dated {
    pub from: NaiveDate,
    /// The source names no day: `from` only says where to begin, and is shown nowhere.
    pub undated: bool,
    /// The last day, where the figure has an end.
    pub to: Option<NaiveDate>,
    pub value: Figure,
    /// Region that set it.
    pub region: String,
    /// Index in [`Pack::sources`].
    pub source: usize,
    /// The day it became known, or the first on which its source is proved to have said so.
    pub published: NaiveDate,
}

impl Dated {
    /// The day from which it is known to hold.
    pub fn since(&self) -> Option<NaiveDate> {
        (!self.undated).then_some(self.from)
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Figure {
    Fixed(Span),
    /// Follows from other figures, such as one and a half times the standard.
    Derived(Number),
}

/// A law, notice or report, and the day somebody last read it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Legal {
    /// In the language of the source.
    pub document: String,
    /// The same for those who read English.
    pub document_en: String,
    pub article: Option<String>,
    pub article_en: Option<String>,
    pub url: Option<String>,
    pub grade: Grade,
    /// The day from which it binds, where that is later than what rests on it: it is not cited for days before.
    pub in_force: Option<NaiveDate>,
    pub checked: NaiveDate,
}

impl Legal {
    pub fn binds_on(&self, day: NaiveDate) -> bool {
        self.in_force.is_none_or(|from| from <= day)
    }

    /// `《特困人员认定办法》第八条` or `Measures for the Recognition of Destitute People, Article 8`.
    pub fn cited(&self, locale: Locale) -> String {
        let article = match locale {
            Locale::Zh => &self.article,
            Locale::En => &self.article_en,
        };
        self.cited_at(locale, article.as_deref())
    }

    /// The same with a place of its own, such as `第八条第一款第二项`.
    fn cited_at(&self, locale: Locale, place: Option<&str>) -> String {
        // Every reason cites: joined rather than formatted, which takes several times as long.
        match (locale, place) {
            (Locale::Zh, _) => ["《", &self.document, "》", place.unwrap_or_default()].concat(),
            (Locale::En, Some(place)) => [&self.document_en, ", ", place].concat(),
            (Locale::En, None) => self.document_en.clone(),
        }
    }
}

impl Benefit {
    /// The day from which it is known to hold.
    pub fn valid_since(&self) -> Option<NaiveDate> {
        (!self.valid_undated).then_some(self.valid_from)
    }
}

impl Passage {
    /// The text and the place in it.
    pub fn cited(&self, pack: &Pack, locale: Locale) -> String {
        let source = &pack.sources[self.source];
        match &self.at {
            Some(at) => source.cited_at(locale, Some(at.say(locale))),
            None => source.cited(locale),
        }
    }
}

impl Pack {
    /// Nobody has read a source for longer than the pack allows.
    pub fn is_stale(&self, source: &Legal, on: NaiveDate) -> bool {
        source.checked.checked_add_months(Months::new(self.recheck)).is_some_and(|due| due <= on)
    }
}

/// How sure a source is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Grade {
    /// The text itself, on an official site.
    Official,
    /// Reported by the press.
    Reported,
    /// A copy whose origin was not seen.
    Copied,
    /// No text: a tenant's own figure for a demonstration, which a portal that is none does not take.
    Demo,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    pub id: String,
    pub name: Localised,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Benefit {
    pub id: String,
    pub name: Localised,
    pub summary: Localised,
    pub scope: Scope,
    /// Place on the ladder of social assistance, 1 the most.
    pub rung: Option<u8>,
    pub events: Vec<LifeEvent>,
    pub gives: Gives,
    pub valid_from: NaiveDate,
    /// No text names the day: `valid_from` only says where to begin, and is shown nowhere.
    pub valid_undated: bool,
    /// Index in [`Pack::sources`] of the text that says that day, which may be a law above the place's own rule.
    pub valid_by: Option<usize>,
    pub valid_to: Option<NaiveDate>,
    /// Indexes in [`Pack::sources`].
    pub basis: Vec<usize>,
    /// Whether it is there already, as far as that is asked.
    pub already: Option<Condition>,
    pub requires: Vec<Requirement>,
    pub amount: Option<Amount>,
    /// Benefits that cannot be had beside this one, by their indexes.
    pub excludes: Vec<usize>,
    pub apply: Apply,
    /// What the pack does not know, and the bureau does.
    pub unknown: Vec<Localised>,
    /// Region whose file introduced it.
    pub region: String,
}

/// What may have happened to somebody who looks for help.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    EnumString,
    IntoStaticStr,
    VariantArray,
)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum LifeEvent {
    LostIncome,
    Illness,
    Disability,
    OldAge,
    ChildAlone,
    Death,
}

impl LifeEvent {
    pub const ALL: &'static [Self] = Self::VARIANTS;

    /// The name on the wire.
    pub fn wire(self) -> &'static str {
        self.into()
    }

    pub fn from_wire(text: &str) -> Option<Self> {
        text.parse().ok()
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Gives {
    Cash,
    Goods,
    Service,
    FeeRelief,
}

/// A condition of a benefit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Requirement {
    pub id: String,
    pub rule: Rule,
    pub says: Says,
    /// Indexes in [`Pack::sources`].
    pub basis: Vec<usize>,
    /// The texts that it stands for; none for some of what is routine.
    pub text: Vec<Passage>,
    /// Indexes in [`Pack::documents`].
    pub evidence: Vec<usize>,
}

/// A place in a text, and what it asks in plain words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passage {
    /// Index in [`Pack::sources`].
    pub source: usize,
    /// Article, paragraph and item, where they were seen.
    pub at: Option<Localised>,
    pub asks: Localised,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    Holds {
        condition: Condition,
        unless: Vec<Exception>,
    },
    /// Only the bureau can tell; `routine` when it checks this for everybody and it seldom fails.
    Bureau {
        routine: bool,
    },
}

impl Rule {
    /// What the condition and its exceptions rest on, in the order it is written.
    pub fn mentions(&self) -> Vec<Mention> {
        let mut found = Vec::new();
        self.each_mention(&mut |mention| found.push(mention));
        found
    }

    pub(super) fn each_mention(&self, see: &mut dyn FnMut(Mention)) {
        let Self::Holds { condition, unless } = self else { return };
        condition.each_mention(see);
        for exception in unless {
            exception.condition.each_mention(see);
        }
    }
}

/// A case in which a condition is taken as met (`grants`) or as failed, whatever it says itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exception {
    pub id: String,
    pub condition: Condition,
    pub grants: bool,
    pub text: Vec<Passage>,
    pub says: Localised,
}

/// The sentence for each outcome; `{id}` stands for a figure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Says {
    /// What is asked, for pages that speak to nobody in particular; where there is none, `yes` does.
    pub rule: Option<Localised>,
    pub yes: Localised,
    pub no: Localised,
    pub open: Localised,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Amount {
    pub value: Number,
    /// The most it can be, told where `value` rests on what nobody here knows.
    pub most: Option<Number>,
    /// `元/月`.
    pub per: Localised,
    pub formula: Localised,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Apply {
    pub place: Localised,
    pub channels: Vec<Localised>,
    /// Indexes in [`Pack::documents`].
    pub documents: Vec<usize>,
    pub takes: Option<Localised>,
}

/// Answers that cannot all be right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contradiction {
    pub id: String,
    pub scope: Scope,
    pub condition: Condition,
    pub says: Localised,
}
