//! Conditions of benefits, put together from the files of a chain.

use super::{
    super::{
        expr::Condition,
        pack::{Exception, Pack, Passage, Requirement, Rule, Says, Scope},
    },
    Complaints,
    facts::place_of,
    files::{RequireFile, Text},
    layer::{Filling, Layer, documents},
};
use crate::localised::Localised;

impl Filling<'_> {
    pub(super) fn requirements(
        &mut self,
        scope: Scope,
        pack: &mut Pack,
        complaints: &mut Complaints,
    ) -> Vec<Requirement> {
        let layers = self.layers;
        let mut merged: Vec<(usize, &RequireFile)> = Vec::new();
        for (layer, Layer { file, source, .. }) in layers.iter().enumerate() {
            for dropped in &file.drop {
                let at = merged.iter().position(|(_, known)| known.id.get_ref() == dropped.get_ref());
                if let Some(at) = place_of(dropped, "condition", at, source, complaints) {
                    merged.remove(at);
                }
            }
            for require in &file.requires {
                let at = merged.iter().position(|(_, known)| known.id.get_ref() == require.id.get_ref());
                match at {
                    Some(at) if merged[at].0 == layer => {
                        complaints.add(source, Some(require.id.span()), "this condition is there twice");
                    }
                    Some(at) => merged[at] = (layer, require),
                    None => merged.push((layer, require)),
                }
            }
        }
        let requirements = merged.into_iter();
        requirements.filter_map(|(layer, require)| self.requirement(layer, require, scope, pack, complaints)).collect()
    }

    fn requirement(
        &mut self,
        layer: usize,
        require: &RequireFile,
        scope: Scope,
        pack: &mut Pack,
        complaints: &mut Complaints,
    ) -> Option<Requirement> {
        let layers = self.layers;
        let source = &layers[layer].source;
        let text = self.passages(layer, &require.text, pack, complaints);
        let texts: Vec<Vec<Passage>> =
            require.unless.iter().map(|exception| self.passages(layer, &exception.text, pack, complaints)).collect();
        let condition = |text: &Text, complaints: &mut Complaints| {
            let found = self.context(pack, scope).condition(text.get_ref());
            complaints.keep(source, text.span(), found)
        };
        let rule = match (&require.condition, require.decided_by) {
            (Some(text), None) => {
                let unless = require.unless.iter().zip(texts).filter_map(|(exception, text)| {
                    Some(Exception {
                        id: exception.id.get_ref().clone(),
                        condition: condition(&exception.condition, complaints)?,
                        grants: exception.grants,
                        text,
                        says: exception.says.clone(),
                    })
                });
                let unless: Vec<Exception> = unless.collect();
                Rule::Holds { condition: condition(text, complaints).unwrap_or(Condition::Always(false)), unless }
            }
            (None, Some(_)) => Rule::Bureau { routine: require.routine },
            _ => {
                let text = "a condition has either `if` or `decided_by`";
                complaints.add(source, Some(require.id.span()), text);
                return None;
            }
        };
        let sentence = |text: &Option<Localised>, word: &str, complaints: &mut Complaints| match (text, &rule) {
            (Some(text), _) => text.clone(),
            (None, Rule::Bureau { .. }) => require.says.open.clone(),
            (None, Rule::Holds { .. }) => {
                complaints.add(source, Some(require.id.span()), format!("the sentence `{word}` is missing"));
                require.says.open.clone()
            }
        };
        let says = Says {
            rule: require.says.rule.clone(),
            yes: sentence(&require.says.yes, "yes", complaints),
            no: sentence(&require.says.no, "no", complaints),
            open: require.says.open.clone(),
        };
        let mut basis = Vec::new();
        let named = self.sources_of(layer, &require.basis, pack, complaints);
        for source in text.iter().map(|passage| passage.source).chain(named) {
            if !basis.contains(&source) {
                basis.push(source);
            }
        }
        Some(Requirement {
            id: require.id.get_ref().clone(),
            rule,
            says,
            basis,
            text,
            evidence: documents(&require.evidence, source, pack, complaints),
        })
    }
}
