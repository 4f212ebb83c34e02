//! Steps and papers of all places above one another: what a place below says replaces what is above, by id.

use super::Read;
use super::files::{FieldFile, PaperFile};
use crate::eligibility::compile::{Complaints, Source, files::Text};
use crate::localised::Localised;

/// Steps and papers, each with the file that said it last.
#[derive(Default)]
pub(super) struct Merged<'a> {
    pub steps: Vec<MergedStep<'a>>,
    pub papers: Vec<(Source<'a>, &'a PaperFile)>,
}

pub(super) struct MergedStep<'a> {
    pub id: String,
    pub title: Localised,
    pub lead: Option<Localised>,
    pub fields: Vec<(Source<'a>, &'a FieldFile)>,
}

pub(super) fn merge<'a>(read: &'a [Read<'a>], complaints: &mut Complaints) -> Merged<'a> {
    let mut merged = Merged::default();
    for Read { source, file } in read {
        for gone in &file.drop {
            if !merged.remove(gone.get_ref()) {
                complaints.add(source, Some(gone.span()), format!("nothing above is called `{}`", gone.get_ref()));
            }
        }
        for step in &file.steps {
            let at = merged.steps.iter().position(|known| known.id == *step.id.get_ref());
            let at = at.unwrap_or_else(|| {
                if step.title.is_none() {
                    complaints.add(source, Some(step.id.span()), "a new step has a title");
                }
                let (id, title) = (step.id.get_ref().clone(), Localised::new("", ""));
                merged.steps.push(MergedStep { id, title, lead: None, fields: Vec::new() });
                merged.steps.len() - 1
            });
            let known = &mut merged.steps[at];
            known.title = step.title.clone().unwrap_or_else(|| known.title.clone());
            known.lead = step.lead.clone().or_else(|| known.lead.take());
            for field in &step.fields {
                match known.fields.iter_mut().find(|(_, known)| known.id.get_ref() == field.id.get_ref()) {
                    Some(known) => *known = (*source, field),
                    None => known.fields.push((*source, field)),
                }
            }
        }
        for paper in &file.papers {
            match merged.papers.iter_mut().find(|(_, known)| known.id.get_ref() == paper.id.get_ref()) {
                Some(known) => *known = (*source, paper),
                None => merged.papers.push((*source, paper)),
            }
        }
    }
    merged.complain_of_twins(complaints);
    merged
}

impl<'a> Merged<'a> {
    fn remove(&mut self, id: &str) -> bool {
        let before = self.ids().count();
        for step in &mut self.steps {
            step.fields.retain(|(_, field)| field.id.get_ref() != id);
        }
        self.papers.retain(|(_, paper)| paper.id.get_ref() != id);
        self.ids().count() < before
    }

    /// A name is of one field or paper, on whatever step it stands.
    fn complain_of_twins(&self, complaints: &mut Complaints) {
        let mut known = Vec::new();
        for (source, id) in self.ids() {
            if known.contains(&id.get_ref()) {
                complaints.add(&source, Some(id.span()), format!("`{}` is there twice", id.get_ref()));
            }
            known.push(id.get_ref());
        }
    }

    fn ids(&self) -> impl Iterator<Item = (Source<'a>, &'a Text)> + '_ {
        let fields = self.steps.iter().flat_map(|step| &step.fields).map(|(source, field)| (*source, &field.id));
        fields.chain(self.papers.iter().map(|(source, paper)| (*source, &paper.id)))
    }
}
