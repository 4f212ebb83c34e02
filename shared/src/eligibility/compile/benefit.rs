//! Benefits: what the country says, and what each region below says differently.

use std::collections::HashMap;

use super::{
    super::{
        expr::Condition,
        pack::{Amount, Apply, Benefit, Gives, Pack, Param, Scope, Unit},
    },
    Complaints,
    facts::place_of,
    figures::merged_params,
    files::{ApplyFile, NoteFile, Text},
    layer::{Filling, Layer, Layers, documents},
    lower::Names,
};

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

impl Filling<'_> {
    fn fill(mut self, pack: &mut Pack, complaints: &mut Complaints) -> Result<Benefit, &'static str> {
        let scope = self.nearest(|file| file.scope).ok_or("scope")?;
        let layers = self.layers;
        let dating = self.nearest_layer(|file| file.valid.is_some()).ok_or("valid")?;
        let valid = layers[dating].file.valid.as_ref().ok_or("valid")?.get_ref();
        self.fill_params(pack, complaints);
        let basis = self.nearest_layer(|file| file.basis.is_some());
        let basis = basis.map(|layer| {
            let names = self.layers[layer].file.basis.as_deref().unwrap_or_default();
            self.sources_of(layer, names, pack, complaints)
        });
        let valid_by = self.sources_of(dating, valid.source.as_slice(), pack, complaints).first().copied();
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
            valid_undated: valid.undated,
            valid_by,
            valid_to: valid.to,
            basis: basis.ok_or("basis")?,
            already: self.already(scope, pack, complaints),
            requires: self.requirements(scope, pack, complaints),
            amount: self.amount(scope, pack, complaints),
            excludes: excludes.unwrap_or_default(),
            apply: self.apply(pack, complaints).ok_or("apply")?,
            unknown: self
                .nearest(|file| file.unknown.clone())
                .unwrap_or_default()
                .iter()
                .map(NoteFile::words)
                .collect(),
            region: self.layers[0].region.clone(),
        })
    }

    fn already(&self, scope: Scope, pack: &Pack, complaints: &mut Complaints) -> Option<Condition> {
        let layer = &self.layers[self.nearest_layer(|file| file.already.is_some())?];
        let text = layer.file.already.as_ref()?;
        complaints.keep(&layer.source, text.span(), self.context(pack, scope).condition(text.get_ref()))
    }

    fn amount(&self, scope: Scope, pack: &Pack, complaints: &mut Complaints) -> Option<Amount> {
        let layer = &self.layers[self.nearest_layer(|file| file.amount.is_some())?];
        let amount = layer.file.amount.as_ref()?;
        let number = |text: &Text, complaints: &mut Complaints| {
            let number = self.context(pack, scope).number(text.get_ref(), Unit::Money);
            complaints.keep(&layer.source, text.span(), number)
        };
        let value = number(&amount.value, complaints)?;
        let most = amount.most.as_ref().and_then(|most| number(most, complaints));
        Some(Amount { value, most, per: amount.per.clone(), formula: amount.formula.clone() })
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
