//! What a field asks for, as data that whoever asks declares.

/// Words in Chinese and in English.
type Both = (&'static str, &'static str);

/// What a field asks for; lets one reason such as "missing" speak of the thing itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    /// The code on the wire when nothing was typed or chosen, such as `phone_missing`.
    pub missing_code: &'static str,
    /// What to do then.
    pub missing: Both,
    /// What to do when the answer is not on the list.
    pub not_offered: Both,
    /// What the answer is called where it is too long.
    pub noun: Both,
}

impl Asked {
    /// The language of messages.
    pub const LANGUAGE: &'static Self = &Self::chosen(
        "locale_missing",
        ("请选择语言。", "Choose a language."),
        ("语言请选择 zh-CN 或 en。", "Choose zh-CN or en as the language."),
    );

    /// Any day.
    pub const DATE: &'static Self = &Self::typed("date_missing", ("请选择日期。", "Choose a date."), ("日期", "date"));

    /// A question whose answer is typed.
    pub const fn typed(missing_code: &'static str, missing: Both, noun: Both) -> Self {
        Self { missing_code, missing, not_offered: ONE_OF_THOSE, noun }
    }

    /// A question whose answer is one of a list.
    pub const fn chosen(missing_code: &'static str, missing: Both, not_offered: Both) -> Self {
        Self { missing_code, missing, not_offered, noun: ANSWER }
    }

    /// A question that names its few answers, so that an answer beside them is asked for in the same words.
    pub const fn one_of(missing_code: &'static str, zh: &'static str, en: &'static str) -> Self {
        Self::chosen(missing_code, (zh, en), (zh, en))
    }
}

const ONE_OF_THOSE: Both = ("请从列出的选项中选择一项。", "Choose one of the answers listed.");
const ANSWER: Both = ("这一项", "answer");
