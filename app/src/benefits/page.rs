//! The pages of the check, and how they are named in its form.

use shared::eligibility::{answers::MOST_PEOPLE, evaluate::Who, pack::Pack};

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Page {
    Start,
    People,
    /// One topic about one person or the household.
    Topic {
        topic: usize,
        who: Who,
        facts: Vec<usize>,
    },
    Result,
}

impl Page {
    /// How a page is named in a form: `people`, `income.household`, `health.2`; its facts follow after a colon.
    pub fn key(&self, pack: &Pack) -> String {
        match self {
            Self::Start => "start".to_owned(),
            Self::People => "people".to_owned(),
            Self::Result => "result".to_owned(),
            Self::Topic { topic, who, facts } => {
                let whose = who.map_or_else(|| "household".to_owned(), |person| person.to_string());
                let facts: Vec<&str> = facts.iter().map(|fact| pack.facts[*fact].id.as_str()).collect();
                format!("{}.{whose}:{}", pack.topics[*topic].id, facts.join(","))
            }
        }
    }

    /// The page of that name; the start for a name that is none.
    pub fn read(pack: &Pack, key: &str) -> Self {
        let topic = || {
            let (page, facts) = key.split_once(':').unwrap_or((key, ""));
            let (topic, whose) = page.split_once('.')?;
            let topic = pack.topics.iter().position(|known| known.id == topic)?;
            let who =
                if whose == "household" { None } else { Some(whose.parse().ok().filter(|who| *who < MOST_PEOPLE)?) };
            let facts = facts.split(',').filter_map(|id| pack.facts.iter().position(|fact| fact.id == id));
            Some(Self::Topic { topic, who, facts: facts.collect() })
        };
        match key {
            "people" => Self::People,
            "result" => Self::Result,
            _ => topic().unwrap_or(Self::Start),
        }
    }
}
