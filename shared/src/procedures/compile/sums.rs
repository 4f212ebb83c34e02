//! Sums, days and addresses that may be told to nobody.

use crate::eligibility::compile::{Complaints, layer::Layer};
use crate::eligibility::pack::{Grade, Pack, Unit};

/// A sum that was seen in copies alone stays in its file for those who check it, and out of what is told: whoever asks is
/// sent to the bureau.
pub(super) fn set_apart(pack: &mut Pack) {
    let Pack { params, sources, .. } = pack;
    for param in params.iter_mut().filter(|param| param.unit == Unit::Money) {
        param.values.retain(|dated| sources[dated.source].grade != Grade::Copied);
    }
}

/// A rule that ends before it begins holds on no day; what was read as a copy is cited and never linked.
pub(super) fn founded(layers: &[Layer<'_>], complaints: &mut Complaints) {
    for layer in layers {
        for source in layer.file.sources.values().filter(|source| source.seen.is_some() && source.url.is_some()) {
            let text = "this was read as a copy (`seen`), so it is cited and has no `url`";
            complaints.add(&layer.source, Some(source.document.span()), text);
        }
        let Some(valid) = &layer.file.valid else { continue };
        if valid.get_ref().to.is_some_and(|to| to < valid.get_ref().from) {
            complaints.add(&layer.source, Some(valid.span()), "this rule ends before it begins");
        }
    }
}
