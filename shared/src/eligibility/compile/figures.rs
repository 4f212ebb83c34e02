//! Figures of benefits, put together from the files of a chain.

use chrono::Days;

use super::{
    super::{
        expr::{Mention, Number},
        pack::{Dated, Figure, Pack, Param, Scope, Unit},
        span::Span,
    },
    Complaints, Source,
    files::{BenefitFile, ValueFile},
    layer::{Filling, Layer},
};

/// Parameters with what the nearest region says of each part; figures come later.
pub(super) fn merged_params(layers: &[Layer<'_>], complaints: &mut Complaints) -> Vec<(String, Param)> {
    let mut names: Vec<&String> = layers.iter().flat_map(|layer| layer.file.params.keys()).collect();
    names.sort();
    names.dedup();
    let mut params = Vec::new();
    for id in names {
        let files = layers.iter().rev().filter_map(|layer| layer.file.params.get(id));
        let unit = files.clone().find_map(|file| file.unit);
        let name = files.clone().find_map(|file| file.name.clone());
        let (Some(unit), Some(name)) = (unit, name) else {
            let text = format!("the figure `{id}` has no unit or no name in any file of the chain");
            complaints.add(&layers[0].source, None, text);
            continue;
        };
        let param = Param {
            id: id.clone(),
            benefit: 0,
            unit,
            name,
            per: files.clone().find_map(|file| file.per.clone()),
            renewed: files.clone().find_map(|file| file.renewed),
            rises: files.clone().find_map(|file| file.rises).unwrap_or(false),
            values: Vec::new(),
        };
        params.push((id.clone(), param));
    }
    params
}

impl Filling<'_> {
    /// The figures of the nearest region that has any: never some of one and some of another.
    pub(super) fn fill_params(&mut self, pack: &mut Pack, complaints: &mut Complaints) {
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
        let number = match (unit, value.value.get_ref().as_str()) {
            (Unit::Switch, "yes") => Ok(Number::Constant(1.into())),
            (Unit::Switch, "no") => Ok(Number::Constant(0.into())),
            (Unit::Switch, _) => Err("this figure is `yes` or `no`".to_owned()),
            (_, text) => self.context(pack, Scope::Household).number(text, unit),
        };
        let number = complaints.keep(source, value.value.span(), number)?;
        if number.mentions().iter().any(|mention| !matches!(mention, Mention::Param(_))) {
            complaints.add(source, Some(value.value.span()), "a figure rests on other figures alone, not on answers");
            return None;
        }
        let figure = match number {
            Number::Constant(value) => Figure::Fixed(Span::exactly(value)),
            number => Figure::Derived(number),
        };
        Some(Dated {
            from: *value.from.get_ref(),
            undated: value.undated,
            to: value.to,
            value: figure,
            region: layers[layer].region.clone(),
            source: *self.sources_of(layer, std::slice::from_ref(&value.source), pack, complaints).first()?,
            published: value.published,
        })
    }
}

/// Complains of figures whose days overlap, or leave days of which nothing is said.
fn sequence(source: &Source<'_>, values: &[ValueFile], complaints: &mut Complaints) {
    for value in values {
        if value.to.is_some_and(|to| to < *value.from.get_ref()) {
            complaints.add(source, Some(value.from.span()), "this figure ends before it begins");
        }
    }
    for pair in values.windows(2) {
        if pair[1].undated {
            let text = "only the first figure can be undated: this one must begin on a day";
            complaints.add(source, Some(pair[1].from.span()), text);
        }
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
