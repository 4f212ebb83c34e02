//! What is proposed and, once another person has signed, decided: more than yes or no, since the letter says all of it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::definition::{Payee, Procedure};
use super::form::Typed;
use super::letter::articles;
use super::state::Outcome;
use crate::eligibility::expr::Mention;
use crate::eligibility::pack::{Grade, Requirement, Unit};
use crate::eligibility::span::Exact;
use crate::eligibility::told::money;
use crate::eligibility::words;
use crate::field::{Asked, FieldErrors, Reason, choice};
use crate::locale::Locale;
use crate::plain_words::PlainWords;

/// A decision with what it rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Decision {
    Granted {
        /// None where the bureau works it out when it pays.
        fen: Option<i64>,
    },
    /// Granted, and paid in cash as an exception: whoever signs it signs the reason with it.
    Cash {
        fen: Option<i64>,
        /// Why not to an account, in the words of whoever proposes.
        why: String,
    },
    Refused {
        /// The condition of the procedure that is not met; none where it is something else.
        requirement: Option<String>,
        /// What was found, in the words of whoever proposes.
        facts: String,
        /// What shows it.
        evidence: String,
        /// The text and the article that whoever proposes names; empty where a text that was seen carries the condition.
        article: String,
    },
}

impl Decision {
    /// Characters of what was found, of what shows it, and of the article that is named: with the condition they fit into what
    /// the record has room for.
    pub const LONGEST: (usize, usize, usize) = (200, 110, 80);
    /// Of a sum, in fen: a hundred thousand yuan.
    pub const MOST: i64 = 10_000_000;

    pub fn outcome(&self) -> Outcome {
        match self {
            Self::Granted { .. } | Self::Cash { .. } => Outcome::Granted,
            Self::Refused { .. } => Outcome::Refused,
        }
    }

    /// Reads `outcome` (`granted`, `refused`), and `sum` in yuan, and `cash` where it is paid so and why, or `requirement` (its id, or
    /// `other`), `facts`, `evidence` and, where no text that was seen and binds on the day that counts carries it, `article`.
    ///
    /// # Errors
    /// At those fields.
    pub fn read(procedure: &Procedure, typed: &Typed, counts_on: NaiveDate) -> Result<Self, FieldErrors> {
        let text = |name: &str| typed.get(name).map_or("", String::as_str);
        match choice(OUTCOME, text("outcome"), outcome_of) {
            Ok(Outcome::Granted) => granted(procedure, [text("sum"), text("cash")]),
            Ok(Outcome::Refused) => {
                let told = [text("requirement"), text("facts"), text("evidence"), text("article")];
                refused((procedure, counts_on), told)
            }
            Err(reason) => Err(FieldErrors::one("outcome", reason)),
        }
    }

    /// As it stands in the record, in the words that the family reads: `〔理由〕…〔事实〕…〔证据〕…〔依据〕…`, or the sum.
    pub fn words(&self, procedure: &Procedure) -> String {
        match self {
            Self::Granted { fen } => sum_words(*fen),
            Self::Cash { fen, why } => format!("{}{IN_CASH}{}", sum_words(*fen), unmarked(why)),
            Self::Refused { requirement, facts, evidence, article } => {
                let requirement = requirement.as_deref().and_then(|id| procedure.requirement(id));
                let ground = requirement.map_or(ANOTHER, |requirement| requirement.says.no.zh.as_str());
                let words = format!("{GROUND}{ground}{FOUND}{}{SHOWN}{}", unmarked(facts), unmarked(evidence));
                if article.is_empty() { words } else { format!("{words}{BY}{}", unmarked(article)) }
            }
        }
    }

