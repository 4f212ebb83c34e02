//! A notice as it is typed.

use chrono::{DateTime, Days, NaiveDateTime, Timelike, Utc};

use super::{Board, Notice, Tone, Wording};
use crate::calendar::{at, shanghai};
use crate::field::{Asked, FieldErrors, Reason};

/// What was typed into the form, right or wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    pub board: String,
    pub tone: String,
    pub title: String,
    pub text: String,
    pub title_en: String,
    pub text_en: String,
    /// On the clock of Shanghai, as browsers send it: `2026-05-20T09:00`.
    pub from: String,
    pub until: String,
}

/// The longest that a notice stands.
const LONGEST: Days = Days::new(366);

const BOARD: &Asked = &Asked::one_of("notice_board_missing", "请选择放在哪里。", "Choose where it stands.");
const TONE: &Asked = &Asked::one_of("notice_tone_missing", "请选择语气。", "Choose how it is meant.");
const FROM: &Asked = &Asked::typed(
    "notice_from_missing",
    ("请填写从什么时候开始显示。", "Enter when it begins to be shown."),
    ("开始时间", "beginning"),
);
const UNTIL: &Asked = &Asked::typed(
    "notice_until_missing",
    ("请填写显示到什么时候。每条通知都有结束的时候。", "Enter when it ends. Every notice has an end."),
    ("结束时间", "end"),
);

impl Draft {
    /// The form of a notice that stands already.
    pub fn of(notice: &Notice) -> Self {
        let en = notice.en.as_ref();
        Self {
            board: notice.board.word(),
            tone: notice.tone.name().to_owned(),
            title: notice.zh.title().to_owned(),
            text: notice.zh.text().to_owned(),
            title_en: en.map(|en| en.title().to_owned()).unwrap_or_default(),
            text_en: en.map(|en| en.text().to_owned()).unwrap_or_default(),
            from: typed(notice.from),
            until: typed(notice.until),
        }
    }

    /// The form of a notice that begins now.
    pub fn new(now: DateTime<Utc>) -> Self {
        Self { tone: Tone::default().name().to_owned(), from: typed(now), ..Self::default() }
    }

    /// The notice; whether its board exists is another question.
    ///
    /// # Errors
    /// One for each field that needs attention, named as in the form.
    pub fn read(&self, now: DateTime<Utc>) -> Result<Notice, FieldErrors> {
        let mut errors = FieldErrors::new();
        let board = errors.keep("where", crate::field::choice(BOARD, &self.board, Board::from_word));
        let tone = errors.keep("tone", crate::field::choice(TONE, &self.tone, Tone::from_name));
        let zh = errors.keep_all(Wording::write(&self.title, &self.text));
        let has_english = !(self.title_en.trim().is_empty() && self.text_en.trim().is_empty());
        let en = if has_english {
            let en = Wording::write(&self.title_en, &self.text_en);
            errors.keep_all(en.map(Some).map_err(of_english))
        } else {
            Some(None)
        };
        let from = errors.keep("from", moment(FROM, &self.from));
        let until = errors.keep("until", moment(UNTIL, &self.until).and_then(|until| ending(from, until, now)));
        match (board, tone, zh, en, from, until) {
            (Some(board), Some(tone), Some(zh), Some(en), Some(from), Some(until)) => {
                Ok(Notice { board, tone, zh, en, from, until })
            }
            _ => Err(errors),
        }
    }
}

fn of_english(errors: FieldErrors) -> FieldErrors {
    let renamed = errors.into_iter().map(|mut error| {
        error.field.push_str("_en");
        error
    });
    renamed.collect()
}

fn moment(asked: &'static Asked, typed: &str) -> Result<DateTime<Utc>, Reason> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Err(Reason::Missing(asked));
    }
    let shapes = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"];
    let local = shapes.iter().find_map(|shape| NaiveDateTime::parse_from_str(typed, shape).ok());
    let shape = || {
        Reason::own(
            "notice_moment",
            "请填写日期和时间，例如 2026-05-20 09:00。",
            "Enter a date and a time, such as 2026-05-20 09:00.",
        )
    };
    let local = local.filter(|local| (2000..=2999).contains(&chrono::Datelike::year(local))).ok_or_else(shape)?;
    Ok(at(local.date(), local.hour() * 60 + local.minute()))
}

