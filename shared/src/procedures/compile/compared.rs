//! Facts that nobody is asked for: whether two answers are the same.

use std::mem::discriminant;

use super::super::definition::{Compared, FieldKind, Step};
use super::Read;
use super::fields::fact;
use super::files::ComparedFile;
use crate::eligibility::compile::{Complaints, Source, facts::yes_no, files::Text, lower::Names};
use crate::eligibility::pack::{Kind, Pack};

/// What all places say, with a fact for each; what a place drops a field of is gone with it.
pub(super) fn compared(
    read: &[Read<'_>],
    steps: &[Step],
    (pack, names): (&mut Pack, &mut Names),
    complaints: &mut Complaints,
) -> Vec<Compared> {
    let is_dropped = |id: &Text| {
        let mut dropped = read.iter().flat_map(|layer| &layer.file.drop);
        dropped.any(|gone| gone.get_ref() == id.get_ref())
    };
    let mut found: Vec<Compared> = Vec::new();
    for Read { source, file } in read {
        for said in file.compared.iter().filter(|said| !is_dropped(&said.one) && !is_dropped(&said.other)) {
            let Some(topic) = pair(said, (source, steps), complaints) else { continue };
            let id = said.id.get_ref();
            if names.facts.contains_key(id) {
                complaints.add(source, Some(said.id.span()), format!("`{id}` is there twice"));
                continue;
            }
            names.facts.insert(id.clone(), pack.facts.len());
            pack.facts.push(fact(id, Kind::Choice(yes_no()), topic, &steps[topic].title));
            let fields = [said.one.get_ref().clone(), said.other.get_ref().clone()];
            found.push(Compared { id: id.clone(), fields, holds: said.holds });
        }
    }
    found
}

/// The step of the first of two fields of one kind that have one form however they are typed.
fn pair(said: &ComparedFile, (source, steps): (&Source<'_>, &[Step]), complaints: &mut Complaints) -> Option<usize> {
    let mut place = |id: &Text| {
        let of =
            |step: &Step| step.fields.iter().find(|field| field.id == *id.get_ref()).map(|field| field.kind.clone());
        let found = steps.iter().enumerate().find_map(|(topic, step)| of(step).map(|kind| (topic, kind)));
        complaints.keep(source, id.span(), found.ok_or_else(|| format!("there is no field `{}`", id.get_ref())))
    };
    let (one, other) = (place(&said.one), place(&said.other));
    let ((topic, one), (_, other)) = (one?, other?);
    if discriminant(&one) != discriminant(&other) || !has_one_form(&one) {
        let text = format!("`{}` and `{}` cannot be compared", said.one.get_ref(), said.other.get_ref());
        complaints.add(source, Some(said.id.span()), text);
        return None;
    }
    Some(topic)
}

/// Whether two answers are told apart by what they say and not by how they were typed.
pub(super) fn has_one_form(kind: &FieldKind) -> bool {
    matches!(
        kind,
        FieldKind::Name | FieldKind::IdNumber | FieldKind::Phone | FieldKind::Account | FieldKind::Certificate
    )
}
