//! Benefits: what the country says, and what each region below says differently.

use std::collections::{BTreeMap, HashMap};

use chrono::Days;

use super::{
    super::{
        expr::{Condition, Number},
        pack::{
            Amount, Apply, Benefit, Dated, Exception, Figure, Gives, Legal, Pack, Param, Requirement, Rule, Says,
            Scope, Unit,
        },
        span::Span,
    },
    Complaints, Source,
    facts::place_of,
    files::{ApplyFile, BenefitFile, RequireFile, Text, ValueFile},
    lower::{Names, Place},
};
use crate::localised::Localised;

/// The file of one region about one benefit.
pub(crate) struct Layer<'a> {
    pub(crate) region: String,
    pub(crate) source: Source<'a>,
    pub(crate) file: BenefitFile,
}

type Layers<'a> = BTreeMap<String, Vec<Layer<'a>>>;

/// Gives every benefit and parameter its place, so that rules can name each other.
pub(crate) fn name_all(layers: &Layers<'_>, pack: &mut Pack, names: &mut Names, complaints: &mut Complaints) {
    for (benefit, (id, layers)) in layers.iter().enumerate() {
        names.benefits.insert(id.clone(), benefit);
        for (name, param) in merged_params(layers, complaints) {
            names.params.insert(format!("{id}.{name}"), (pack.params.len(), param.unit));
            pack.params.push(Param { benefit, ..param });
        }
    }
}

/// Parameters with what the nearest region says of each part; figures come later.
fn merged_params(layers: &[Layer<'_>], complaints: &mut Complaints) -> Vec<(String, Param)> {
    let mut names: Vec<&String> = layers.iter().flat_map(|layer| layer.file.params.keys()).collect();
    names.sort();
    names.dedup();
    let mut params = Vec::new();
    for name in names {
        let files = layers.iter().rev().filter_map(|layer| layer.file.params.get(name));
        let unit = files.clone().find_map(|file| file.unit);
        let said = files.clone().find_map(|file| file.name.clone());
        let (Some(unit), Some(said)) = (unit, said) else {
            let text = format!("the figure `{name}` has no unit or no name in any file of the chain");
            complaints.add(&layers[0].source, None, text);
            continue;
        };
        let param = Param {
            id: name.clone(),
            benefit: 0,
            unit,
            name: said,
            per: files.clone().find_map(|file| file.per.clone()),
            renewed: files.clone().find_map(|file| file.renewed),
            rises: files.clone().find_map(|file| file.rises).unwrap_or(false),
            values: Vec::new(),
        };
        params.push((name.clone(), param));
    }
    params
}

/// Everything about every benefit, once all names are known.
pub(crate) fn fill_all(layers: &Layers<'_>, names: &Names, pack: &mut Pack, complaints: &mut Complaints) {
    for (id, layers) in layers {
        let benefit = Filling { id, layers, names, sources: HashMap::new() }.fill(pack, complaints);
        match benefit {
            Ok(benefit) => pack.benefits.push(benefit),
            Err(missing) => complaints.add(&layers[0].source, None, format!("`{missing}` is missing")),
        }
    }
}

struct Filling<'a> {
    id: &'a str,
    layers: &'a [Layer<'a>],
    names: &'a Names,
    /// Places of the sources already taken over, by layer and name.
    sources: HashMap<(usize, String), usize>,
}

