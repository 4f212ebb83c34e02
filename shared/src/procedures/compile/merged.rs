//! Steps and papers of all places above one another: what a place below says replaces what is above, by id.

use super::Read;
use super::files::{FieldFile, PaperFile};
use crate::eligibility::compile::{Complaints, Source};
use crate::localised::Localised;

pub(super) struct MergedStep<'a> {
    pub id: String,
    pub title: Localised,
    pub lead: Option<Localised>,
    pub fields: Vec<(Source<'a>, &'a FieldFile)>,
}

pub(super) struct MergedPaper<'a> {
    pub source: Source<'a>,
    pub file: &'a PaperFile,
}

pub(super) fn merge<'a>(
    read: &'a [Read<'a>],
    complaints: &mut Complaints,
) -> (Vec<MergedStep<'a>>, Vec<MergedPaper<'a>>) {
    let (mut steps, mut papers): (Vec<MergedStep<'a>>, Vec<MergedPaper<'a>>) = (Vec::new(), Vec::new());
    for Read { source, file } in read {
        for gone in &file.drop {
            let id = gone.get_ref();
            let before = steps.iter().map(|step| step.fields.len()).sum::<usize>() + papers.len();
            for step in &mut steps {
                step.fields.retain(|(_, field)| field.id.get_ref() != id);
            }
            papers.retain(|paper| paper.file.id.get_ref() != id);
            if steps.iter().map(|step| step.fields.len()).sum::<usize>() + papers.len() == before {
                complaints.add(source, Some(gone.span()), format!("nothing above is called `{id}`"));
            }
        }
        for step in &file.steps {
            let at = steps.iter().position(|known| known.id == *step.id.get_ref());
            let at = at.unwrap_or_else(|| {
                if step.title.is_none() {
                    complaints.add(source, Some(step.id.span()), "a new step has a title");
                }
                let title = step.title.clone().unwrap_or_else(|| Localised::new("", ""));
                let (id, lead) = (step.id.get_ref().clone(), step.lead.clone());
                steps.push(MergedStep { id, title, lead, fields: Vec::new() });
                steps.len() - 1
            });
            for field in &step.fields {
                let known = steps[at].fields.iter_mut().find(|(_, known)| known.id.get_ref() == field.id.get_ref());
                match known {
                    Some(known) => *known = (*source, field),
                    None => steps[at].fields.push((*source, field)),
                }
            }
        }
        for paper in &file.papers {
            let merged = MergedPaper { source: *source, file: paper };
            match papers.iter_mut().find(|known| known.file.id.get_ref() == paper.id.get_ref()) {
                Some(known) => *known = merged,
                None => papers.push(merged),
            }
        }
    }
    (steps, papers)
}
