//! Notes and names that contradict what stands beside them on a page.

use std::ops::Range;

use super::{
    super::pack::{Pack, Param, Unit},
    files::NoteFile,
};
use crate::localised::Localised;

/// A note that a figure is not known stands beside no figure.
pub(super) fn contradicted(note: &NoteFile, pack: &Pack, benefit: usize) -> Vec<(Range<usize>, String)> {
    let mut found = Vec::new();
    for name in &note.of {
        let id = name.get_ref();
        match pack.params.iter().find(|param| param.benefit == benefit && param.id == *id) {
            None => found.push((name.span(), format!("there is no figure `{id}`"))),
            Some(param) if is_known(param) => {
                let region = param.values.last().map_or("", |value| value.region.as_str());
                found.push((name.span(), format!("this says that `{id}` is not known, and {region} gives it")));
            }
            Some(_) => {}
        }
    }
    if note.of.is_empty() && note.zh.get_ref().contains("没有查到这里的") {
        found.push((note.zh.span(), "say with `of` which figure is not known here".to_owned()));
    }
    found
}

/// It has a value that has not ended.
fn is_known(param: &Param) -> bool {
    param.values.last().is_some_and(|value| value.to.is_none())
}

/// A switch is a yes or no, and its name the question.
pub(super) fn misnamed(param: &Param) -> Option<&'static str> {
    let Localised { zh, en } = &param.name;
    let question = ["能不能", "是不是", "有没有", "要不要", "算不算"].iter().any(|word| zh.contains(word));
    let figure = zh.contains("数字") || en.to_lowercase().contains("figure");
    let named = question && en.starts_with("Whether") && !figure;
    (param.unit == Unit::Switch && !named)
        .then_some("a switch is no figure: its name asks whether something is so (能不能, 是不是; Whether …)")
}