impl Filling<'_> {
    fn fill(mut self, pack: &mut Pack, complaints: &mut Complaints) -> Result<Benefit, &'static str> {
        let scope = self.nearest(|file| file.scope).ok_or("scope")?;
        let valid = self.nearest(|file| file.valid).ok_or("valid")?;
        self.fill_params(pack, complaints);
        let basis = self.nearest_layer(|file| file.basis.is_some());
        let basis = basis.map(|layer| {
            let names = self.layers[layer].file.basis.as_deref().unwrap_or_default();
            self.sources_of(layer, names, pack, complaints)
        });
        let excludes = self.nearest_layer(|file| file.excludes.is_some()).map(|layer| self.excluded(layer, complaints));
        Ok(Benefit {
            id: self.id.to_owned(),
            name: self.nearest(|file| file.name.clone()).ok_or("name")?,
            summary: self.nearest(|file| file.summary.clone()).ok_or("summary")?,
            scope,
            rung: self.nearest(|file| file.rung),
            events: self.nearest(|file| file.events.clone()).unwrap_or_default(),
            gives: self.nearest(|file| file.gives).unwrap_or(Gives::Cash),
            valid_from: valid.from,
            valid_to: valid.to,
            basis: basis.ok_or("basis")?,
            requires: self.requirements(scope, pack, complaints),
            amount: self.amount(scope, pack, complaints),
            excludes: excludes.unwrap_or_default(),
            apply: self.apply(pack, complaints).ok_or("apply")?,
            unknown: self.nearest(|file| file.unknown.clone()).unwrap_or_default(),
            region: self.layers[0].region.clone(),
        })
    }

    fn nearest<T>(&self, of: impl Fn(&BenefitFile) -> Option<T>) -> Option<T> {
        self.layers.iter().rev().find_map(|layer| of(&layer.file))
    }

    fn nearest_layer(&self, says: impl Fn(&BenefitFile) -> bool) -> Option<usize> {
        self.layers.iter().rposition(|layer| says(&layer.file))
    }

    fn place<'p>(&'p self, pack: &'p Pack, scope: Scope) -> Place<'p> {
        Place { names: self.names, facts: &pack.facts, benefit: Some(self.id), scope }
    }

    /// The figures of the nearest region that has any: never some of one and some of another.
    fn fill_params(&mut self, pack: &mut Pack, complaints: &mut Complaints) {
        let names: Vec<String> = self.layers.iter().flat_map(|layer| layer.file.params.keys().cloned()).collect();
        for name in names {
            let has_values = |file: &BenefitFile| file.params.get(&name).is_some_and(|param| !param.values.is_empty());
            let (Some(layer), Some(&(at, unit))) =
                (self.nearest_layer(has_values), self.names.params.get(&format!("{}.{name}", self.id)))
            else {
                continue;
            };
            let layers = self.layers;
            let values = &layers[layer].file.params[&name].values;
            sequence(&layers[layer].source, values, complaints);
            let dated = values.iter().filter_map(|value| self.dated(layer, value, unit, pack, complaints));
            let dated: Vec<Dated> = dated.collect();
            pack.params[at].values = dated;
        }
    }

    fn dated(
        &mut self,
        layer: usize,
        value: &ValueFile,
        unit: Unit,
        pack: &mut Pack,
        complaints: &mut Complaints,
    ) -> Option<Dated> {
        let layers = self.layers;
        let source = &layers[layer].source;
        let number = self.place(pack, Scope::Household).number(value.value.get_ref(), unit);
        let number = complaints.keep(source, value.value.span(), number)?;
        if number.mentions().iter().any(|mention| !matches!(mention, super::super::expr::Mention::Param(_))) {
            complaints.add(source, Some(value.value.span()), "a figure rests on other figures alone, not on answers");
            return None;
        }
        let figure = match number {
            Number::Constant(value) => Figure::Fixed(Span::exactly(value)),
            number => Figure::Derived(number),
        };
        Some(Dated {
            from: *value.from.get_ref(),
            to: value.to,
            value: figure,
            region: layers[layer].region.clone(),
            source: *self.sources_of(layer, std::slice::from_ref(&value.source), pack, complaints).first()?,
            published: value.published,
        })
    }

    /// Takes over sources by name, each once; a name is looked for in its own file and in those above.
    fn sources_of(&mut self, layer: usize, asked: &[Text], pack: &mut Pack, complaints: &mut Complaints) -> Vec<usize> {
        let mut found = Vec::new();
        for name in asked {
            let owner = self.layers[..=layer].iter().rposition(|layer| layer.file.sources.contains_key(name.get_ref()));
            let owner = place_of(name, "source", owner, &self.layers[layer].source, complaints);
            let Some(owner) = owner else { continue };
            let file = &self.layers[owner].file.sources[name.get_ref()];
            let at = *self.sources.entry((owner, name.get_ref().clone())).or_insert_with(|| {
                pack.sources.push(Legal {
                    document: file.document.clone(),
                    article: file.article.clone(),
                    url: file.url.clone(),
                    grade: file.grade,
                    checked: file.checked,
                });
                pack.sources.len() - 1
            });
            found.push(at);
        }
        found
    }

    fn requirements(&mut self, scope: Scope, pack: &mut Pack, complaints: &mut Complaints) -> Vec<Requirement> {
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
        let condition = |text: &Text, complaints: &mut Complaints| {
            let found = self.place(pack, scope).condition(text.get_ref());
            complaints.keep(source, text.span(), found)
        };
        let rule = match (&require.condition, require.decided_by) {
            (Some(text), None) => {
                let unless = require.unless.iter().filter_map(|exception| {
                    Some(Exception {
                        id: exception.id.get_ref().clone(),
                        condition: condition(&exception.condition, complaints)?,
                        grants: exception.grants,
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
        let said = |text: &Option<Localised>, word: &str, complaints: &mut Complaints| match (text, &rule) {
            (Some(text), _) => text.clone(),
            (None, Rule::Bureau { .. }) => require.says.open.clone(),
            (None, Rule::Holds { .. }) => {
                complaints.add(source, Some(require.id.span()), format!("the sentence `{word}` is missing"));
                require.says.open.clone()
            }
        };
        let says = Says {
            yes: said(&require.says.yes, "yes", complaints),
            no: said(&require.says.no, "no", complaints),
            open: require.says.open.clone(),
        };
        Some(Requirement {
            id: require.id.get_ref().clone(),
            rule,
            says,
            basis: self.sources_of(layer, &require.basis, pack, complaints),
            evidence: documents(&require.evidence, source, pack, complaints),
        })
    }

    fn amount(&self, scope: Scope, pack: &Pack, complaints: &mut Complaints) -> Option<Amount> {
        let layer = &self.layers[self.nearest_layer(|file| file.amount.is_some())?];
        let amount = layer.file.amount.as_ref()?;
        let value = self.place(pack, scope).number(amount.value.get_ref(), Unit::Money);
        let value = complaints.keep(&layer.source, amount.value.span(), value)?;
        Some(Amount { value, per: amount.per.clone(), formula: amount.formula.clone() })
    }

    fn apply(&self, pack: &Pack, complaints: &mut Complaints) -> Option<Apply> {
        let layer = &self.layers[self.nearest_layer(|file| file.apply.is_some())?];
        let ApplyFile { place, channels, documents: papers, takes } = layer.file.apply.as_ref()?;
        let documents = documents(papers, &layer.source, pack, complaints);
        Some(Apply { place: place.clone(), channels: channels.clone(), documents, takes: takes.clone() })
    }

    /// Benefits that do not exist in this region are no obstacle.
    fn excluded(&self, layer: usize, complaints: &mut Complaints) -> Vec<usize> {
        let Layer { file, source, .. } = &self.layers[layer];
        let names = file.excludes.as_deref().unwrap_or_default();
        let place = |name: &Text| {
            place_of(name, "benefit", self.names.benefits.get(name.get_ref()).copied(), source, complaints)
        };
        names.iter().filter_map(place).collect()
    }
}

fn documents(asked: &[Text], source: &Source<'_>, pack: &Pack, complaints: &mut Complaints) -> Vec<usize> {
    let known = |name: &Text| pack.documents.iter().position(|document| document.id == *name.get_ref());
    asked.iter().filter_map(|name| place_of(name, "document", known(name), source, complaints)).collect()
}

/// Complains of figures whose days overlap, or leave days of which nothing is said.
fn sequence(source: &Source<'_>, values: &[ValueFile], complaints: &mut Complaints) {
    for value in values {
        if value.to.is_some_and(|to| to < *value.from.get_ref()) {
            complaints.add(source, Some(value.from.span()), "this figure ends before it begins");
        }
    }
    for pair in values.windows(2) {
        let (from, at) = (*pair[1].from.get_ref(), Some(pair[1].from.span()));
        if from <= *pair[0].from.get_ref() {
            complaints.add(source, at.clone(), "figures stand in the order of their days");
        }
        let Some(to) = pair[0].to else { continue };
        if to >= from {
            complaints.add(source, at, format!("this figure begins before the one above ends on {to}"));
        } else if to.checked_add_days(Days::new(1)) != Some(from) && !pair[1].after_gap {
            let text = format!("nothing is said of the days after {to}; write `after_gap = true` if nothing is known");
            complaints.add(source, at, text);
        }
    }
}
