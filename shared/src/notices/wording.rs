//! What a notice says in one language.

use serde::{Deserialize, Serialize};

use super::prose::{self, Piece};
use crate::field::{Asked, FieldErrors, Reason};
use crate::identity::clean;
use crate::plain_words::{has_brackets, has_link, no_brackets, no_link};

/// A title and a text of valid paragraphs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Typed")]
pub struct Wording {
    title: String,
    text: String,
}

/// Characters of a title.
pub const LONGEST_TITLE: usize = 40;
/// Characters of a text, with what makes its links.
pub const LONGEST_TEXT: usize = 600;

const TITLE: &Asked = &Asked::typed(
    "notice_title_missing",
    ("请写标题，一句话说清是什么事。", "Write a title that says in a few words what it is about."),
    ("标题", "title"),
);
const TEXT: &Asked = &Asked::typed(
    "notice_text_missing",
    ("请写正文：什么时候、怎么变、大家该怎么办。", "Write the text: when, what changes, and what people should do."),
    ("正文", "text"),
);

#[derive(Deserialize)]
struct Typed {
    title: String,
    text: String,
}

impl Wording {
    /// As it is typed: whatever leads away is written as a link, and nothing is signed for the bureau. Phones may stand in it, since
    /// whom to call is what many notices say.
    ///
    /// # Errors
    /// One for `title`, one for `text`.
    pub fn write(title: &str, text: &str) -> Result<Self, FieldErrors> {
        let wording = Self::parse(title, text)?;
        let mut errors = FieldErrors::new();
        if has_link(&wording.title) {
            errors.push("title", no_link());
        } else if has_brackets(&wording.title) {
            errors.push("title", no_brackets());
        }
        if wording.paragraphs().iter().any(|pieces| leads_away(pieces)) {
            errors.push("text", bad_link());
        } else if has_brackets(&wording.text) {
            errors.push("text", no_brackets());
        }
        if errors.is_empty() { Ok(wording) } else { Err(errors) }
    }

    /// Also what was kept by the rule of its time.
    ///
    /// # Errors
    /// One for `title`, one for `text`.
    pub fn parse(title: &str, text: &str) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let title = errors.keep("title", self::title(title));
        let text = errors.keep("text", self::text(text));
        match (title, text) {
            (Some(title), Some(text)) => Ok(Self { title, text }),
            _ => Err(errors),
        }
    }

    pub fn title(&self) -> &str {
        &self.title
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text as it is shown.
    pub fn paragraphs(&self) -> Vec<Vec<Piece<'_>>> {
        prose::paragraphs(&self.text).unwrap_or_default()
    }
}

impl TryFrom<Typed> for Wording {
    type Error = FieldErrors;

    fn try_from(typed: Typed) -> Result<Self, FieldErrors> {
        Self::parse(&typed.title, &typed.text)
    }
}

fn title(typed: &str) -> Result<String, Reason> {
    clean::sentence(TITLE, LONGEST_TITLE, typed)
}

fn text(typed: &str) -> Result<String, Reason> {
    let seen: String = typed.chars().filter(|character| !clean::is_invisible(*character)).collect();
    let text = seen.replace("\r\n", "\n").replace('\r', "\n");
    let text = text.trim();
    fits(TEXT, text, LONGEST_TEXT)?;
    if text.chars().any(|letter| letter.is_control() && letter != '\n') {
        return Err(Reason::ControlCharacter);
    }
    prose::paragraphs(text).map_err(|_| bad_link())?;
    Ok(text.to_owned())
}

