//! What a service asks those who book it, besides name and phone: declared as data, read in one place.

use crate::field::{Asked, FieldErrors, Reason};
use crate::identity::clean::{readable, words};
use crate::identity::{letters, name};
use crate::whole::count;

/// One question of a service.
#[derive(Debug)]
pub struct Question {
    /// The name of its field in forms, and of its answer where it is kept.
    pub field: &'static str,
    pub asked: &'static Asked,
    pub label: [&'static str; 2],
    pub hint: [&'static str; 2],
    pub kind: Kind,
}

/// What can be answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A whole number, both ends included.
    Number { least: u32, most: u32 },
    /// At most so many characters, as a person counts them.
    Text { longest: usize },
    /// Names of people, at most so many characters: letters of any script and what stands between names.
    Names { longest: usize },
}

/// A field and its answer, in canonical form.
pub type QuestionAnswer = (String, String);

impl Question {
    /// The answer as it is kept, or what is wrong with it.
    pub fn read(&self, typed: &str) -> Result<String, Reason> {
        match self.kind {
            Kind::Text { longest } => words(self.asked, longest, typed),
            Kind::Names { longest } => name::several(self.asked, longest, typed),
            Kind::Number { least, most } => {
                let number = readable(self.asked, DIGITS, typed).map_err(|reason| match reason {
                    Reason::TooLong { .. } => between(least, most),
                    reason => reason,
                })?;
                // Nothing within it is passed over: `1-5` and `1 5` are no fifteen.
                match count(&number) {
                    Some(number) if (least..=most).contains(&number) => Ok(number.to_string()),
                    _ => Err(between(least, most)),
                }
            }
        }
    }

    /// The answer as whoever gave it recognises it: of a text, which may name people, only its beginning.
    pub fn masked(&self, answer: &str) -> String {
        match self.kind {
            Kind::Number { .. } => answer.to_owned(),
            Kind::Text { .. } | Kind::Names { .. } => {
                format!("{}***", letters::characters(answer).next().unwrap_or_default())
            }
        }
    }
}

/// The answers to all questions, or all that is wrong, each at its question's field.
pub fn read_all<'a>(
    questions: &'static [Question],
    typed: impl Fn(&str) -> &'a str,
) -> Result<Vec<QuestionAnswer>, FieldErrors> {
    let mut errors = FieldErrors::new();
    let mut answers = Vec::new();
    for question in questions {
        let answer = errors.keep(question.field, question.read(typed(question.field)));
        answers.extend(answer.map(|answer| (question.field.to_owned(), answer)));
    }
    errors.into_result().map(|()| answers)
}

/// No number that anybody is asked for has more.
const DIGITS: usize = 9;

fn between(least: u32, most: u32) -> Reason {
    Reason::own(
        "number_between",
        format!("请填写 {least} 到 {most} 之间的整数。"),
        format!("Enter a whole number from {least} to {most}."),
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ASKED: &Asked = &Asked::typed("any_missing", ("请填写。", "Please answer."), ("回答", "answer"));
    static QUESTIONS: [Question; 3] = [
        Question {
            field: "guests",
            asked: ASKED,
            label: ["", ""],
            hint: ["", ""],
            kind: Kind::Number { least: 0, most: 20 },
        },
        Question { field: "wish", asked: ASKED, label: ["", ""], hint: ["", ""], kind: Kind::Text { longest: 5 } },
        Question { field: "names", asked: ASKED, label: ["", ""], hint: ["", ""], kind: Kind::Names { longest: 5 } },
    ];

    #[test]
    fn a_number_is_read_however_it_is_typed_and_only_within_its_limits() {
        let read = |typed: &str| QUESTIONS[0].read(typed);
        assert_eq!(read(" １２ ").as_deref(), Ok("12"));
        assert_eq!(read("007").as_deref(), Ok("7"));
        assert_eq!(read("12 人").as_deref(), Ok("12"));
        assert_eq!(read("十二位").as_deref(), Ok("12"));
        for typed in ["21", "-1", "1-5", "1 5", "1–0", "+3", "-1x", "1.5", "many", "99999999999", "二十一"] {
            assert_eq!(read(typed).unwrap_err().code(), "number_between", "{typed}");
        }
        assert_eq!(read(" "), Err(Reason::Missing(ASKED)));
        assert_eq!(read("1\0"), Err(Reason::ControlCharacter));
    }

    #[test]
    fn a_text_is_shown_again_only_by_its_beginning() {
        assert_eq!(QUESTIONS[1].masked("张三、李四"), "张***");
        assert_eq!(QUESTIONS[1].masked("नि"), "नि***");
        assert_eq!(QUESTIONS[2].masked("ชัย"), "ชั***");
        assert_eq!(QUESTIONS[1].masked(""), "***");
        assert_eq!(QUESTIONS[0].masked("20"), "20");
    }

    #[test]
    fn a_wish_may_have_an_emoji_and_a_name_may_not() {
        assert_eq!(QUESTIONS[1].read("永远❤").as_deref(), Ok("永远❤"));
        assert_eq!(QUESTIONS[2].read("张三❤").unwrap_err().code(), "name_character");
        assert_eq!(QUESTIONS[2].read("สมชัย").as_deref(), Ok("สมชัย"));
    }

    #[test]
    fn all_that_is_wrong_is_told_at_once_and_nothing_is_kept_of_it() {
        let errors = read_all(&QUESTIONS, |_| "123456").unwrap_err();
        let fields: Vec<_> = errors.iter().map(|error| error.field.as_str()).collect();
        assert_eq!(fields, ["guests", "wish", "names"]);
        let answers = read_all(&QUESTIONS, |field| if field == "guests" { "3" } else { "你好" }).unwrap();
        assert_eq!(
            answers,
            [("guests", "3"), ("wish", "你好"), ("names", "你好")].map(|(field, text)| (field.into(), text.into()))
        );
    }

    proptest! {
        #[test]
        fn whatever_is_typed_an_answer_read_again_is_the_same(typed in ".{0,12}") {
            for question in &QUESTIONS {
                if let Ok(answer) = question.read(&typed) {
                    prop_assert_eq!(question.read(&answer), Ok(answer));
                }
            }
        }
    }
}
