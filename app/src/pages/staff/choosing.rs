//! Choosing a password and setting an authenticator up: for whoever is invited, and for whoever changes theirs.

use leptos::prelude::*;
use server::staff::totp::Secret;
use shared::{
    field::FieldMessage,
    locale::Locale,
    staff::{AccountName, NewPassword},
};

use super::sign_in::message;
use crate::{
    components::{
        error_summary::message_at,
        field::{Labelled, described_by},
        qr::Qr,
        text_field::TextField,
    },
    draw::{Script, needs},
    pairs::{Pairs, value},
};

/// The new password's field.
pub(super) const PASSWORD: &str = "new-password";
/// The field for the code of the authenticator that is being set up.
pub(super) const CODE: &str = "new-code";

/// The password that was typed, or what is wrong with it; `names` are those that belong to its owner.
pub(super) fn read_password(locale: Locale, typed: &Pairs, names: &[String]) -> Result<NewPassword, FieldMessage> {
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let chosen = NewPassword::choose(value(typed, PASSWORD).unwrap_or_default(), &names);
    chosen.map_err(|reason| message(PASSWORD, &reason.sentence(locale)))
}

/// The code that was typed, or that it is missing.
pub(super) fn read_code(locale: Locale, typed: &Pairs) -> Result<String, FieldMessage> {
    let code = value(typed, CODE).unwrap_or_default().trim().to_owned();
    if code.is_empty() {
        let sentence = locale.say("请输入验证器现在显示的 6 位数字。", "Enter the six digits that it shows now.");
        return Err(message(CODE, sentence));
    }
    Ok(code)
}

/// One field for a new password. It is typed once: whoever wants to be sure looks at it.
pub(super) fn password(locale: Locale, messages: &[FieldMessage]) -> AnyView {
    needs(Script::Door);
    let error = message_at(messages, PASSWORD);
    let described = described_by(PASSWORD, true, error.is_some());
    let invalid = error.is_some().then_some("true");
    let hint = locale.say(
        "至少 10 个字符，15 个以上更好。用几个不相干的词，不用定期更换。",
        "At least 10 characters, better 15: a few words that have nothing to do with each other. It need not change.",
    );
    view! {
        <Labelled
            locale=locale
            name=PASSWORD
            label=locale.say("新密码", "New password")
            hint=Some(hint.to_owned())
            error=error
        >
            <div class="joined">
                <input
                    class="input"
                    type="password"
                    id=PASSWORD
                    name=PASSWORD
                    autocomplete="new-password"
                    aria-describedby=described
                    aria-invalid=invalid
                />
                <button class="act" type="button" hidden aria-pressed="false" data-show=PASSWORD>
                    {locale.say("显示密码", "Show it")}
                </button>
            </div>
        </Labelled>
    }
    .into_any()
}

/// A secret as a picture and as letters, and the field for the first code that comes of it.
pub(super) fn authenticator(
    locale: Locale,
    (account, secret): (&AccountName, &Secret),
    messages: &[FieldMessage],
) -> AnyView {
    let label = locale.say("验证器的二维码", "QR code for the authenticator");
    let letters = grouped(secret.reveal());
    view! {
        <p>
            {locale.say(
                "用手机上的验证器应用（支持 TOTP 的都可以）扫这个二维码。",
                "Scan this with an authenticator app on your phone; any that knows TOTP will do.",
            )}
        </p>
        <Qr content=secret.address(account) label=label />
        <details class="fold">
            <summary>{locale.say("扫不了，改用手工输入", "It cannot be scanned: type it")}</summary>
            <p>{locale.say("账号填 ", "Account ")}<b>{account.to_string()}</b></p>
            <p>{locale.say("密钥填：", "Secret:")}</p>
            <p class="one-time secret-letters">{letters}</p>
        </details>
        <TextField
            locale=locale
            name=CODE
            label=locale.say("验证器现在显示的 6 位数字", "The six digits that it shows now")
            error=message_at(messages, CODE)
            autocomplete="one-time-code"
            inputmode="numeric"
            width="input-code"
        />
    }
    .into_any()
}

/// In groups of four, so that nobody loses their place.
fn grouped(secret: &str) -> String {
    let letters: Vec<char> = secret.chars().collect();
    letters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}
