//! The couple's answers between a half-filled form and the request for the booking.

use server::{
    App,
    appointments::booking::{Claimed, idempotency::RequestKey},
    client::Client,
    error::Error,
};
use shared::{
    identity::Phone,
    locale::Locale,
    marriage::{PartyInput, PartyKind, booking::couple},
};

use super::who::Who;
use crate::appointments::{
    draft::Answers,
    service::{Booking, BookingPages, Contact},
};

/// The fields of one person, with the text of each.
fn fields(party: &mut PartyInput) -> [(&'static str, &mut String); 8] {
    let PartyInput { kind, name, id_type, id_number, birth_date, sex, phone, phone_code } = party;
    [
        ("kind", kind),
        ("name", name),
        ("id_type", id_type),
        ("id_number", id_number),
        ("birth_date", birth_date),
        ("sex", sex),
        ("phone", phone),
        ("phone_code", phone_code),
    ]
}

/// Both people, as they were typed.
pub fn read(answers: &Answers) -> [PartyInput; 2] {
    let mut parties = [PartyInput::default(), PartyInput::default()];
    for (index, party) in parties.iter_mut().enumerate() {
        for (field, text) in fields(party) {
            answers.get(&format!("parties.{index}.{field}")).clone_into(text);
        }
    }
    parties
}

/// Writes both people into a half-filled form. Of a page on which nothing was answered nothing is kept: its first kind
/// of person is chosen to begin with.
pub fn write(answers: &mut Answers, parties: &[PartyInput; 2]) {
    for (index, party) in parties.clone().iter_mut().enumerate() {
        if is_untouched(party) {
            *party = PartyInput::default();
        }
        for (field, text) in fields(party) {
            answers.set(format!("parties.{index}.{field}"), text);
        }
    }
}

/// Whether the two chose to give one phone.
pub fn share_a_phone(answers: &Answers) -> bool {
    answers.get(SHARED_PHONE) == "yes"
}

/// Writes down whether they chose to.
pub fn choose_to_share_a_phone(answers: &mut Answers, shared: bool) {
    answers.set(SHARED_PHONE, if shared { "yes" } else { "" });
}

const SHARED_PHONE: &str = "shared_phone";

fn is_untouched(party: &PartyInput) -> bool {
    let PartyInput { kind, name, id_number, birth_date, phone, phone_code, .. } = party;
    let typed = [name, id_number, birth_date, phone, phone_code];
    kind == PartyKind::Mainland.wire() && typed.into_iter().all(String::is_empty)
}

/// Where the phone of the one who is asked first stands.
pub(super) const FIRST_PHONE: &str = "parties.0.phone";

/// A couple that shares a phone types one code.
pub(super) fn contacts(answers: &Answers) -> Vec<Contact> {
    let phones = [FIRST_PHONE, "parties.1.phone"].map(|field| Phone::parse(answers.get(field)).ok());
    let codes = ["parties.0.phone_code", "parties.1.phone_code"];
    let contacts = Who::BOTH.into_iter().zip(phones).zip(codes).filter_map(|((who, phone), field)| {
        let phone = phone?;
        Some(Contact { phone, field, step: who.step() })
    });
    let mut contacts: Vec<_> = contacts.collect();
    contacts.dedup_by(|second, first| second.phone == first.phone);
    contacts
}

/// Books the held time for the couple, whose answers are read here once.
pub(super) fn book<'a>(
    app: &'a App,
    asker: &'a Client,
    _: &'a BookingPages,
    answers: &'a Answers,
    hold: Claimed,
    key: RequestKey,
    locale: Locale,
) -> Booking<'a> {
    Box::pin(async move {
        let parties = couple(&read(answers), share_a_phone(answers)).map_err(Error::from)?;
        server::marriage::book_claimed(app, asker, hold, (parties, locale), Some(&key), app.now()).await
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answers(phones: [&str; 2]) -> Answers {
        let party = |phone: &str| PartyInput {
            name: "张三".to_owned(),
            phone: phone.to_owned(),
            phone_code: "123456".to_owned(),
            ..PartyInput::default()
        };
        let mut answers = Answers::default();
        write(&mut answers, &phones.map(party));
        answers
    }

    #[test]
    fn what_was_typed_is_read_again() {
        let parties = read(&answers(["138 0000 0000", ""]));
        assert_eq!(parties.each_ref().map(|party| party.phone.as_str()), ["138 0000 0000", ""]);
        assert_eq!(parties[1].name, "张三");
    }

    #[test]
    fn a_page_left_as_it_was_leaves_nothing_and_any_answer_stays() {
        let left = |party: PartyInput| {
            let mut answers = Answers::default();
            write(&mut answers, &[party, PartyInput::default()]);
            (answers.is_empty(), answers.get("parties.0.kind").to_owned())
        };
        let party = |kind: PartyKind, name: &str| PartyInput {
            kind: kind.wire().to_owned(),
            sex: "male".to_owned(),
            id_type: "resident_id".to_owned(),
            name: name.to_owned(),
            ..PartyInput::default()
        };
        assert_eq!(left(party(PartyKind::Mainland, "")), (true, String::new()));
        assert_eq!(left(party(PartyKind::Mainland, "张三")), (false, "mainland".to_owned()));
        assert_eq!(left(party(PartyKind::Foreigner, "")), (false, "foreigner".to_owned()));
    }

    #[test]
    fn each_phone_is_sent_one_code() {
        let fields = |phones| contacts(&answers(phones)).iter().map(|contact| contact.field).collect::<Vec<_>>();
        assert_eq!(fields(["13800000000", "13900000000"]), ["parties.0.phone_code", "parties.1.phone_code"]);
        assert_eq!(fields(["13800000000", "138 0000 0000"]), ["parties.0.phone_code"]);
        assert_eq!(fields(["", "13900000000"]), ["parties.1.phone_code"]);
    }
}
