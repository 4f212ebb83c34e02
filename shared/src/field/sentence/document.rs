//! What to do about a name, a document or the couple.

use super::shown;
use crate::field::reason::Reason;
use crate::identity::IdType;
use crate::locale::Locale;
use crate::marriage::PartyKind;

pub(super) fn name(reason: &Reason, locale: Locale) -> String {
    match (reason, locale) {
        (Reason::NameCharacter(character), Locale::Zh) => {
            format!("请去掉姓名里的“{}”。姓名可以有汉字、字母、间隔号“·”、连字符和空格。", shown(*character))
        }
        (Reason::NameCharacter(character), Locale::En) => format!(
            "Please take “{}” out of the name. A name may have letters of any script, \
             the dot “·”, hyphens, apostrophes and spaces.",
            shown(*character)
        ),
        (_, Locale::Zh) => "请填写证件上的完整姓名，不能只有标点。".to_owned(),
        (_, Locale::En) => "Enter the full name on the document, not only its marks.".to_owned(),
    }
}

pub(super) fn id_number(reason: &Reason, locale: Locale) -> String {
    match reason {
        Reason::OldIdNumber => locale
            .say(
                "这是旧的 15 位身份证号码。请填写现在身份证上的 18 位号码。",
                "This is an old 15-digit ID number. Enter the 18-character number on your current card.",
            )
            .to_owned(),
        Reason::IdLength { found } => match locale {
            Locale::Zh => format!("请填写 18 位证件号码，最后一位可以是 X。现在是 {found} 位，请对照证件核对。"),
            Locale::En => format!(
                "Enter all 18 characters of the number; the last may be X. This has {found}, \
                 please compare it with the document."
            ),
        },
        Reason::IdCharacter(character) => id_character(*character, locale),
        Reason::IdAddress => locale
            .say(
                "身份证号码不会以 0 开头，请对照证件核对前 6 位。",
                "An ID number never starts with 0. Please compare the first six digits with the card.",
            )
            .to_owned(),
        Reason::IdBirthDate => locale
            .say(
                "号码的第 7 到 14 位是出生年月日，现在的这 8 位不是一个日期，请对照证件核对。",
                "Digits 7 to 14 of the number are the date of birth, and these are not a date. \
                 Please compare them with the document.",
            )
            .to_owned(),
        _ => locale
            .say(
                "这个号码的最后一位和前面对不上，可能有一位填错或两位填反了，请对照证件从头核对。",
                "The last character does not fit the others, so one of them may be mistyped or two \
                 swapped. Please compare the whole number with the document.",
            )
            .to_owned(),
    }
}

fn id_character(character: char, locale: Locale) -> String {
    let meant = match character {
        'O' | 'Q' | 'D' => Some('0'),
        'I' | 'L' => Some('1'),
        _ => None,
    };
    match (meant, locale) {
        (Some(digit), Locale::Zh) => {
            format!("号码里的“{character}”是不是数字 {digit}？请改过来；只有最后一位可以是字母 X。")
        }
        (Some(digit), Locale::En) => format!(
            "Is the “{character}” in the number a {digit}? Please change it; only the last \
             character may be a letter, X."
        ),
        (None, Locale::Zh) => format!("证件号码由数字组成，只有最后一位可以是 X。请去掉或改正“{}”。", shown(character)),
        (None, Locale::En) => format!(
            "The number is made of digits, and only the last character may be X. \
             Please take out or change “{}”.",
            shown(character)
        ),
    }
}

pub(super) fn other_document(choose: IdType, locale: Locale) -> String {
    let document = choose.label(locale);
    let kind = PartyKind::ALL.into_iter().find(|kind| kind.id_types().contains(&choose));
    let person = kind.map_or("", |kind| kind.label(locale));
    match locale {
        Locale::Zh => format!(
            "这是“{document}”的号码。如果用这个证件预约，请把人员类别选为“{person}”，证件类型选为“{document}”；\
             如果用别的证件，请填写那个证件上的号码。"
        ),
        Locale::En => format!(
            "This is the number of a different document: {document}. To book with it, choose \
             “{person}” and that document; otherwise enter the number of the document you chose."
        ),
    }
}

