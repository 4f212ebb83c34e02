//! What can be wrong with what a couple fills in, beyond what is wrong with a name, a number or a date.

use chrono::NaiveDate;

use super::PartyKind;
use crate::field::Reason;
use crate::identity::IdType;
use crate::locale::Locale;

/// Why two people's answers cannot be taken as they are.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum MarriageReason {
    /// A well-formed number of another document.
    OtherDocument { choose: IdType },
    /// This kind of person books with other documents.
    IdTypeNotForKind(PartyKind),
    /// Both parties carry the same document.
    SamePersonTwice,
    /// Both parties give the same phone and did not choose to share one.
    SamePhoneTwice,
    /// Two men or two women (婚姻登记条例 art 7, Civil Code Art 1049).
    SameSex,
    /// Under the marriage age on the chosen day; may marry on or after `from` (Civil Code Art 1047).
    UnderAge { from: NaiveDate },
    /// A marriage takes two people, the request has `found`.
    PartyCount { found: usize },
}

impl From<MarriageReason> for Reason {
    fn from(reason: MarriageReason) -> Self {
        match reason {
            MarriageReason::OtherDocument { choose } => {
                Self::own("id_other_document", other_document(choose, Locale::Zh), other_document(choose, Locale::En))
            }
            MarriageReason::IdTypeNotForKind(kind) => {
                let documents = |locale: Locale| kind.id_types().iter().map(move |id_type| id_type.label(locale));
                let zh = documents(Locale::Zh).collect::<Vec<_>>().join("、");
                let en = documents(Locale::En).collect::<Vec<_>>();
                let en = match en.split_last() {
                    Some((last, others)) if !others.is_empty() => format!("{} or {last}", others.join(", ")),
                    _ => en.concat(),
                };
                Self::own(
                    "id_type_not_for_kind",
                    format!(
                        "{}办理结婚登记，证件请选择：{zh}。如果这位属于别的类别，请改选人员类别。",
                        kind.label(Locale::Zh)
                    ),
                    format!(
                        "For “{}”, choose one of these documents: {en}. If another kind of person fits better, choose \
                         that instead.",
                        kind.label(Locale::En)
                    ),
                )
            }
            MarriageReason::SamePersonTwice => Self::own(
                "same_person_twice",
                "两位填的是同一个证件号码，请在这里填写另一位的证件号码。",
                "Both of you have the same document number. Enter the other person's number here.",
            ),
            MarriageReason::SamePhoneTwice => Self::own(
                "same_phone_twice",
                "两位填的是同一个手机号。请在这里填写这位自己的号码；两人只用一部手机的，请选择共用一部手机。",
                "Both of you have the same phone number. Enter this person's own number here, or choose to share one \
                 phone if you have no other.",
            ),
            MarriageReason::SameSex => Self::own(
                "same_sex",
                "结婚登记只能由男女双方共同申请，请核对两位的证件号码和性别。",
                "Only a man and a woman can register a marriage. Check both document numbers and the sex given.",
            ),
            MarriageReason::UnderAge { from } => Self::own(
                "under_age",
                format!(
                    "到您选的那天，这位还没到法定结婚年龄（男 22 周岁，女 20 周岁）。请选择 {}或以后的日期。",
                    Locale::Zh.date(from)
                ),
                format!(
                    "On the day you chose, this person is not yet old enough to marry (men 22, women 20). Choose {} \
                     or a later day.",
                    Locale::En.date(from)
                ),
            ),
            MarriageReason::PartyCount { found } => Self::own(
                "party_count",
                format!("结婚登记要填写两个人的资料，现在是 {found} 个人，请核对。"),
                format!("A marriage needs the details of two people, and there are {found}. Please check."),
            ),
        }
    }
}

/// Which answers of the form lead to the document that this number belongs to.
fn other_document(choose: IdType, locale: Locale) -> String {
    let document = choose.label(locale);
    let kind = PartyKind::ALL.iter().find(|kind| kind.id_types().contains(&choose));
    let person = kind.map_or("", |kind| kind.label(locale));
    say!(
        locale,
        "这是“{document}”的号码。如果用这个证件预约，请把人员类别选为“{person}”，证件类型选为“{document}”；\
         如果用别的证件，请填写那个证件上的号码。",
        "This is the number of a different document: {document}. To book with it, choose “{person}” and that \
         document; otherwise enter the number of the document you chose."
    )
}
