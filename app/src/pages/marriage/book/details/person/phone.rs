//! The phone that codes and reminders go to.

use leptos::prelude::*;
use shared::{field::FieldMessage, identity::Phone, locale::Locale, marriage::PartyInput};

use crate::{
    components::{checkbox::Checkbox, error_summary::message_at, phone_field::PhoneField},
    pages::marriage::book::who::Who,
    pairs::value,
};

/// Writes the phone into the draft. A code that was typed for another phone goes with it, and a couple that
/// shares a phone still shares it when the groom's changes.
pub(super) fn fill(parties: &mut [PartyInput; 2], who: Who, typed: &[(String, String)]) {
    let shared = share_a_phone(parties);
    let phone = match who {
        Who::Second if value(typed, "shared") == Some("yes") => parties[0].phone.clone(),
        _ => value(typed, "phone").unwrap_or_default().to_owned(),
    };
    let mut put = |index: usize| {
        parties[index].phone.clone_from(&phone);
        parties[index].phone_code.clear();
    };
    put(who.index());
    if who == Who::First && shared {
        put(1);
    }
}

fn share_a_phone([first, second]: &[PartyInput; 2]) -> bool {
    match (Phone::parse(&first.phone), Phone::parse(&second.phone)) {
        (Ok(first), Ok(second)) => first == second,
        _ => false,
    }
}

pub(super) fn draw(locale: Locale, who: Who, parties: &[PartyInput; 2], messages: &[FieldMessage]) -> AnyView {
    let hint = locale.say(
        "用来接收验证码和提醒。境外手机请以“+”和地区代码开头。",
        "We send the code and reminders to this number. If it is from outside the mainland, start with + and the \
         country code.",
    );
    // Nothing to share before the groom's phone is known.
    let shared = (who == Who::Second && Phone::parse(&parties[0].phone).is_ok()).then(|| {
        view! {
            <Checkbox
                locale=locale
                name="shared"
                label=locale.say("与男方共用一部手机", "We share the groom’s phone")
                ticked=share_a_phone(parties)
            />
        }
    });
    view! {
        <div class="contact flow">
            {shared}
            <div class="own-phone">
                <PhoneField
                    locale=locale
                    name="phone"
                    label=locale.say("手机号码", "Mobile number")
                    value=parties[who.index()].phone.clone()
                    hint=Some(hint.to_owned())
                    error=message_at(messages, "phone")
                />
            </div>
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn couple(first: &str, second: &str) -> [PartyInput; 2] {
        [first, second].map(|phone| PartyInput {
            phone: phone.to_owned(),
            phone_code: "123456".to_owned(),
            ..PartyInput::default()
        })
    }

    fn typed(phone: &str, shared: &str) -> [(String, String); 2] {
        [("phone", phone), ("shared", shared)].map(|(name, text)| (name.to_owned(), text.to_owned()))
    }

    #[test]
    fn a_shared_phone_is_copied_and_follows_the_grooms() {
        let mut parties = couple("138 0000 0000", "");
        fill(&mut parties, Who::Second, &typed("", "yes"));
        assert_eq!(parties[1].phone, "138 0000 0000");
        fill(&mut parties, Who::First, &typed("13900000000", ""));
        assert_eq!(parties.map(|party| party.phone), ["13900000000", "13900000000"]);
    }

    #[test]
    fn a_phone_of_her_own_stays_when_his_changes() {
        let mut parties = couple("13800000000", "13700000000");
        fill(&mut parties, Who::First, &typed("13900000000", ""));
        assert_eq!(parties[1].phone, "13700000000");
        assert_eq!((parties[0].phone_code.as_str(), parties[1].phone_code.as_str()), ("", "123456"));
    }
}
