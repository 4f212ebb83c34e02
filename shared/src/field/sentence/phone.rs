//! What to do about a phone number or the code sent to it.

use super::shown;
use crate::field::reason::Reason;
use crate::locale::Locale;

pub(super) fn phone(reason: &Reason, locale: Locale) -> String {
    match (reason, locale) {
        (Reason::PhoneLandline, _) => locale
            .say(
                "请填写手机号码：验证码要发到手机上，座机收不到。境外手机请以“+”和地区代码开头，例如 +852。",
                "Enter a mobile number: the code is sent by text, which a landline cannot receive. \
                 Start numbers from outside the mainland with + and the country code, such as +852.",
            )
            .to_owned(),
        (Reason::PhoneCharacter(character), Locale::Zh) => {
            format!("手机号码里请只填数字，去掉“{}”。境外手机请以“+”和地区代码开头。", shown(*character))
        }
        (Reason::PhoneCharacter(character), Locale::En) => format!(
            "Use digits only and take out “{}”. Start numbers from outside the mainland with + and \
             the country code.",
            shown(*character)
        ),
        (Reason::PhoneLength { found }, Locale::Zh) => {
            format!("内地手机号码是 11 位，现在是 {found} 位，请核对。境外手机请以“+”和地区代码开头，例如 +852。")
        }
        (Reason::PhoneLength { found }, Locale::En) => format!(
            "A mainland mobile number has 11 digits, this has {found}. Start numbers from outside \
             the mainland with + and the country code, such as +852."
        ),
        (Reason::PhoneStart, _) => locale
            .say(
                "内地手机号码以 13 到 19 开头，请核对前两位。境外手机请以“+”和地区代码开头，例如 +852。",
                "A mainland mobile number starts with 13 to 19, please check the first two digits. \
                 Start numbers from outside the mainland with + and the country code, such as +852.",
            )
            .to_owned(),
        _ => locale
            .say(
                "境外手机号码请填写“+”、国家或地区代码和号码，例如 +852 9123 4567。",
                "Enter a number from outside the mainland as +, the country code and the number, \
                 such as +852 9123 4567.",
            )
            .to_owned(),
    }
}

pub(super) fn phone_code(reason: &Reason, locale: Locale) -> String {
    match (reason, locale) {
        (Reason::CodeWrong { attempts_left: 0 } | Reason::CodeUsedUp, _) => locale
            .say("这个验证码不能再用了，请重新获取一个。", "This code can no longer be used. Please ask for a new one.")
            .to_owned(),
        (Reason::CodeWrong { attempts_left }, Locale::Zh) => {
            format!("验证码和短信里的不一样，请核对后再填，还可以试 {attempts_left} 次。")
        }
        (Reason::CodeWrong { attempts_left: 1 }, Locale::En) => {
            "This is not the code we sent. Please compare it with the text message; you can try \
             once more."
                .to_owned()
        }
        (Reason::CodeWrong { attempts_left }, Locale::En) => format!(
            "This is not the code we sent. Please compare it with the text message; you can try \
             {attempts_left} more times."
        ),
        (Reason::CodeExpired, _) => {
            locale.say("验证码已过期，请重新获取一个。", "This code has expired. Please ask for a new one.").to_owned()
        }
        (Reason::CodeNotSent, _) => locale
            .say(
                "还没有给这个手机号码发过验证码，请先获取验证码。",
                "No code has been sent to this number yet. Please ask for one first.",
            )
            .to_owned(),
        _ => locale
            .say("请填写短信里的 6 位数字验证码。", "Enter the six digits of the code in the text message.")
            .to_owned(),
    }
}
