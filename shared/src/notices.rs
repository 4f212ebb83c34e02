//! Notices: what the bureau tells those who come, where and for how long. A notice is text and never a rule: nothing that it
//! says changes what can be booked.

pub mod draft;
pub mod link;
pub mod prose;
pub mod refusal;
pub mod wording;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

use crate::locale::Locale;
use crate::places::PlaceId;
use crate::staff::{OrganisationId, Whereabouts};
pub use draft::Draft;
pub use refusal::Refusal;
pub use wording::Wording;

/// Whom the notices of the bureau as a whole belong to, as the scope of a role names it.
pub const BUREAU: &str = "bureau";

/// Where a notice stands.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "on", content = "subject", rename_all = "snake_case")]
pub enum Board {
    Home,
    /// The pages of a service, by its name in the settings.
    Service(String),
    /// The pages of a place and of those that belong to it.
    Place(PlaceId),
}

impl Board {
    /// The word in the database, and the name beside it.
    pub fn columns(&self) -> (&'static str, &str) {
        match self {
            Self::Home => ("home", ""),
            Self::Service(name) => ("service", name),
            Self::Place(id) => ("place", id.as_str()),
        }
    }

    /// Reads a board back from its columns; `None` if they are not one.
    pub fn restore(kind: &str, subject: &str) -> Option<Self> {
        match kind {
            "home" if subject.is_empty() => Some(Self::Home),
            "service" => crate::id::plain(subject).ok().map(Self::Service),
            "place" => PlaceId::parse(subject).ok().map(Self::Place),
            _ => None,
        }
    }

    /// As one word, for forms: `home`, `service:marriage`, `place:nanshan`.
    pub fn word(&self) -> String {
        match self.columns() {
            (kind, "") => kind.to_owned(),
            (kind, subject) => format!("{kind}:{subject}"),
        }
    }

    pub fn from_word(word: &str) -> Option<Self> {
        let (kind, subject) = word.split_once(':').unwrap_or((word, ""));
        Self::restore(kind, subject)
    }
}

/// How a notice is meant.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Tone {
    #[default]
    Info,
    Warning,
}

impl Tone {
    pub const ALL: &'static [Self] = Self::VARIANTS;

    /// The name in the database and in forms.
    pub fn name(self) -> &'static str {
        self.into()
    }

    pub fn from_name(name: &str) -> Option<Self> {
        name.parse().ok()
    }

    pub fn words(self, locale: Locale) -> &'static str {
        match self {
            Self::Info => locale.say("一般通知", "for information"),
            Self::Warning => locale.say("重要提醒", "important"),
        }
    }
}

/// All that a notice is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    #[serde(flatten)]
    pub board: Board,
    pub tone: Tone,
    pub zh: Wording,
    /// Where there is none, the Chinese one stands on English pages too.
    pub en: Option<Wording>,
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub from: DateTime<Utc>,
    /// Excluded.
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub until: DateTime<Utc>,
}

/// How a notice stands in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Phase {
    Current,
    Coming,
    Past,
}

impl Notice {
    /// The words in a language, and the language that they are in.
    pub fn say(&self, locale: Locale) -> (&Wording, Locale) {
        match (locale, &self.en) {
            (Locale::En, Some(en)) => (en, Locale::En),
            _ => (&self.zh, Locale::Zh),
        }
    }

    pub fn phase(&self, now: DateTime<Utc>) -> Phase {
        if self.until <= now || self.until <= self.from {
            Phase::Past
        } else if self.from <= now {
            Phase::Current
        } else {
            Phase::Coming
        }
    }

    /// The same notice, ended now: one that has not begun never does.
    #[must_use]
    pub fn ended(mut self, now: DateTime<Utc>) -> Self {
        self.until = self.until.min(now.max(self.from));
        self
    }
}

/// Where the notices of the bureau as a whole are: the home page and a service belong to no office, so a role for one office
/// does not reach them. Who edits them has that role for the organisation `bureau`, or one at each of its offices, which is
/// the same in a bureau that has one.
pub fn bureau() -> Whereabouts {
    Whereabouts { organisation: OrganisationId::parse(BUREAU).ok(), ..Whereabouts::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(time: &str) -> DateTime<Utc> {
        time.parse().unwrap()
    }

    fn notice() -> Notice {
        Notice {
            board: Board::Home,
            tone: Tone::Info,
            zh: Wording::parse("通知", "五月二十日人多。").unwrap(),
            en: None,
            from: at("2026-05-13T02:00:00Z"),
            until: at("2026-05-20T02:00:00Z"),
        }
    }

    #[test]
    fn a_board_comes_back_from_its_columns_and_from_its_word() {
        let place = Board::Place(PlaceId::parse("nanshan").unwrap());
        for board in [Board::Home, Board::Service("marriage".to_owned()), place] {
            let (kind, subject) = board.columns();
            assert_eq!(Board::restore(kind, subject).as_ref(), Some(&board));
            assert_eq!(Board::from_word(&board.word()), Some(board));
        }
        for word in ["", "home:x", "service", "service:a b", "place:../x", "everywhere"] {
            assert_eq!(Board::from_word(word), None, "{word}");
        }
    }

    #[test]
    fn a_notice_begins_and_ends_by_the_clock() {
        let notice = notice();
        assert_eq!(notice.phase(at("2026-05-13T01:59:59Z")), Phase::Coming);
        assert_eq!(notice.phase(notice.from), Phase::Current);
        assert_eq!(notice.phase(notice.until), Phase::Past);
        let ended = notice.clone().ended(at("2026-05-14T00:00:00Z"));
        assert_eq!(ended.phase(at("2026-05-14T00:00:00Z")), Phase::Past);
        let never = notice.clone().ended(at("2026-05-01T00:00:00Z"));
        assert_eq!((never.until, never.phase(at("2026-05-01T00:00:00Z"))), (notice.from, Phase::Past));
        assert_eq!(notice.clone().ended(at("2026-06-01T00:00:00Z")), notice, "one that is over stays so");
    }

    #[test]
    fn an_english_page_has_the_chinese_words_where_there_are_no_others() {
        let mut notice = notice();
        assert_eq!(notice.say(Locale::En).1, Locale::Zh);
        notice.en = Some(Wording::parse("Notice", "A busy day.").unwrap());
        assert_eq!(notice.say(Locale::En).0.title(), "Notice");
        assert_eq!(notice.say(Locale::Zh).0.title(), "通知");
    }
}