    /// Reads [`Self::words`] back; other words of a refusal are what was found.
    pub fn of_words(procedure: &Procedure, outcome: Outcome, words: &str) -> Self {
        if outcome == Outcome::Granted {
            let (sum, why) = words.split_once(IN_CASH).map_or((words, None), |(sum, why)| (sum, Some(why)));
            let fen = sum.strip_prefix(SUM).and_then(money::fen);
            return why.map_or(Self::Granted { fen }, |why| Self::Cash { fen, why: why.to_owned() });
        }
        let parts = words.strip_prefix(GROUND).and_then(|words| words.split_once(FOUND));
        let parts =
            parts.and_then(|(ground, rest)| rest.split_once(SHOWN).map(|(facts, shown)| (ground, facts, shown)));
        let (ground, facts, shown) = parts.unwrap_or((ANOTHER, words, ""));
        let (evidence, article) = shown.split_once(BY).unwrap_or((shown, ""));
        let requirement = procedure.requirements().iter().find(|requirement| requirement.says.no.zh == ground);
        Self::Refused {
            requirement: requirement.map(|requirement| requirement.id.clone()),
            facts: facts.to_owned(),
            evidence: evidence.to_owned(),
            article: article.to_owned(),
        }
    }
}

impl Procedure {
    /// All conditions, in the order in which they are told.
    pub fn requirements(&self) -> &[Requirement] {
        match self.rules.benefits.first() {
            Some(benefit) => &benefit.requires,
            None => &[],
        }
    }

    pub fn requirement(&self, id: &str) -> Option<&Requirement> {
        self.requirements().iter().find(|requirement| requirement.id == id)
    }

    /// The conditions of which one can be the ground of a refusal: somebody has read a text that asks it.
    pub fn grounds(&self) -> impl Iterator<Item = &Requirement> {
        self.requirements().iter().filter(|requirement| !requirement.text.is_empty())
    }

    /// Whether any of its sums is a tenant's own, for a demonstration: wherever one is told, that is told with it.
    pub fn has_demo_sums(&self) -> bool {
        let sums = self.rules.params.iter().filter(|param| param.unit == Unit::Money);
        sums.flat_map(|param| &param.values).any(|dated| self.rules.sources[dated.source].grade == Grade::Demo)
    }

    /// A sum in words as it is told.
    pub fn told_sum(&self, fen: i64, locale: Locale) -> String {
        let sum = words::money(locale, Exact::from(fen));
        if self.has_demo_sums() {
            say!(
                locale,
                "{sum}（演示用的数字，不作数）",
                "{sum} (a figure of the demonstration, which counts for nothing)"
            )
        } else {
            sum
        }
    }

    /// Whether no text that was seen settles what a condition hangs on: whoever decides by it names the one that does.
    pub fn is_unsettled(&self, requirement: &Requirement) -> bool {
        let is_unknown = |mention: &Mention| match mention {
            Mention::Param(param) => self.rules.params[*param].values.is_empty(),
            _ => false,
        };
        requirement.rule.mentions().iter().any(is_unknown)
    }
}

const OUTCOME: &Asked =
    &Asked::one_of("decision_outcome_missing", "请选择准予还是不予。", "Choose granted or refused.");
const REQUIREMENT: &Asked = &Asked::one_of(
    "decision_requirement_missing",
    "不予的，请选择不符合哪一条。",
    "Of a refusal, choose which condition is not met.",
);
const FACTS: &Asked = &Asked::typed(
    "decision_facts_missing",
    ("不予的，请写明查明的事实，申请人会看到。", "Of a refusal, say what was found; the applicant reads it."),
    ("事实", "statement of facts"),
);
const EVIDENCE: &Asked = &Asked::typed(
    "decision_evidence_missing",
    ("不予的，请写明凭什么证据，申请人会看到。", "Of a refusal, say what shows it; the applicant reads it."),
    ("证据", "evidence"),
);
const ARTICLE: &Asked = &Asked::typed(
    "decision_article_missing",
    (
        "看到的条文里没有这一条，请写明依据哪个文件的哪一条，申请人会看到。",
        "No text that was seen says this: name the text and the article that you go by; the applicant reads it.",
    ),
    ("依据", "article"),
);
const CASH: &Asked = &Asked::typed(
    "decision_cash_missing",
    ("例外付现金的，请写明理由。", "Say why it is paid in cash."),
    ("付现金的理由", "reason for cash"),
);
/// In place of a condition: another reason.
const OTHER: &str = "other";
const SUM: &str = "金额：";
const GROUND: &str = "〔理由〕";
const FOUND: &str = "〔事实〕";
const SHOWN: &str = "〔证据〕";
const BY: &str = "〔依据〕";
const IN_CASH: &str = "〔现金〕";
const ANOTHER: &str = "不符合规定。";

