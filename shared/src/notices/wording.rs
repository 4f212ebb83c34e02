//! What a notice says in one language.

use serde::{Deserialize, Serialize};

use super::prose::{self, Piece};
use crate::field::{Asked, FieldErrors, Reason};
use crate::identity::clean;

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
        "链接请写成“[文字](/marriage)”或“[文字](https://….gov.cn/…)”：只能通到本站，或者政府网站（https、gov.cn）。",
        "Write a link as “[words](/marriage)” or “[words](https://….gov.cn/…)”: it leads to this portal or, over https, \
         to a site of the government (gov.cn).",
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
