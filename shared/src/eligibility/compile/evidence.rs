//! Whether what the files say of their figures is borne out by their sources and by each other.

use super::{
    super::pack::Pack,
    Complaints, days,
    layer::{Layer, source_file},
    notes, provenance,
};

/// What figures rest on, and the days that are told of them.
pub(super) fn of_figures(layers: &[Layer<'_>], complaints: &mut Complaints) {
    for (place, layer) in layers.iter().enumerate() {
        for (at, text) in days::first_days(&layer.file) {
            complaints.add(&layer.source, Some(at), text);
        }
        for value in layer.file.params.values().flat_map(|param| &param.values) {
            let Some((owner, source)) = source_file(layers, place, value.source.get_ref()) else { continue };
            if let Some(text) = days::published(value, source) {
                complaints.add(&layer.source, Some(value.from.span()), text);
            }
            if let Some(text) = provenance::of_a_district(source, &layer.region) {
                complaints.add(&layer.source, Some(value.source.span()), text);
            }
            if let Some(text) = provenance::traceless(source) {
                complaints.add(&layers[owner].source, Some(source.document.span()), text);
            }
        }
    }
}

/// What a page says of its figures beside them.
pub(super) fn of_claims(layers: &[Layer<'_>], pack: &Pack, benefit: usize, complaints: &mut Complaints) {
    if let Some(layer) = layers.iter().rev().find(|layer| layer.file.unknown.is_some()) {
        let notes = layer.file.unknown.iter().flatten();
        for (at, text) in notes.flat_map(|note| notes::contradicted(note, pack, benefit)) {
            complaints.add(&layer.source, Some(at), text);
        }
    }
    for param in pack.params.iter().filter(|param| param.benefit == benefit) {
        if let Some(text) = notes::misnamed(param) {
            complaints.add(&layers[0].source, None, format!("`{}`: {text}", param.id));
        }
    }
}