/// Whether a paragraph does otherwise than by its links: nothing is seen between its pieces.
fn leads_away(pieces: &[Piece<'_>]) -> bool {
    let read: String = pieces.iter().map(Piece::words).collect();
    has_link(&read) || pieces.iter().any(|piece| has_link(piece.words()))
}

fn fits(asked: &'static Asked, text: &str, limit: usize) -> Result<(), Reason> {
    match text.chars().count() {
        0 => Err(Reason::Missing(asked)),
        count if count > limit => Err(Reason::TooLong { asked, limit }),
        _ => Ok(()),
    }
}

fn bad_link() -> Reason {
    Reason::own(
        "notice_link",
        "链接请写成“[文字](/marriage)”或“[文字](https://….gov.cn/…)”：只能通到本站，或者政府网站（https、gov.cn）。别的网址、邮箱和看起来\
         像网址的话都不要写；句号请写“。”。",
        "Write a link as “[words](/marriage)” or “[words](https://….gov.cn/…)”: it leads to this portal or, over https, \
         to a site of the government (gov.cn). Leave other addresses out, and what looks like one.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reasons(title: &str, text: &str) -> Vec<(String, &'static str)> {
        let errors = Wording::parse(title, text).unwrap_err();
        errors.iter().map(|error| (error.field.clone(), error.reason.code())).collect()
    }

    #[test]
    fn each_field_says_what_is_wrong_with_it() {
        let missing = [("title".to_owned(), "notice_title_missing"), ("text".to_owned(), "notice_text_missing")];
        assert_eq!(reasons(" ", "\n\n"), missing);
        let long = [("title".to_owned(), "too_long"), ("text".to_owned(), "too_long")];
        assert_eq!(reasons(&"长".repeat(41), &"长".repeat(601)), long);
        assert_eq!(reasons("好", "http://evil.example"), [("text".to_owned(), "notice_link")]);
        assert_eq!(reasons("一\u{0}", "二\u{7}").len(), 2);
        assert_eq!(reasons("\u{200b}", "\u{202e}"), missing, "nothing that is seen");
    }

    #[test]
    fn what_is_written_anew_leads_away_by_its_links_alone_and_signs_for_nobody() {
        let codes = |title: &str, text: &str| {
            let written = Wording::write(title, text).map_err(|wrong| wrong.iter().map(|e| e.reason.code()).collect());
            written.map_or_else(|codes: Vec<_>| codes, |_| Vec::new())
        };
        for address in ["evil.cn/x", "例子.中国", "例子。com", "evil[.]com", "evil点com", "a@b.cn"] {
            assert_eq!(codes("停电", &format!("请看 {address}")), ["notice_link"], "{address}");
            assert_eq!(codes(&format!("请看 {address}"), "停电。"), ["words_link"], "{address}");
            assert!(Wording::parse("停电", &format!("请看 {address}")).is_ok(), "what stands already is read");
        }
        assert_eq!(codes("停电", "[看 evil.cn](/marriage)"), ["notice_link"]);
        for split in ["退款请到 evil[.](/marriage)com", "evil.[com](/marriage)", "加微信[minzheng_ns](/marriage)"]
        {
            assert_eq!(codes("停电", split), ["notice_link"], "{split}");
        }
        assert_eq!(codes("停电", "停电。请到[这里](/marriage)。Come to [this page](/marriage)."), [""; 0]);
        assert_eq!(codes("【惠民】停电", "请看【惠民】"), ["words_brackets", "words_brackets"]);
        assert!(codes("停电。5.13 改期", "请打 0755-12345678。\n另见[民政部](https://www.mca.gov.cn)。").is_empty());
    }

    #[test]
    fn what_nobody_sees_is_left_out() {
        let wording = Wording::parse("停\u{202e}电", "请走\u{2067}楼梯。").unwrap();
        assert_eq!((wording.title(), wording.text()), ("停电", "请走楼梯。"));
    }

    #[test]
    fn just_as_long_as_may_be_is_kept_as_it_is() {
        let wording = Wording::parse(&"长".repeat(40), &format!(" {}\r\n", "长".repeat(600))).unwrap();
        assert_eq!((wording.title().chars().count(), wording.text().chars().count()), (40, 600));
        let kept = serde_json::to_string(&wording).unwrap();
        assert_eq!(serde_json::from_str::<Wording>(&kept).unwrap(), wording);
    }
}
