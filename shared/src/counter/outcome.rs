//! What came of a visit that was served to its end.

use serde::{Deserialize, Serialize};

use super::ids::{Ground, Paper};

/// How a visit was finished. It is part of finishing, so that none is finished without one.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "outcome", rename_all = "snake_case", deny_unknown_fields)]
pub enum Outcome {
    /// What they came for was done: for marriage, on the spot (婚姻登记条例 art 10).
    Registered,
    /// Refused, which has to be explained with its ground (婚姻登记条例 art 10).
    Refused { ground: Ground },
    /// It could not be done today: papers are missing, or as they were told at the counter ([`Paper::AS_TOLD`]).
    ToReturn { papers: Papers },
}

/// Papers that are missing: at least one, each once.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = Vec<String>))]
#[serde(try_from = "Vec<Paper>", into = "Vec<Paper>")]
pub struct Papers(Vec<Paper>);

/// A list that says nothing, or more than anybody can bring.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected 1 to {MOST} papers")]
pub struct NoPapers;

/// More kinds of papers than any service asks for.
const MOST: usize = 40;

impl Papers {
    /// Puts them in order and names each once.
    pub fn new(papers: impl IntoIterator<Item = Paper>) -> Result<Self, NoPapers> {
        let mut papers: Vec<_> = papers.into_iter().take(MOST + 1).collect();
        if papers.is_empty() || papers.len() > MOST {
            return Err(NoPapers);
        }
        papers.sort_unstable();
        papers.dedup();
        Ok(Self(papers))
    }

    pub fn iter(&self) -> std::slice::Iter<'_, Paper> {
        self.0.iter()
    }
}

impl<'a> IntoIterator for &'a Papers {
    type Item = &'a Paper;
    type IntoIter = std::slice::Iter<'a, Paper>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl TryFrom<Vec<Paper>> for Papers {
    type Error = NoPapers;

    fn try_from(papers: Vec<Paper>) -> Result<Self, NoPapers> {
        Self::new(papers)
    }
}

impl From<Papers> for Vec<Paper> {
    fn from(papers: Papers) -> Self {
        papers.0
    }
}

impl Outcome {
    /// It could not be done today, and what they were told at the counter stands on no list.
    pub fn as_told() -> Self {
        Self::ToReturn { papers: Papers(vec![Paper::AS_TOLD]) }
    }

    /// The name in the database and on the wire.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Registered => "registered",
            Self::Refused { .. } => "refused",
            Self::ToReturn { .. } => "to_return",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_sent_away_for_no_paper_and_none_is_named_twice() {
        let photos = || Paper::named("photos");
        assert_eq!(Papers::new([]), Err(NoPapers));
        assert_eq!(Papers::new([photos(), photos()]), Papers::new([photos()]));
        let many = (0..=MOST).map(|n| Paper::parse(&format!("paper{n}")).unwrap());
        assert_eq!(Papers::new(many), Err(NoPapers));
    }

    #[test]
    fn an_outcome_comes_back_from_the_wire_and_is_never_without_its_reason() {
        let papers = Papers::new([Paper::named("photos"), Paper::named("declaration")]).unwrap();
        for (outcome, json) in [
            (Outcome::Registered, r#"{"outcome":"registered"}"#),
            (Outcome::Refused { ground: Ground::named("under_age") }, r#"{"outcome":"refused","ground":"under_age"}"#),
            (Outcome::ToReturn { papers }, r#"{"outcome":"to_return","papers":["declaration","photos"]}"#),
        ] {
            assert!(json.contains(outcome.name()));
            assert_eq!(serde_json::to_string(&outcome).unwrap(), json);
            assert_eq!(serde_json::from_str::<Outcome>(json).unwrap(), outcome);
        }
        for json in [r#"{"outcome":"refused"}"#, r#"{"outcome":"to_return","papers":[]}"#, r#"{"outcome":"lost"}"#] {
            assert!(serde_json::from_str::<Outcome>(json).is_err(), "{json}");
        }
    }
}
