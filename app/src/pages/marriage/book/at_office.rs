//! The couple on one page, as a clerk types them in for whoever calls or stands there.

use chrono::NaiveDate;
use leptos::prelude::*;
use server::marriage::couple::Couple;
use shared::{
    civil_date::DateBoxes,
    field::{FieldErrors, FieldMessage, Reason},
    identity::IdType,
    locale::Locale,
    marriage::{
        PartyInput, PartyKind,
        booking::{born_by, couple},
    },
};

use super::who::Who;
use crate::{
    appointments::{
        draft::Answers,
        service::{AtOffice, BookingPages, Read},
    },
    components::{
        date_field::DateField,
        error_summary::message_at,
        field::{Labelled, described_by},
        id_field::IdField,
        phone_field::PhoneField,
        text_field::TextField,
    },
};

pub(super) const AT_OFFICE: AtOffice = AtOffice {
    fields: |visit, _, typed, messages| {
        let both = Who::BOTH.map(|who| person(visit.locale, who, typed, messages)).into_iter().collect_view();
        view! { <div class="party-pair">{both}</div> }.into_any()
    },
    read: |_: &BookingPages, typed, today| read(typed, today),
    whose: |locale, named| {
        Who::BOTH.into_iter().find(|who| named.starts_with(&field(*who, ""))).map(|who| called(locale, who))
    },
};

/// Kind of person and document are one choice here.
const DOCUMENT: &str = "document";
const BIRTH_DATE: [&str; 3] = ["birth_date.year", "birth_date.month", "birth_date.day"];

fn field(who: Who, name: &str) -> String {
    format!("parties.{}.{name}", who.index())
}

fn documents() -> impl Iterator<Item = (PartyKind, IdType)> {
    PartyKind::ALL.iter().flat_map(|kind| kind.id_types().iter().map(|id_type| (*kind, *id_type)))
}

fn called(locale: Locale, who: Who) -> &'static str {
    match who {
        Who::First => locale.say("男方", "The groom"),
        Who::Second => locale.say("女方", "The bride"),
    }
}

fn person(locale: Locale, who: Who, typed: &Answers, messages: &[FieldMessage]) -> AnyView {
    let legend = called(locale, who);
    let text = |name: &str| typed.get(&field(who, name)).to_owned();
    let error = |name: &str| message_at(messages, &field(who, name));
    let phone = match who {
        Who::First => None,
        Who::Second => {
            Some(locale.say("没有自己的手机，就留空，用男方的。", "Leave it empty to use the groom’s.").to_owned())
        }
    };
    let born = locale.say("号码里没有出生日期的才填。", "Only where the number does not say it.");
    let [year, month, day] = BIRTH_DATE.map(text);
    view! {
        <fieldset class="flow party">
            <legend class="label">{legend}</legend>
            <TextField
                locale=locale
                name=field(who, "name")
                label=locale.say("姓名（与证件一致）", "Name as on the document")
                value=text("name")
                error=error("name")
            />
            {document(locale, field(who, DOCUMENT), &text(DOCUMENT), error(DOCUMENT))}
            <IdField
                locale=locale
                name=field(who, "id_number")
                label=locale.say("证件号码", "Document number")
                value=text("id_number")
                error=error("id_number")
            />
            <DateField
                locale=locale
                name=field(who, "birth_date")
                legend=locale.say("出生日期", "Date of birth")
                value=DateBoxes { year, month, day }
                hint=Some(born.to_owned())
                error=error("birth_date")
            />
            <PhoneField
                locale=locale
                name=field(who, "phone")
                label=locale.say("手机号码", "Mobile number")
                value=text("phone")
                hint=phone
                error=error("phone")
            />
        </fieldset>
    }
    .into_any()
}

fn document(locale: Locale, name: String, chosen: &str, error: Option<String>) -> AnyView {
    let (described, invalid) = (described_by(&name, false, error.is_some()), error.is_some().then_some("true"));
    let options = documents().map(|(kind, id_type)| {
        let value = format!("{}/{}", kind.wire(), id_type.wire());
        let is_chosen = value == chosen;
        let words = match kind {
            PartyKind::Mainland => id_type.label(locale).to_owned(),
            kind => format!("{}{}{}", kind.label(locale), locale.say("：", ": "), id_type.label(locale)),
        };
        view! { <option value=value selected=is_chosen>{words}</option> }
    });
    let options = options.collect_view();
    view! {
        <Labelled locale=locale name=name.clone() label=locale.say("用哪种证件", "Which document") error=error>
            <select class="input" id=name.clone() name=name aria-describedby=described aria-invalid=invalid>
                {options}
            </select>
        </Labelled>
    }
    .into_any()
}

