//! What the office and a family write to each other about a case. The office has sentences that are ready in both languages, so that
//! nobody who has just lost somebody reads one that was put together in a hurry.

use crate::field::{Asked, FieldErrors, choice};
use crate::localised::Localised;
use crate::plain_words::PlainWords;

/// Sentences that are ready.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Template {
    pub name: &'static str,
    /// For the office, which chooses it.
    title: [&'static str; 2],
    words: [&'static str; 2],
}

/// Characters that somebody writes in one message.
pub const LONGEST: usize = 500;

const WORDS: &Asked =
    &Asked::typed("message_missing", ("请写要说的话。", "Write what you want to say."), ("要说的话", "message"));
const TEMPLATE: &Asked = &Asked::chosen(
    "message_template_missing",
    ("请选一段现成的话，或者自己写。", "Choose ready words, or write your own."),
    ("现成的话请从列出的里面选。", "Choose the ready words among those that are listed."),
);

/// Reads a message of the office, in both languages: ready words by their name, words of its own, or one after the other. Its own
/// are the same in both.
///
/// # Errors
/// At `template` and `words`.
pub fn of_office(template: &str, words: &str) -> Result<Localised, FieldErrors> {
    let mut errors = FieldErrors::new();
    let ready = match template.trim() {
        "" => Some(None),
        name => errors.keep("template", choice(TEMPLATE, name, Template::from_name)).map(Some),
    };
    let own = match (words.trim(), &ready) {
        ("", None | Some(Some(_))) => Some(None),
        (words, _) => errors.keep("words", PlainWords::of(WORDS, LONGEST, words)).map(Some),
    };
    let (Some(ready), Some(own)) = (ready, own) else { return Err(errors) };
    let said = |at: usize| {
        let ready = ready.map(|ready| ready.words[at]);
        let parts = ready.into_iter().chain(own.as_ref().map(PlainWords::as_str));
        parts.collect::<Vec<_>>().join(["", " "][at])
    };
    Ok(Localised::new(said(0), said(1)))
}

/// Reads a message of a family.
///
/// # Errors
/// At `words`.
pub fn of_family(words: &str) -> Result<Localised, FieldErrors> {
    let words = PlainWords::of(WORDS, LONGEST, words).map_err(|reason| FieldErrors::one("words", reason))?;
    Ok(Localised::new(words.as_str(), words.as_str()))
}

impl Template {
    pub const ALL: [Self; 6] = [
        Self {
            name: "received",
            title: ["材料收到了", "Papers have come"],
            words: [
                "您交的材料收到了，正在核对。现在不用再寄、再送，有了结果会告诉您。",
                "The papers that you sent have come and are being checked. There is nothing more to send now; you will be told how it \
                 turns out.",
            ],
        },
        Self {
            name: "waiting",
            title: ["还在核对，请再等等", "It takes a little longer"],
            words: [
                "这件申请还在核对，要等别的单位回复，让您久等了。您现在不用做什么。",
                "Your application is still being checked: we wait for an answer from another office. We are sorry that it takes so long. \
                 There is nothing for you to do now.",
            ],
        },
        Self {
            name: "originals",
            title: ["要核对原件", "Originals are to be seen"],
            words: [
                "办理时要核对原件，请您方便的时候带到窗口，核对完当场还给您。不方便来的，请在这里回复，我们一起想办法。",
                "We have to see the originals. Please bring them to the counter when it suits you; you get them back at once. If you \
                 cannot come, answer here and we will find another way.",
            ],
        },
        Self {
            name: "unclear",
            title: ["照片看不清", "A photo cannot be read"],
            words: [
                "有一张照片看不清楚，我们先按看得清的核对。要请您补交的时候，会一次说清楚要补哪几样。",
                "One photo cannot be read. We go on with what can be; should you have to send it again, we say so once, with all that is \
                 needed.",
            ],
        },
        Self {
            name: "call",
            title: ["想打电话说明", "We should like to call"],
            words: [
                "有一件事想打电话和您说清楚，请回复什么时候方便。我们不会在电话里问验证码，也不会请您转账。",
                "We should like to explain something by phone. Please answer when it suits you. On the phone we never ask for codes, and \
                 never for money.",
            ],
        },
        Self {
            name: "elsewhere",
            title: ["不归这里办", "Not ours to settle"],
            words: [
                "您问的这件事不归这里办，请拨打 12345 问是哪个单位。您的申请不受影响。",
                "What you ask for is settled by another office: please call 12345 to hear by which. Your application is not affected.",
            ],
        },
    ];

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|template| template.name == name)
    }

    pub fn title(&self) -> Localised {
        let [zh, en] = self.title;
        Localised::new(zh, en)
    }

    pub fn words(&self) -> Localised {
        let [zh, en] = self.words;
        Localised::new(zh, en)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ready_words_stand_in_both_languages_and_are_such_as_may_be_written() {
        for template in Template::ALL {
            assert_eq!(Template::from_name(template.name), Some(template));
            for text in [template.title(), template.words()].iter().flat_map(|both| [&both.zh, &both.en]) {
                assert_eq!(PlainWords::of(WORDS, LONGEST, text).unwrap().as_str(), text, "{}", template.name);
            }
        }
    }

    #[test]
    fn own_words_come_after_those_that_are_ready() {
        let both = of_office("received", "火化证明的编号也核对过了。").unwrap();
        assert!(both.zh.starts_with("您交的材料收到了") && both.zh.ends_with("告诉您。火化证明的编号也核对过了。"));
        assert!(both.en.starts_with("The papers") && both.en.ends_with("turns out. 火化证明的编号也核对过了。"));
        let own = of_office("", " 请等几天 ").unwrap();
        assert_eq!((own.zh.as_str(), own.en.as_str()), ("请等几天", "请等几天"));
    }

    #[test]
    fn what_says_nothing_or_names_somebody_by_a_number_is_told_at_its_field() {
        let at = |template: &str, words: &str, field: &str| {
            of_office(template, words).unwrap_err().for_field(field).map(crate::field::Reason::code)
        };
        assert_eq!(at("", "", "words"), Some("message_missing"));
        assert_eq!(at("nothing", "", "template"), Some("not_offered"));
        assert_eq!(at("received", "请打 13800138000", "words"), Some("words_number"));
        assert!(of_family("请打 13800138000 找我").unwrap_err().for_field("words").is_some());
        assert_eq!(of_family("请问办得怎么样了？").unwrap().en, "请问办得怎么样了？");
    }
}
