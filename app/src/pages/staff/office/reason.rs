//! The reason for a day that differs, in Chinese and, where somebody writes it, in English.

use shared::{
    field::{Asked, FieldErrors, Reason},
    localised::Localised,
};

use crate::pairs::{Pairs, value};

const LONGEST: usize = 80;

/// What was typed into `reason_zh` and `reason_en`. Nobody has to write English: pages in English then say the Chinese, and that
/// it is Chinese.
pub(super) fn read(typed: &Pairs, asked: &'static Asked, errors: &mut FieldErrors) -> Option<Localised> {
    let text = |name: &str| value(typed, name).unwrap_or_default().trim().to_owned();
    let fits = |text: String| match text {
        long if long.chars().count() > LONGEST => Err(Reason::TooLong { asked, limit: LONGEST }),
        odd if odd.contains(char::is_control) => Err(Reason::ControlCharacter),
        reason => Ok(reason),
    };
    let zh = match text("reason_zh") {
        empty if empty.is_empty() => Err(Reason::Missing(asked)),
        said => fits(said),
    };
    let (zh, en) = (errors.keep("reason_zh", zh), errors.keep("reason_en", fits(text("reason_en"))));
    let (zh, en) = (zh?, en?);
    let en = if en.is_empty() { format!("{zh} (said in Chinese only)") } else { en };
    Some(Localised::new(zh, en))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_in_chinese_is_enough_and_one_in_english_alone_is_not() {
        let read = |zh: &str, en: &str| {
            let typed = [("reason_zh", zh), ("reason_en", en)].map(|(name, text)| (name.to_owned(), text.to_owned()));
            let mut errors = FieldErrors::new();
            let read = read(&typed.into(), Asked::DATE, &mut errors);
            read.ok_or_else(|| errors.iter().map(|error| error.field.clone()).collect::<Vec<_>>())
        };
        assert_eq!(read(" 停电 ", "").unwrap(), Localised::new("停电", "停电 (said in Chinese only)"));
        assert_eq!(read("停电", "Power cut").unwrap(), Localised::new("停电", "Power cut"));
        assert_eq!(read("", "Power cut").unwrap_err(), ["reason_zh"]);
        assert_eq!(read("停电", &"x".repeat(81)).unwrap_err(), ["reason_en"]);
    }
}
