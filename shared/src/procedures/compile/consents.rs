//! What rests on consent alone (个人信息保护法 art 14, 15): nobody is made to give it, and what it is given for can be taken back.

use super::super::definition::Step;
use super::field;
use super::merged::Merged;
use crate::eligibility::compile::Complaints;

/// Complains of a consent that somebody would have to give, or without which something that rests on it would still be asked for.
pub(super) fn looked_over(merged: &Merged<'_>, steps: &[Step], complaints: &mut Complaints) {
    let optional = |id: &str| steps.iter().flat_map(|step| &step.fields).any(|field| field.id == id && field.optional);
    for (source, file) in merged.steps.iter().flat_map(|step| &step.fields) {
        let rests = file.declaration.iter().flat_map(|declaration| &declaration.consent);
        for id in rests {
            let known = field(steps, id);
            if complaints.keep(source, id.span(), known).is_some() && !(file.optional && optional(id.get_ref())) {
                let wrong = "a consent and what rests on it are both `optional`: nobody has to give either";
                complaints.add(source, Some(id.span()), wrong);
            }
        }
    }
}