pub(super) fn document_shape(id_type: IdType, locale: Locale) -> &'static str {
    match id_type {
        IdType::ResidentId => locale
            .say("请填写 18 位身份证号码，最后一位可以是 X。", "Enter the 18-character ID number; the last may be X."),
        IdType::HkMacaoTaiwanResidencePermit => locale.say(
            "请填写居住证上的 18 位号码，它以 81、82 或 83 开头。",
            "Enter the 18-character number of the residence permit; it starts with 81, 82 or 83.",
        ),
        IdType::HkMacaoPermit => locale.say(
            "请填写通行证号码：字母 H 或 M 加 8 位数字。末尾若另有两位换证次数，不用填。",
            "Enter the permit number: H or M and eight digits. Leave out the two digits of the \
             issue count, if the card shows them.",
        ),
        IdType::TaiwanPermit => locale.say(
            "请填写台胞证号码，一共 8 位数字。末尾若另有两位签发次数，不用填。",
            "Enter the permit number: eight digits. Leave out the two digits of the issue count, \
             if the card shows them.",
        ),
        IdType::Passport => locale.say(
            "请填写护照号码：5 到 15 位字母和数字，其中至少有一个数字。",
            "Enter the passport number: 5 to 15 letters and digits, with at least one digit.",
        ),
        IdType::ForeignPermanentResidentId => locale.say(
            "请填写永久居留身份证号码：18 位，以 9 开头；旧版卡是 3 个字母加 12 位数字。",
            "Enter the card number: 18 characters starting with 9, or on older cards three letters \
             and twelve digits.",
        ),
    }
}

pub(super) fn id_type_not_for_kind(kind: PartyKind, locale: Locale) -> String {
    let labels: Vec<_> = kind.id_types().iter().map(|id_type| id_type.label(locale)).collect();
    let person = kind.label(locale);
    match (locale, labels.split_last()) {
        (Locale::En, Some((last, others))) if !others.is_empty() => {
            english(person, &[others.join(", "), (*last).to_owned()].join(" or "))
        }
        (Locale::En, _) => english(person, &labels.join(", ")),
        (Locale::Zh, _) => {
            format!("{person}办理结婚登记，证件请选择：{}。如果这位属于别的类别，请改选人员类别。", labels.join("、"))
        }
    }
}

fn english(person: &str, documents: &str) -> String {
    format!(
        "For “{person}”, choose one of these documents: {documents}. If another kind of person fits \
         better, choose that instead."
    )
}

pub(super) fn couple(reason: &Reason, locale: Locale) -> String {
    match reason {
        Reason::BirthDateContradictsId => locale
            .say(
                "这个出生日期和证件号码里的不一样，请对照证件核对，两处要一致。",
                "This date of birth is not the one in the document number. Please compare both with \
                 the document.",
            )
            .to_owned(),
        Reason::SexContradictsId => locale
            .say(
                "这里选的性别和证件号码里的不一样，请对照证件核对，两处要一致。",
                "This is not the sex in the document number. Please compare both with the document.",
            )
            .to_owned(),
        Reason::SamePersonTwice => locale
            .say(
                "两位填的是同一个证件号码，请在这里填写另一位的证件号码。",
                "Both of you have the same document number. Enter the other person's number here.",
            )
            .to_owned(),
        Reason::UnderAge { from } => match locale {
            Locale::Zh => format!(
                "到您选的那天，这位还没到法定结婚年龄（男 22 周岁，女 20 周岁）。请选择 {}或以后的日期。",
                locale.date(*from)
            ),
            Locale::En => format!(
                "On the day you chose, this person is not yet old enough to marry (men 22, women 20). \
                 Choose {} or a later day.",
                locale.date(*from)
            ),
        },
        Reason::PartyCount { found } => match locale {
            Locale::Zh => format!("结婚登记要填写两个人的资料，现在是 {found} 个人，请核对。"),
            Locale::En => format!("A marriage needs the details of two people, and there are {found}. Please check."),
        },
        _ => locale
            .say(
                "没有找到为您保留的时间，请重新选择预约时间。已填的资料可以继续用。",
                "We cannot find the time held for you. Please choose a time again; what you have \
                 filled in can still be used.",
            )
            .to_owned(),
    }
}
