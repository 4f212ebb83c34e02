//! The places in texts that conditions stand for.

use super::{
    super::{
        expr::Mention,
        pack::{Benefit, Pack, Passage, Requirement, Rule},
    },
    Complaints,
    files::PassageFile,
    layer::Filling,
    lints::untranslated,
};
use crate::{localised::Localised, numeral};

impl Filling<'_> {
    pub(super) fn passages(
        &mut self,
        layer: usize,
        files: &[PassageFile],
        pack: &mut Pack,
        complaints: &mut Complaints,
    ) -> Vec<Passage> {
        let passages = files.iter().filter_map(|file| {
            let source = *self.sources_of(layer, std::slice::from_ref(&file.source), pack, complaints).first()?;
            Some(Passage { source, at: file.at.clone(), asks: file.asks.clone() })
        });
        passages.collect()
    }
}

/// What is missing or wrong in the texts of a condition and of its exceptions.
pub(super) fn unfounded(pack: &Pack, benefit: &Benefit, (requirement, unwritten): (&Requirement, bool)) -> Vec<String> {
    let mut found = Vec::new();
    let routine = matches!(requirement.rule, Rule::Bureau { routine: true });
    if requirement.text.is_empty() && !routine && !unwritten {
        found.push("name with `text` the article that this condition stands for and what it asks".to_owned());
    }
    if unwritten && !requirement.text.is_empty() {
        found.push("this is `unwritten` and has a `text`".to_owned());
    }
    let exceptions = match &requirement.rule {
        Rule::Holds { unless, .. } => unless.as_slice(),
        Rule::Bureau { .. } => &[],
    };
    for exception in exceptions.iter().filter(|exception| exception.text.is_empty()) {
        found.push(format!("name with `text` the article that the exception `{}` stands for", exception.id));
    }
    let own = requirement.text.iter().any(|passage| benefit.basis.contains(&passage.source));
    let borrowed = requirement.rule.mentions().into_iter().find_map(|mention| match mention {
        Mention::Benefit(other) => Some(&pack.benefits[other].id),
        _ => None,
    });
    if let Some(other) = borrowed.filter(|_| !own) {
        found.push(format!("`eligible({other})` needs a `text` from this benefit's own `basis`"));
    }
    let passages = requirement.text.iter().chain(exceptions.iter().flat_map(|exception| &exception.text));
    for passage in passages {
        found.extend([Some(&passage.asks), passage.at.as_ref()].into_iter().flatten().filter_map(untranslated));
        found.extend(passage.at.as_ref().and_then(unequal));
    }
    found
}

/// A place that is numbered differently in the two languages.
fn unequal(at: &Localised) -> Option<String> {
    let numbers = at.en.split(|c: char| !c.is_ascii_digit()).filter_map(|number| number.parse().ok());
    let english: String = numbers.map(numeral::chinese).collect();
    let chinese: String = at.zh.chars().filter(|c| "零一二三四五六七八九十百千".contains(*c)).collect();
    (english != chinese).then(|| format!("“{}” and “{}” are not the same place", at.zh, at.en))
}