/// Words that are taken for no mark of the record.
fn unmarked(words: &str) -> String {
    [GROUND, FOUND, SHOWN, BY, IN_CASH]
        .iter()
        .fold(words.to_owned(), |words, mark| words.replace(mark, mark.trim_matches(['〔', '〕'])))
}

fn outcome_of(text: &str) -> Option<Outcome> {
    match text {
        "granted" => Some(Outcome::Granted),
        "refused" => Some(Outcome::Refused),
        _ => None,
    }
}

fn sum(text: &str) -> Result<Option<i64>, Reason> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let fen = money::fen(text).filter(|fen| (1..=Decision::MOST).contains(fen));
    fen.map(Some).ok_or_else(|| {
        Reason::own(
            "decision_sum",
            "金额请写成元，例如 1200 或者 1200.50；还没有核定的，可以空着。",
            "Write the sum in yuan, such as 1200 or 1200.50, or leave it empty where it is not worked out yet.",
        )
    })
}

fn sum_words(fen: Option<i64>) -> String {
    let sum = fen.map(|fen| words::money(Locale::Zh, Exact::from(fen)));
    format!("{SUM}{}", sum.as_deref().unwrap_or("由民政部门核定"))
}

fn granted(procedure: &Procedure, [typed, cash]: [&str; 2]) -> Result<Decision, FieldErrors> {
    let mut errors = FieldErrors::new();
    let fen = errors.keep("sum", sum(typed));
    if cash.trim().is_empty() {
        return fen.map(|fen| Decision::Granted { fen }).ok_or(errors);
    }
    let why = if procedure.payee == Payee::Applicant {
        plain(CASH, Decision::LONGEST.0, cash)
    } else {
        Err(Reason::own("decision_cash", "这件申请没有要付的钱。", "Nothing is paid in this procedure."))
    };
    match (fen, errors.keep("cash", why)) {
        (Some(fen), Some(why)) => Ok(Decision::Cash { fen, why }),
        _ => Err(errors),
    }
}

fn refused(
    (procedure, counts_on): (&Procedure, NaiveDate),
    [requirement, facts, evidence, article]: [&str; 4],
) -> Result<Decision, FieldErrors> {
    let mut errors = FieldErrors::new();
    let known = |id: &str| match id {
        OTHER => Some(None),
        id => procedure.grounds().find(|ground| ground.id == id).map(|ground| Some(ground.id.clone())),
    };
    let requirement = errors.keep("requirement", choice(REQUIREMENT, requirement, known));
    let facts = errors.keep("facts", plain(FACTS, Decision::LONGEST.0, facts));
    let evidence = errors.keep("evidence", plain(EVIDENCE, Decision::LONGEST.1, evidence));
    // Whoever has not said yet which condition it is has not to name its article either.
    let is_carried = requirement
        .as_ref()
        .is_none_or(|requirement| !articles(procedure, requirement.as_deref(), counts_on, Locale::Zh).is_empty());
    let article = if is_carried && article.trim().is_empty() {
        Some(String::new())
    } else {
        errors.keep("article", plain(ARTICLE, Decision::LONGEST.2, article))
    };
    match (requirement, facts, evidence, article) {
        (Some(requirement), Some(facts), Some(evidence), Some(article)) => {
            Ok(Decision::Refused { requirement, facts, evidence, article })
        }
        _ => Err(errors),
    }
}

/// Words that may be read for years.
fn plain(asked: &'static Asked, limit: usize, text: &str) -> Result<String, Reason> {
    PlainWords::of(asked, limit, text).map(String::from)
}

#[cfg(test)]
#[cfg(feature = "compile")]
mod tests;
