//! The phone that codes and reminders go to.

use leptos::prelude::*;
use shared::{
    field::{FieldErrors, FieldMessage},
    identity::Phone,
    locale::Locale,
    marriage::{PartyInput, booking::own_phone},
};

use crate::{
    components::{checkbox::Checkbox, error_summary::message_at, phone_field::PhoneField},
    pages::marriage::book::who::Who,
    pairs::value,
};

/// Writes the phone into the draft. A code that was typed for another phone goes with it, and a couple that chose to
/// share a phone still shares it when the groom's changes. Gives whether they share one now: each has their own unless
/// the bride's page says otherwise.
pub(super) fn fill(parties: &mut [PartyInput; 2], shared: bool, who: Who, typed: &[(String, String)]) -> bool {
    let shared = match who {
        Who::First => shared,
        Who::Second => value(typed, "shared") == Some("yes"),
    };
    let phone = match who {
        Who::Second if shared => parties[0].phone.clone(),
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
    shared
}

/// What keeps a phone from being taken: that it is none, or the other one's without their having chosen to share it.
/// That is told of the bride's, beside which the choice stands.
pub(in crate::pages::marriage::book::details) fn judge(
    parties: &[PartyInput; 2],
    shared: bool,
    who: Who,
) -> Result<(), FieldErrors> {
    let own = parties[who.index()].contact()?;
    match Phone::parse(&parties[0].phone) {
        Ok(his) if who == Who::Second => own_phone(&his, &own.phone, shared),
        _ => Ok(()),
    }
}

pub(super) fn draw(
    locale: Locale,
    who: Who,
    (parties, shared): (&[PartyInput; 2], bool),
    messages: &[FieldMessage],
) -> AnyView {
    let hint = locale.say(
        "用来接收验证码和提醒。境外手机请以“+”和地区代码开头。",
        "We send the code and reminders to this number. If it is from outside the mainland, start with + and the \
         country code.",
    );
    // Nothing to share before the groom's phone is known.
    let sharing = (who == Who::Second && Phone::parse(&parties[0].phone).is_ok()).then(|| {
        let hint = locale.say(
            "每人请填自己的手机号。两人只用一部的，可以共用：到了登记处，先核对两位的证件原件。",
            "Each of you should give your own number. If you have only one phone between you, you can share it: the \
             registry will first check both your original documents.",
        );
        view! {
            <Checkbox
                locale=locale
                name="shared"
                label=locale.say("与男方共用一部手机", "We share the groom’s phone")
                ticked=shared
                hint=Some(hint.to_owned())
            />
        }
    });
    view! {
        <div class="contact flow">
            {sharing}
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
    use shared::marriage::MarriageReason;

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
        assert!(fill(&mut parties, false, Who::Second, &typed("", "yes")));
        assert_eq!(parties[1].phone, "138 0000 0000");
        assert!(fill(&mut parties, true, Who::First, &typed("13900000000", "")));
        assert_eq!(parties.each_ref().map(|party| &*party.phone), ["13900000000", "13900000000"]);
        assert_eq!(judge(&parties, true, Who::Second), Ok(()));
        assert!(!fill(&mut parties, true, Who::Second, &typed("13700000000", "")), "the choice can be taken back");
    }

    #[test]
    fn the_grooms_number_typed_again_is_no_choice_to_share_it() {
        let mut parties = couple("13800000000", "");
        assert!(!fill(&mut parties, false, Who::Second, &typed("138 0000 0000", "")));
        let refused = Err(FieldErrors::one("phone", MarriageReason::SamePhoneTwice));
        assert_eq!((judge(&parties, false, Who::First), judge(&parties, false, Who::Second)), (Ok(()), refused));
    }

    #[test]
    fn a_phone_of_her_own_stays_when_his_changes() {
        let mut parties = couple("13800000000", "13700000000");
        fill(&mut parties, false, Who::First, &typed("13900000000", ""));
        assert_eq!(parties[1].phone, "13700000000");
        assert_eq!((parties[0].phone_code.as_str(), parties[1].phone_code.as_str()), ("", "123456"));
    }
}
