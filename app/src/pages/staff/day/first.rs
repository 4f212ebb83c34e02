//! Calling somebody whose turn it is not, for a reason that stays in the record. It is chosen, and no choice is a kind of need:
//! the record can be neither changed nor erased.

use leptos::prelude::*;
use server::{Error, counter::day::Row};
use shared::{
    counter::{ActName, First, Reason},
    field::{Asked as Question, FieldErrors, Reason as Wrong},
    locale::Locale,
};

use super::{
    act::{asking, ticked},
    doing,
    seen::Seen,
};
use crate::pairs::Pairs;

/// The field with the choice.
const FIRST: &str = "first";
/// What is chosen for a reason in words.
const OTHER: &str = "other";

static CHOOSE: Question = Question::one_of("first_missing", "请选择为什么先叫。", "Choose why they are called first.");
static WORDS: Question = Question::typed(
    "first_words_missing",
    ("选了“其他”的，请写几个字说明为什么。", "For any other reason, say why in a few words."),
    ("原因", "reason"),
);

pub fn call(seen: &Seen<'_>, row: &Row) -> AnyView {
    let locale = seen.locale();
    let Some(mine) = seen.mine() else { return ().into_any() };
    let field = format!("reason-{}", row.id);
    let reasons = First::ALL.iter().map(|first| (first.name(), first.words(locale)));
    let reasons = reasons.chain([(OTHER, locale.say("其他", "another reason"))]).map(|(name, words)| {
        view! {
            <label class="pick">
                <input type="radio" name=FIRST value=name />
                <span>{words}</span>
            </label>
        }
    });
    let body = view! {
        <fieldset>
            <legend>{locale.say("为什么先叫", "Why first")}</legend>
            // Sent where nothing is chosen, so that it is asked for.
            <input type="hidden" name=FIRST value="" />
            {reasons.collect_view()}
        </fieldset>
        <label for=field.clone()>
            {locale.say(
                "“其他”的，写几个字。会一直留在记录里：不写是谁，不写身体、疾病、怀孕这类情况，不写号码",
                "Another reason, in a few words. It stays in the record for good: name nobody, no condition or illness, no \
                 pregnancy, no numbers",
            )}
        </label>
        <input class="input" type="text" id=field name="reason" autocomplete="off" />
        <button class="act" name="counter" value=mine.id.to_string()>
            {locale.say("先叫，记下原因", "Call first and record why")}
        </button>
    };
    asking(seen, row, (ActName::Call, "reason"), locale.say("先叫这一号…", "Call this one first…"), body.into_any())
}

/// Why somebody is called first, as it was chosen; none for a call that asks for no reason.
///
/// # Errors
/// A field error where nothing was chosen, and where a reason in words has none.
pub fn reason(typed: &Pairs) -> Result<Option<Reason>, Error> {
    let missing = |asked| FieldErrors::one("reason", Wrong::Missing(asked)).into();
    match ticked(typed, FIRST).last() {
        None => doing::reason(typed),
        Some(OTHER) => doing::reason(typed)?.map(Some).ok_or_else(|| missing(&WORDS)),
        Some(name) => First::from_name(name).map(|first| Some(first.into())).ok_or_else(|| missing(&CHOOSE)),
    }
}

/// A reason as it is read: one of those that can be chosen, or the words that were written.
pub fn words(reason: &str, locale: Locale) -> &str {
    First::from_name(reason).map_or(reason, |first| first.words(locale))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(list: &[(&str, &str)]) -> Pairs {
        list.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
    }

    #[test]
    fn what_is_chosen_is_kept_and_words_only_for_another_reason() {
        let reason = |list: &[(&str, &str)]| reason(&typed(list)).map(|why| why.map(|why| why.to_string()));
        let words = ("reason", "叫号屏坏了");
        assert_eq!(reason(&[(FIRST, ""), (FIRST, "priority"), words]).unwrap().as_deref(), Some("priority"));
        assert_eq!(reason(&[(FIRST, ""), (FIRST, OTHER), words]).unwrap().as_deref(), Some("叫号屏坏了"));
        assert_eq!(reason(&[]).unwrap(), None, "calling again asks for none");
        for list in [&[(FIRST, "")][..], &[(FIRST, ""), words], &[(FIRST, OTHER)], &[(FIRST, "pregnant"), words]] {
            assert!(reason(list).is_err(), "{list:?}");
        }
    }
}
