//! 好差评: what a family says of how its case was handled, once it is decided. Nobody has to say anything, nobody is asked twice,
//! and silence is no grade.

use serde::{Deserialize, Serialize};

use crate::field::{Asked, FieldErrors, choice};
use crate::localised::Localised;
use crate::plain_words::PlainWords;

/// One of five, as GB/T 39735 counts them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = RatingGrade))]
#[serde(rename_all = "snake_case")]
pub enum Grade {
    VeryBad,
    Bad,
    Fair,
    Good,
    VeryGood,
}

/// What went badly, ready to be ticked; none of it names anybody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = RatingReason))]
#[serde(rename_all = "snake_case")]
pub enum Complaint {
    Slow,
    /// What was asked for was not said clearly.
    Unclear,
    /// The same was asked for again, or somebody had to come again.
    Again,
    Unfriendly,
    /// The decision does not say why.
    Unexplained,
    /// The pages were hard to use.
    Pages,
}

/// What was said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rating {
    pub grade: Grade,
    /// Of a bad grade alone, in the order of [`Complaint::ALL`].
    pub reasons: Vec<Complaint>,
    pub words: Option<PlainWords>,
}

const GRADE: &Asked = &Asked::one_of(
    "grade_missing",
    "请选择一项：非常满意、满意、基本满意、不满意、非常不满意。",
    "Choose one of the five: from very satisfied to very dissatisfied.",
);
const REASON: &Asked = &Asked::chosen(
    "rating_reason_missing",
    ("请选择原因。", "Choose a reason."),
    ("原因请从列出的里面选。", "Choose the reasons among those that are listed."),
);
const WORDS: &Asked = &Asked::typed(
    "rating_words_missing",
    ("请写一句话，也可以不写。", "Write a sentence, or nothing."),
    ("想说的话", "text"),
);

impl Rating {
    /// Characters of its own words at most.
    pub const LONGEST: usize = 300;

    /// Reads what was sent: the grade by its name, reasons by theirs, and words, which may be empty. Reasons beside a grade that is
    /// not bad are left out: a page without scripts shows them to everybody.
    ///
    /// # Errors
    /// At `grade`, `reasons` and `words`.
    pub fn read<'a>(grade: &str, reasons: impl IntoIterator<Item = &'a str>, words: &str) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let grade = errors.keep("grade", choice(GRADE, grade, Grade::from_name));
        let reasons: Result<Vec<_>, _> =
            reasons.into_iter().map(|reason| choice(REASON, reason, Complaint::from_name)).collect();
        let ticked = errors.keep("reasons", reasons);
        let words = match words.trim() {
            "" => Some(None),
            words => errors.keep("words", PlainWords::of(WORDS, Self::LONGEST, words)).map(Some),
        };
        let (Some(grade), Some(ticked), Some(words)) = (grade, ticked, words) else { return Err(errors) };
        let is_kept = |reason: &Complaint| grade.is_bad() && ticked.contains(reason);
        Ok(Self { grade, reasons: Complaint::ALL.into_iter().filter(is_kept).collect(), words })
    }
}

impl Grade {
    /// The best first, as people are asked.
    pub const ALL: [Self; 5] = [Self::VeryGood, Self::Good, Self::Fair, Self::Bad, Self::VeryBad];

    /// From 1, the worst, to 5.
    pub fn number(self) -> u32 {
        match self {
            Self::VeryBad => 1,
            Self::Bad => 2,
            Self::Fair => 3,
            Self::Good => 4,
            Self::VeryGood => 5,
        }
    }

    pub fn from_number(number: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|grade| i64::from(grade.number()) == number)
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::VeryBad => "very_bad",
            Self::Bad => "bad",
            Self::Fair => "fair",
            Self::Good => "good",
            Self::VeryGood => "very_good",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|grade| grade.name() == name)
    }

    /// Whether somebody has to ask what went wrong.
    pub fn is_bad(self) -> bool {
        self <= Self::Bad
    }

    pub fn words(self) -> Localised {
        let [zh, en] = match self {
            Self::VeryBad => ["非常不满意", "very dissatisfied"],
            Self::Bad => ["不满意", "dissatisfied"],
            Self::Fair => ["基本满意", "fairly satisfied"],
            Self::Good => ["满意", "satisfied"],
            Self::VeryGood => ["非常满意", "very satisfied"],
        };
        Localised::new(zh, en)
    }
}

impl Complaint {
    pub const ALL: [Self; 6] =
        [Self::Slow, Self::Unclear, Self::Again, Self::Unfriendly, Self::Unexplained, Self::Pages];

    pub fn name(self) -> &'static str {
        match self {
            Self::Slow => "slow",
            Self::Unclear => "unclear",
            Self::Again => "again",
            Self::Unfriendly => "unfriendly",
            Self::Unexplained => "unexplained",
            Self::Pages => "pages",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.name() == name)
    }

    pub fn words(self) -> Localised {
        let [zh, en] = match self {
            Self::Slow => ["办得太慢", "it took too long"],
            Self::Unclear => ["要什么没有说清楚", "what was needed was not said clearly"],
            Self::Again => {
                ["同样的东西要了不止一次，或者多跑了路", "the same was asked for again, or meant another trip"]
            }
            Self::Unfriendly => ["态度不好", "people were unfriendly"],
            Self::Unexplained => ["决定的理由没有说明白", "the decision does not say why"],
            Self::Pages => ["网上的页面不好用", "the pages were hard to use"],
        };
        Localised::new(zh, en)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(error: &FieldErrors, field: &str) -> String {
        error.for_field(field).map(|reason| reason.code().to_owned()).unwrap_or_default()
    }

    #[test]
    fn a_grade_is_enough_and_silence_is_none() {
        let rating = Rating::read("very_good", [], "  ").unwrap();
        assert_eq!(rating, Rating { grade: Grade::VeryGood, reasons: Vec::new(), words: None });
        assert_eq!(code(&Rating::read("", [], "").unwrap_err(), "grade"), "grade_missing");
        assert!(Rating::read("perfect", [], "").is_err());
    }

    #[test]
    fn reasons_are_kept_of_a_bad_grade_alone_each_once_and_in_order() {
        let rating = Rating::read("bad", ["pages", "slow", "slow"], "").unwrap();
        assert_eq!(rating.reasons, [Complaint::Slow, Complaint::Pages]);
        assert!(Rating::read("good", ["slow"], "").unwrap().reasons.is_empty());
        assert!(Rating::read("bad", ["rude"], "").unwrap_err().for_field("reasons").is_some());
    }

    #[test]
    fn words_name_nobody_by_a_number() {
        let rating = Rating::read("fair", [], "等了很久才有人回复我").unwrap();
        assert_eq!(rating.words.unwrap().as_str(), "等了很久才有人回复我");
        assert!(Rating::read("fair", [], "请打 13800138000 找我").unwrap_err().for_field("words").is_some());
    }

    #[test]
    fn every_grade_and_reason_has_a_name_of_its_own_and_words() {
        for grade in Grade::ALL {
            assert_eq!(Grade::from_name(grade.name()), Some(grade));
            assert_eq!(Grade::from_number(grade.number().into()), Some(grade));
            assert_eq!(serde_json::to_string(&grade).unwrap(), format!("\"{}\"", grade.name()));
        }
        for reason in Complaint::ALL {
            assert_eq!(Complaint::from_name(reason.name()), Some(reason));
            assert_eq!(serde_json::to_string(&reason).unwrap(), format!("\"{}\"", reason.name()));
        }
        assert_eq!(Grade::ALL.map(Grade::is_bad), [false, false, false, true, true]);
    }
}