fn ending(from: Option<DateTime<Utc>>, until: DateTime<Utc>, now: DateTime<Utc>) -> Result<DateTime<Utc>, Reason> {
    if from.is_some_and(|from| until <= from) {
        return Err(Reason::own("notice_empty", "结束要晚于开始。", "The end must be after the beginning."));
    }
    if until <= now {
        return Err(Reason::own(
            "notice_over",
            "这个时间已经过去了，通知不会再显示。请填写以后的时间。",
            "That is over already, so nobody would see the notice. Enter a time to come.",
        ));
    }
    let latest = from.unwrap_or(now).checked_add_days(LONGEST);
    if latest.is_none_or(|latest| until > latest) {
        return Err(Reason::own(
            "notice_too_long",
            "一条通知最多放一年。到时候还需要，可以再延长。",
            "A notice stands for up to a year. It can be prolonged then.",
        ));
    }
    Ok(until)
}

fn typed(instant: DateTime<Utc>) -> String {
    let local = shanghai(instant);
    format!("{}T{:02}:{:02}", local.date_naive(), local.hour(), local.minute())
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: &str = "2026-05-13T02:00:00Z";

    fn now() -> DateTime<Utc> {
        NOW.parse().unwrap()
    }

    fn draft() -> Draft {
        Draft {
            board: "place:nanshan".to_owned(),
            tone: "warning".to_owned(),
            title: "电梯检修".to_owned(),
            text: "请走楼梯。".to_owned(),
            from: "2026-05-13T10:00".to_owned(),
            until: "2026-05-20 18:00".to_owned(),
            ..Draft::default()
        }
    }

    fn codes(change: impl FnOnce(&mut Draft)) -> Vec<(String, &'static str)> {
        let mut draft = draft();
        change(&mut draft);
        let errors = draft.read(now()).unwrap_err();
        errors.iter().map(|error| (error.field.clone(), error.reason.code())).collect()
    }

    #[test]
    fn a_form_is_read_on_the_clock_of_shanghai_and_written_back_the_same() {
        let notice = draft().read(now()).unwrap();
        assert_eq!(notice.until, "2026-05-20T10:00:00Z".parse::<DateTime<Utc>>().unwrap());
        assert_eq!(notice.en, None);
        assert_eq!(Draft::of(&notice).read(now()).unwrap(), notice);
    }

    #[test]
    fn every_field_says_what_it_wants() {
        let all: Vec<_> = Draft::default().read(now()).unwrap_err().into_iter().map(|error| error.field).collect();
        assert_eq!(all, ["where", "tone", "title", "text", "from", "until"]);
        assert_eq!(codes(|draft| draft.until = "2026-05-13T10:00".to_owned()), [("until".to_owned(), "notice_empty")]);
        assert_eq!(codes(|draft| draft.until = "tomorrow".to_owned()), [("until".to_owned(), "notice_moment")]);
        assert_eq!(codes(|draft| draft.until = "99999-01-01T00:00".to_owned())[0].1, "notice_moment");
        let old =
            |draft: &mut Draft| (draft.from, draft.until) = ("2026-05-01T00:00".into(), "2026-05-02T00:00".into());
        assert_eq!(codes(old), [("until".to_owned(), "notice_over")]);
        assert_eq!(codes(|draft| draft.until = "2027-05-15T00:00".to_owned())[0].1, "notice_too_long");
        assert_eq!(codes(|draft| draft.board = "place:a/b".to_owned())[0].1, "not_offered");
    }

    #[test]
    fn half_a_translation_is_asked_for_whole() {
        assert_eq!(codes(|draft| draft.title_en = "Lift".to_owned()), [("text_en".to_owned(), "notice_text_missing")]);
        let mut whole = draft();
        (whole.title_en, whole.text_en) = ("Lift".to_owned(), "Use the stairs.".to_owned());
        assert_eq!(whole.read(now()).unwrap().en.unwrap().title(), "Lift");
    }
}
