//! Whom the words of a form speak to: labels to whoever fills it in, and what the office reads of the same answers to nobody.

use super::merged::Merged;
use crate::eligibility::compile::{Complaints, lints};
use crate::localised::Localised;

/// Complains of words that the office would read as if it were asked itself.
pub(super) fn looked_over(merged: &Merged<'_>, complaints: &mut Complaints) {
    for (source, file) in merged.steps.iter().flat_map(|step| &step.fields) {
        let wrong = match &file.called {
            None if speaks(&file.label) => Some(
                "this label speaks to whoever fills it in, so `called` says what the office reads instead".to_owned(),
            ),
            Some(called) if speaks(called) => Some("the office reads `called`, which speaks to nobody".to_owned()),
            Some(called) => lints::untranslated(called),
            None => None,
        };
        if let Some(wrong) = wrong {
            complaints.add(source, Some(file.id.span()), wrong);
        }
    }
    for (source, file) in &merged.papers {
        if speaks(&file.name) || file.hint.as_ref().is_some_and(speaks) {
            let wrong = "the office reads of this paper too, so its words speak to nobody";
            complaints.add(source, Some(file.id.span()), wrong);
        }
    }
}

/// Whether words speak to their reader.
fn speaks(words: &Localised) -> bool {
    let mut english = words.en.split(|sign: char| !sign.is_ascii_alphabetic());
    words.zh.contains(['您', '你']) || english.any(|word| YOU.iter().any(|you| word.eq_ignore_ascii_case(you)))
}

const YOU: [&str; 4] = ["you", "your", "yours", "yourself"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_speak_to_their_reader_in_either_language() {
        for (zh, en) in [("您的姓名", "Name"), ("姓名", "Your name"), ("你是", "Are"), ("与逝者的关系", "You are")]
        {
            assert!(speaks(&Localised::new(zh, en)), "{zh} {en}");
        }
        // Words that only hold those letters.
        for (zh, en) in [("申请人姓名", "Name of the applicant"), ("青年", "Young people"), ("留言", "Layout")]
        {
            assert!(!speaks(&Localised::new(zh, en)), "{zh} {en}");
        }
    }
}
