//! The couple on one page, as a clerk types them in for whoever calls or stands there.

use chrono::NaiveDate;
use leptos::prelude::*;
use server::marriage::couple::Couple;
use shared::{
    field::{FieldErrors, FieldMessage},
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
        error_summary::message_at,
        field::{Labelled, described_by},
        id_field::IdField,
        phone_field::PhoneField,
        text_field::TextField,
    },
};

pub(super) const AT_OFFICE: AtOffice = AtOffice {
    fields: |visit, _, typed, messages| {
        Who::BOTH.map(|who| person(visit.locale, who, typed, messages)).into_iter().collect_view().into_any()
    },
    read: |_: &BookingPages, typed, today| read(typed, today),
};

/// Kind of person and document are one choice here.
const DOCUMENT: &str = "document";

fn field(who: Who, name: &str) -> String {
    format!("parties.{}.{name}", who.index())
}

fn documents() -> impl Iterator<Item = (PartyKind, IdType)> {
    PartyKind::ALL.iter().flat_map(|kind| kind.id_types().iter().map(|id_type| (*kind, *id_type)))
}

fn person(locale: Locale, who: Who, typed: &Answers, messages: &[FieldMessage]) -> AnyView {
    let legend = match who {
        Who::First => locale.say("男方", "The groom"),
        Who::Second => locale.say("女方", "The bride"),
    };
    let text = |name: &str| typed.get(&field(who, name)).to_owned();
    let error = |name: &str| message_at(messages, &field(who, name));
    let phone = match who {
        Who::First => None,
        Who::Second => {
            Some(locale.say("没有自己的手机，就留空，用男方的。", "Leave it empty to use the groom’s.").to_owned())
        }
    };
    let born =
        locale.say("号码里没有出生日期的才填，例如 1999-01-10", "Only where the number does not say it: 1999-01-10");
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
            <TextField
                locale=locale
                name=field(who, "birth_date")
                label=locale.say("出生日期", "Date of birth")
                value=text("birth_date")
                hint=Some(born.to_owned())
                error=error("birth_date")
                width="input-short"
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
    let shared = parties[0].phone == parties[1].phone;
    let parties = couple(&parties, shared).map_err(of_this_form)?;
    born_by(&parties, today).map_err(of_this_form)?;
    Ok(Box::new(Couple(parties)))
}

fn party(typed: &Answers, who: Who) -> PartyInput {
    let text = |name: &str| typed.get(&field(who, name)).to_owned();
    let document = text(DOCUMENT);
    let (kind, id_type) = document.split_once('/').unwrap_or_default();
    // These numbers say the birth date themselves.
    let carried = [IdType::ResidentId, IdType::HkMacaoTaiwanResidencePermit].map(IdType::wire).contains(&id_type);
    PartyInput {
        kind: kind.to_owned(),
        name: text("name"),
        id_type: id_type.to_owned(),
        id_number: text("id_number"),
        birth_date: if carried { String::new() } else { text("birth_date") },
        sex: who.sex().wire().to_owned(),
        phone: text("phone"),
        phone_code: String::new(),
    }
}

/// The messages at the fields of this form, which differ a little from those of the request.
fn of_this_form(errors: FieldErrors) -> FieldErrors {
    let mut renamed = FieldErrors::new();
    for error in &errors {
        let (path, last) = error.field.rsplit_once('.').unwrap_or(("", &error.field));
        let last = match last {
            "kind" | "id_type" => DOCUMENT,
            // Whether the number is a man's or a woman's is seen in it.
            "sex" => "id_number",
            other => other,
        };
        renamed.push(format!("{path}.{last}"), error.reason.clone());
    }
    renamed
}
