//! Who one person is: the questions, and what is read of them. Those that do not belong to the chosen kind are hidden by the style sheet
//! (`style/40-appointments.css`), so that it works without scripts; a browser that cannot do that shows them all.

use leptos::prelude::*;
use shared::{
    civil_date::DateBoxes,
    field::FieldMessage,
    identity::IdType,
    locale::Locale,
    marriage::{PartyInput, PartyKind},
};

use crate::{
    components::{
        choice::{Choice, ChoiceOption},
        date_field::DateField,
        error_summary::message_at,
        id_field::IdField,
        text_field::TextField,
    },
    islands::IdCheck,
    pages::marriage::book::who::Who,
    pairs::value,
    visit::Visit,
};

/// Each kind of person has its own list of documents, so that one list's answer never speaks for another kind.
pub(super) fn fill(party: &mut PartyInput, who: Who, typed: &[(String, String)]) {
    let text = |name: &str| value(typed, name).unwrap_or_default().to_owned();
    party.kind = text("kind");
    party.id_type = match PartyKind::from_wire(&party.kind) {
        Some(PartyKind::HkMacaoTaiwan | PartyKind::Foreigner) => text(id_type_field(&party.kind)),
        Some(PartyKind::Mainland) => IdType::ResidentId.wire().to_owned(),
        Some(PartyKind::OverseasChinese) => IdType::Passport.wire().to_owned(),
        None => String::new(),
    };
    let [year, month, day] = ["birth_date.year", "birth_date.month", "birth_date.day"].map(text);
    // These numbers say the birth date themselves, and the form does not show the question then.
    let carried = [IdType::ResidentId, IdType::HkMacaoTaiwanResidencePermit].map(IdType::wire);
    party.birth_date =
        if carried.contains(&party.id_type.as_str()) { String::new() } else { DateBoxes { year, month, day }.join() };
    who.sex().wire().clone_into(&mut party.sex);
    party.name = text("name");
    party.id_number = text("id_number");
}

pub(super) fn draw(visit: &Visit, party: &PartyInput, messages: &[FieldMessage]) -> AnyView {
    let locale = visit.locale;
    // Nearly everybody is from the mainland, so that is chosen to begin with.
    let kind = if party.kind.is_empty() { PartyKind::Mainland.wire() } else { &party.kind };
    let kinds = PartyKind::ALL.iter().map(|kind| ChoiceOption::new(kind.wire(), kind.label(locale)));
    let name_hint = locale.say("与证件上的一致", "As shown on the document");
    view! {
        <div class="identity flow">
            <TextField
                locale=locale
                name="name"
                label=locale.say("姓名", "Name")
                value=party.name.clone()
                hint=Some(name_hint.to_owned())
                error=message_at(messages, "name")
            />
            <div class="kinds">
                <Choice
                    locale=locale
                    name="kind"
                    legend=locale.say("是哪里的居民？", "Residency")
                    answers=kinds.collect()
                    chosen=kind
                    error=message_at(messages, "kind")
                />
            </div>
            {documents(locale, PartyKind::HkMacaoTaiwan, party, messages)}
            {documents(locale, PartyKind::Foreigner, party, messages)}
            {number(visit, party, messages)}
            {birth_date(visit, party, messages)}
        </div>
    }
    .into_any()
}

/// The list of documents of a kind of person; kinds with one document have none.
pub(super) fn id_type_field(kind: &str) -> &'static str {
    match PartyKind::from_wire(kind) {
        Some(PartyKind::Foreigner) => "id_type.foreigner",
        _ => "id_type.hk_macao_taiwan",
    }
}

fn documents(locale: Locale, kind: PartyKind, party: &PartyInput, messages: &[FieldMessage]) -> AnyView {
    let name = id_type_field(kind.wire());
    let class = if kind == PartyKind::Foreigner { "for-foreigner" } else { "for-hk-macao-taiwan" };
    let legend = match kind {
        PartyKind::Foreigner => locale.say("外国人用哪种证件", "Which document does the foreign national use?"),
        _ => locale.say("港澳台居民用哪种证件", "Which document does the Hong Kong, Macao or Taiwan resident use?"),
    };
    let answers = kind.id_types().iter().map(|id_type| ChoiceOption::new(id_type.wire(), id_type.label(locale)));
    let chosen = if party.kind == kind.wire() { party.id_type.clone() } else { String::new() };
    view! {
        <div class=class>
            <Choice
                locale=locale
                name=name
                legend=legend
                answers=answers.collect()
                chosen=chosen
                error=message_at(messages, name)
            />
        </div>
    }
    .into_any()
}

fn number(visit: &Visit, party: &PartyInput, messages: &[FieldMessage]) -> AnyView {
    let locale = visit.locale;
    let hint = locale.say(
        "居民身份证是 18 位，最后一位可以是 X。通行证和护照照证件上的号码填写。",
        "A resident ID number has 18 characters and the last may be X. Enter a permit or passport number as shown on \
         the document.",
    );
    let error = message_at(messages, "id_number");
    let (value, hint) = (party.id_number.clone(), Some(hint.to_owned()));
    view! {
        <IdCheck>
            <IdField
                locale=locale
                name="id_number"
                label=locale.say("证件号码", "Document number")
                value=value
                hint=hint
                error=error
            />
        </IdCheck>
    }
    .into_any()
}

fn birth_date(visit: &Visit, party: &PartyInput, messages: &[FieldMessage]) -> AnyView {
    let locale = visit.locale;
    let hint = locale.say(
        "通行证和护照的号码里没有出生日期，所以要填写。18 位的永久居留身份证不用填。",
        "Permit and passport numbers do not show it. You do not need to enter it for an 18-character permanent \
         resident card.",
    );
    let card = IdType::ForeignPermanentResidentId.wire();
    let class = if party.id_type == card { "for-birth for-card" } else { "for-birth" };
    view! {
        <div class=class>
            <DateField
                locale=locale
                name="birth_date"
                legend=locale.say("出生日期", "Date of birth")
                value=DateBoxes::split(&party.birth_date)
                hint=Some(hint.to_owned())
                error=message_at(messages, "birth_date")
            />
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(kind: &str) -> PartyInput {
        let typed = [
            ("kind", kind),
            ("name", "张三"),
            ("id_type.hk_macao_taiwan", "taiwan_permit"),
            ("id_type.foreigner", "passport"),
            ("id_number", "440308199901101512"),
            ("birth_date.year", "1999"),
            ("birth_date.month", "1"),
            ("birth_date.day", "10"),
        ];
        let mut party = PartyInput::default();
        fill(&mut party, Who::First, &typed.map(|(name, text)| (name.to_owned(), text.to_owned())));
        party
    }

    #[test]
    fn each_kind_of_person_is_asked_for_its_own_document() {
        for (kind, id_type, birth_date) in [
            ("mainland", "resident_id", ""),
            ("hk_macao_taiwan", "taiwan_permit", "1999-1-10"),
            ("overseas_chinese", "passport", "1999-1-10"),
            ("foreigner", "passport", "1999-1-10"),
            ("", "", "1999-1-10"),
        ] {
            let party = filled(kind);
            assert_eq!((party.id_type.as_str(), party.birth_date.as_str()), (id_type, birth_date), "{kind}");
        }
    }
}
