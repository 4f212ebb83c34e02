//! The pages of the check, and how they are named in its form.

use shared::eligibility::{answers::MOST_PEOPLE, pack::Pack, plan::Ask};

use super::answers::{field_of, question};

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Page {
    Start,
    People,
    Questions(Vec<Ask>),
    Result,
}

impl Page {
    /// How a page is named in a form: `people`, or what it asks: `household.wages,who.disability.0-2`.
    pub fn key(&self, pack: &Pack) -> String {
        let one = |ask: &Ask| match ask {
            Ask::One(asked) => field_of(pack, *asked),
            Ask::Who { fact, people } => {
                let people: Vec<String> = people.iter().map(usize::to_string).collect();
                format!("who.{}.{}", pack.facts[*fact].id, people.join("-"))
            }
        };
        match self {
            Self::Start => "start".to_owned(),
            Self::People => "people".to_owned(),
            Self::Result => "result".to_owned(),
            Self::Questions(asks) => asks.iter().map(one).collect::<Vec<_>>().join(","),
        }
    }

    /// The page of that name; the start for a name that is none.
    pub fn read(pack: &Pack, key: &str) -> Self {
        match key {
            "people" => Self::People,
            "result" => Self::Result,
            _ => {
                let asks: Vec<Ask> = key.split(',').filter_map(|ask| read(pack, ask)).collect();
                if asks.is_empty() { Self::Start } else { Self::Questions(asks) }
            }
        }
    }

    /// What is asked on it.
    pub fn asks(&self) -> &[Ask] {
        match self {
            Self::Questions(asks) => asks,
            _ => &[],
        }
    }
}

fn read(pack: &Pack, ask: &str) -> Option<Ask> {
    let Some((fact, people)) = ask.strip_prefix("who.").and_then(|who| who.split_once('.')) else {
        return question(pack, ask).map(Ask::One);
    };
    let fact = pack.facts.iter().position(|known| known.id == fact && known.who.is_some())?;
    let people: Option<Vec<usize>> =
        people.split('-').map(|person| person.parse().ok().filter(|person| *person < MOST_PEOPLE)).collect();
    Some(Ask::Who { fact, people: people? })
}
