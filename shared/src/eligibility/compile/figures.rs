//! Figures of benefits, put together from the files of a chain.

use chrono::{Days, NaiveDate};

use super::{
    super::{
        dates::days,
        expr::{Mention, Number},
        pack::{Ceiling, Dated, Figure, Pack, Param, Scope, Unit},
        span::Span,
    },
    Complaints, Source,
    files::{BenefitFile, DatedBy, SourceFile, Text, ValueFile},
    layer::{Filling, Layer, source_file},
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
            limit: files.clone().find_map(|file| file.limit).unwrap_or(false),
            ceiling: None,
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
            self.fill_ceiling(&name, pack, complaints);
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
            within_ceiling(&layers[layer].source, values, &pack.params[at], complaints);
        }
    }

    /// What the nearest region says of how high a figure can be.
    fn fill_ceiling(&self, name: &str, pack: &mut Pack, complaints: &mut Complaints) {
        let of = |file: &BenefitFile| file.params.get(name).is_some_and(|param| param.ceiling.is_some());
        let (Some(layer), Some(&(at, unit))) =
            (self.nearest_layer(of), self.names.params.get(&format!("{}.{name}", self.id)))
        else {
            return;
        };
        let Layer { source, file, .. } = &self.layers[layer];
        let Some(file) = &file.params[name].ceiling else { return };
        let constant = |text: &Text, unit: Unit, least: i64| match self
            .context(pack, Scope::Household)
            .number(text.get_ref(), unit)?
        {
            Number::Constant(value) if value >= least.into() => Ok(value),
            _ => Err(format!("this is a number, and {least} at least")),
        };
        let pace = complaints.keep(source, file.pace.span(), constant(&file.pace, Unit::Number, 1));
        let most = complaints.keep(source, file.most.span(), constant(&file.most, unit, 0));
        if let (Some(pace), Some(most)) = (pace, most) {
            pack.params[at].ceiling = Some(Ceiling { pace, most, because: file.because.clone() });
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
            (Unit::Switch, _) => Err("a switch is `yes` or `no`".to_owned()),
            (Unit::Date, day) => match day.parse::<NaiveDate>() {
                Ok(day) => Ok(Number::Constant(days(day).into())),
                Err(_) => Err("a day is written such as 2026-05-20".to_owned()),
            },
            (_, text) => self.context(pack, Scope::Household).number(text, unit),
        };
        let number = complaints.keep(source, value.value.span(), number)?;
        if number.mentions().iter().any(|mention| !matches!(mention, Mention::Param(_))) {
            complaints.add(source, Some(value.value.span()), "a figure rests on other figures alone, not on answers");
            return None;
        }
        let figure = match (number, &value.least) {
            (Number::Constant(value), None) => Figure::Fixed(Span::exactly(value)),
            (Number::Constant(most), Some(text)) => {
                let least = match self.context(pack, Scope::Household).number(text.get_ref(), unit) {
                    Ok(Number::Constant(least)) if least < most => Ok(least),
                    Ok(_) => Err("`least` is a number below `value`".to_owned()),
                    Err(wrong) => Err(wrong),
                };
                Figure::Fixed(Span::between(complaints.keep(source, text.span(), least)?, most))
            }
            (number, None) => Figure::Derived(number),
            (_, Some(text)) => {
                complaints.add(source, Some(text.span()), "only a figure of its own has a `least`");
                return None;
            }
        };
        let source = *self.sources_of(layer, std::slice::from_ref(&value.source), pack, complaints).first()?;
        let (_, file) = source_file(layers, layer, value.source.get_ref())?;
        Some(Dated {
            from: *value.from.get_ref(),
            undated: value.undated,
            to: value.to,
            value: figure,
            region: layers[layer].region.clone(),
            source,
            published: known(value, file),
        })
    }
}

/// The day on which a figure is known: what is told of it, or the earliest that is proved.
fn known(value: &ValueFile, source: &SourceFile) -> NaiveDate {
    let proved = match value.dated_by {
        Some(DatedBy::Clause) => source.known().min(*value.from.get_ref()),
        _ => source.known(),
    };
    value.published.unwrap_or(proved)
}

/// Complains of figures that were higher, or rose faster, than their ceiling says they can.
fn within_ceiling(source: &Source<'_>, values: &[ValueFile], param: &Param, complaints: &mut Complaints) {
    let Some(ceiling) = &param.ceiling else { return };
    let fixed = |place: usize| match param.values.get(place)?.value {
        Figure::Fixed(span) => span.high,
        Figure::Derived(_) => None,
    };
    for (place, value) in values.iter().enumerate() {
        let Some(figure) = fixed(place) else { continue };
        let days = place.checked_sub(1).map(|before| (before, *values[before].from.get_ref()));
        let risen = days
            .and_then(|(before, from)| Some(ceiling.over(fixed(before)?, param.renewals(from, *value.from.get_ref()))));
        if figure > risen.unwrap_or(ceiling.most) {
            complaints.add(source, Some(value.value.span()), "this figure is higher than its ceiling lets it be");
        }
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