fn read(typed: &Answers, today: NaiveDate) -> Read {
    let mut parties = Who::BOTH.map(|who| party(typed, who));
    if parties[1].phone.trim().is_empty() {
        let [his, hers] = &mut parties;
        hers.phone.clone_from(&his.phone);
    }
    let is_his = typed.get(&field(Who::Second, "phone")).trim().is_empty();
    let shared = is_his || parties[0].phone == parties[1].phone;
    let parties = couple(&parties, shared).map_err(|errors| of_this_form(errors, is_his))?;
    born_by(&parties, today).map_err(|errors| of_this_form(errors, is_his))?;
    Ok(Box::new(Couple(parties)))
}

fn party(typed: &Answers, who: Who) -> PartyInput {
    let text = |name: &str| typed.get(&field(who, name)).to_owned();
    let document = text(DOCUMENT);
    let (kind, id_type) = document.split_once('/').unwrap_or_default();
    let [year, month, day] = BIRTH_DATE.map(text);
    // These numbers say the birth date themselves.
    let carried = [IdType::ResidentId, IdType::HkMacaoTaiwanResidencePermit].map(IdType::wire).contains(&id_type);
    PartyInput {
        kind: kind.to_owned(),
        name: text("name"),
        id_type: id_type.to_owned(),
        id_number: text("id_number"),
        birth_date: if carried { String::new() } else { DateBoxes { year, month, day }.join() },
        sex: who.sex().wire().to_owned(),
        phone: text("phone"),
        phone_code: String::new(),
    }
}

/// The messages at the fields of this form, which differ a little from those of the request. What is wrong with his phone is
/// told once, where hers was left empty to use it.
fn of_this_form(errors: FieldErrors, phone_is_his: bool) -> FieldErrors {
    let mut renamed = FieldErrors::new();
    for error in &errors {
        let (path, last) = error.field.rsplit_once('.').unwrap_or(("", &error.field));
        let (last, reason) = match last {
            "phone" if phone_is_his && error.field == field(Who::Second, "phone") => continue,
            "kind" | "id_type" => (DOCUMENT, error.reason.clone()),
            // Nobody chose a sex here: whether the number is a man's or a woman's is seen in it.
            "sex" => ("id_number", other_sex(path)),
            other => (other, error.reason.clone()),
        };
        renamed.push(format!("{path}.{last}"), reason);
    }
    renamed
}

fn other_sex(path: &str) -> Reason {
    let is_hers = field(Who::Second, "").starts_with(&format!("{path}."));
    let (zh, en) = if is_hers {
        ("这是男性的号码；男方、女方可能填反了。", "This is a man’s number; the two may be the wrong way round.")
    } else {
        ("这是女性的号码；男方、女方可能填反了。", "This is a woman’s number; the two may be the wrong way round.")
    };
    Reason::own("sex_contradicts_id", zh, en)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_of(more: &[(&str, &str)]) -> Vec<(String, String)> {
        let mut typed = Answers::default();
        let both = [
            ("parties.0.name", "张三"),
            ("parties.0.document", "mainland/resident_id"),
            ("parties.0.id_number", "440308199901101512"),
            ("parties.0.phone", "13800000000"),
            ("parties.1.name", "李四"),
            ("parties.1.document", "mainland/resident_id"),
            ("parties.1.id_number", "440308199901101512"),
            ("parties.1.phone", ""),
        ];
        for (name, text) in both.iter().chain(more) {
            typed.set(*name, text);
        }
        let today = NaiveDate::from_ymd_opt(2026, 5, 13).unwrap();
        let Err(errors) = read(&typed, today) else { return Vec::new() };
        errors.messages(Locale::Zh).into_iter().map(|told| (told.field, told.message)).collect()
    }

    #[test]
    fn a_number_of_the_other_sex_is_told_as_such_and_whose_it_is() {
        let told = read_of(&[]);
        let hers = told.iter().find(|(field, _)| field == "parties.1.id_number").unwrap();
        assert_eq!(hers.1, "这是男性的号码；男方、女方可能填反了。");
        assert_eq!((AT_OFFICE.whose)(Locale::Zh, &hers.0), Some("女方"));
        assert_eq!((AT_OFFICE.whose)(Locale::Zh, "seen"), None);
    }

    #[test]
    fn a_phone_that_was_left_empty_as_told_is_not_wrong() {
        let told = read_of(&[("parties.0.phone", "1380000")]);
        let phones: Vec<_> =
            told.iter().map(|(field, _)| field.as_str()).filter(|field| field.ends_with("phone")).collect();
        assert_eq!(phones, ["parties.0.phone"]);
    }
}
