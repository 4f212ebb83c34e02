//! What is proposed and, once another person has signed, decided: more than yes or no, since the letter says all of it.

use serde::{Deserialize, Serialize};

use super::definition::Procedure;
use super::form::Typed;
use super::state::Outcome;
use crate::eligibility::pack::{Grade, Requirement};
use crate::eligibility::told::money;
use crate::field::{Asked, FieldErrors, Reason, choice};
use crate::identity::clean::sentence;

/// A decision with what it rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Decision {
    Granted {
        /// None where the bureau works it out when it pays.
        fen: Option<i64>,
    },
    Refused {
        /// The condition of the procedure that is not met; none where it is something else.
        requirement: Option<String>,
        /// What was found, in the words of whoever proposes.
        facts: String,
        /// What shows it.
        evidence: String,
    },
}

impl Decision {
    /// Characters of what was found, and of what shows it.
    pub const LONGEST: usize = 500;
    /// Of a sum, in fen: a million yuan.
    pub const MOST: i64 = 100_000_000;

    pub fn outcome(&self) -> Outcome {
        match self {
            Self::Granted { .. } => Outcome::Granted,
            Self::Refused { .. } => Outcome::Refused,
        }
    }

    /// Reads `outcome` (`granted`, `refused`), and `sum` in yuan, or `requirement` (its id, or `other`), `facts` and `evidence`.
    ///
    /// # Errors
    /// At those fields.
    pub fn read(procedure: &Procedure, typed: &Typed) -> Result<Self, FieldErrors> {
        let text = |name: &str| typed.get(name).map_or("", String::as_str);
        match choice(OUTCOME, text("outcome"), outcome) {
            Ok(Outcome::Granted) => match sum(text("sum")) {
                Ok(fen) => Ok(Self::Granted { fen }),
                Err(reason) => Err(FieldErrors::one("sum", reason)),
            },
            Ok(Outcome::Refused) => refused(procedure, [text("requirement"), text("facts"), text("evidence")]),
            Err(reason) => Err(FieldErrors::one("outcome", reason)),
        }
    }
}

impl Procedure {
    /// The conditions of which one can be the ground of a refusal.
    pub fn requirements(&self) -> &[Requirement] {
        match self.rules.benefits.first() {
            Some(benefit) => &benefit.requires,
            None => &[],
        }
    }

    pub fn requirement(&self, id: &str) -> Option<&Requirement> {
        self.requirements().iter().find(|requirement| requirement.id == id)
    }

    /// Whether the text of a condition was seen as a copy or report alone: whoever decides by it reads it themselves before.
    pub fn rests_on_a_copy(&self, requirement: &Requirement) -> bool {
        requirement.text.iter().any(|passage| self.rules.sources[passage.source].grade != Grade::Official)
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
/// In place of a condition: another reason.
const OTHER: &str = "other";

fn outcome(text: &str) -> Option<Outcome> {
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

fn refused(procedure: &Procedure, [requirement, facts, evidence]: [&str; 3]) -> Result<Decision, FieldErrors> {
    let mut errors = FieldErrors::new();
    let known = |id: &str| match id {
        OTHER => Some(None),
        id => procedure.requirement(id).map(|requirement| Some(requirement.id.clone())),
    };
    let requirement = errors.keep("requirement", choice(REQUIREMENT, requirement, known));
    let facts = errors.keep("facts", sentence(FACTS, Decision::LONGEST, facts));
    let evidence = errors.keep("evidence", sentence(EVIDENCE, Decision::LONGEST, evidence));
    match (requirement, facts, evidence) {
        (Some(requirement), Some(facts), Some(evidence)) => Ok(Decision::Refused { requirement, facts, evidence }),
        _ => Err(errors),
    }
}

#[cfg(test)]
#[cfg(feature = "compile")]
mod tests {
    use super::*;
    use crate::procedures::compile::tests::shenzhen;

    fn read(pairs: &[(&str, &str)]) -> Result<Decision, Vec<String>> {
        let typed = pairs.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
        let said = |errors: FieldErrors| errors.iter().map(|error| error.reason.code().to_owned()).collect();
        Decision::read(&shenzhen(), &typed).map_err(said)
    }

    #[test]
    fn a_grant_has_a_sum_or_leaves_it_to_the_bureau() {
        assert_eq!(read(&[("outcome", "granted"), ("sum", "3,000")]), Ok(Decision::Granted { fen: Some(300_000) }));
        assert_eq!(read(&[("outcome", "granted")]), Ok(Decision::Granted { fen: None }));
        for wrong in ["0", "-5", "三千", "99999999"] {
            assert_eq!(
                read(&[("outcome", "granted"), ("sum", wrong)]),
                Err(vec!["decision_sum".to_owned()]),
                "{wrong}"
            );
        }
    }

    #[test]
    fn a_refusal_names_what_is_not_met_what_was_found_and_what_shows_it() {
        let whole = [
            ("outcome", "refused"),
            ("requirement", "place"),
            ("facts", "安葬证明上写的是外地的海域。"),
            ("evidence", "安葬证明"),
        ];
        let Ok(Decision::Refused { requirement, .. }) = read(&whole) else { panic!("{:?}", read(&whole)) };
        assert_eq!(requirement.as_deref(), Some("place"));
        let missing = ["decision_requirement_missing", "decision_facts_missing", "decision_evidence_missing"];
        assert_eq!(read(&[("outcome", "refused")]), Err(missing.map(str::to_owned).to_vec()), "all at once");
        assert!(read(&[("requirement", "no_such"), whole[0], whole[2], whole[3]]).is_err());
        assert!(read(&[("requirement", "other"), whole[0], whole[2], whole[3]]).is_ok());
        assert_eq!(read(&[]), Err(vec!["decision_outcome_missing".to_owned()]));
    }

    #[test]
    fn whoever_refuses_by_a_text_that_was_seen_as_a_copy_is_known() {
        let procedure = shenzhen();
        let rests = |id: &str| procedure.rests_on_a_copy(procedure.requirement(id).unwrap());
        assert!(rests("hukou") && !rests("order"));
    }
}
