//! A correction: what is typed from the document, and what it changes, read before it is made.

use leptos::prelude::*;
use server::counter::own_data::Reviewed;
use shared::{field::FieldMessage, identity::MaskedPerson, locale::Locale};

use crate::{
    components::{
        button::Button,
        error_summary::message_at,
        summary::{Row, Summary},
        text_field::TextField,
    },
    pairs::{Pairs, value},
};

/// What was typed, for the booking of its claim.
#[derive(Clone, Default)]
pub(super) struct Typed {
    pub(super) claim: String,
    pub(super) name: String,
    pub(super) phone: String,
}

impl Typed {
    pub(super) fn of(typed: &Pairs) -> Self {
        let text = |name| value(typed, name).unwrap_or_default().to_owned();
        Self { claim: text("claim"), name: text("name"), phone: text("phone") }
    }

    pub(super) fn form(&self, locale: Locale, messages: &[FieldMessage]) -> AnyView {
        let error = |name| message_at(messages, name);
        view! {
            <TextField
                locale=locale
                name="name"
                label=locale.say("姓名，照证件填（没有错的不填）", "Name as on the document (leave empty where it is right)")
                value=self.name.clone()
                error=error("name")
            />
            <TextField
                locale=locale
                name="phone"
                label=locale.say("手机号（没有错的不填）", "Phone (leave empty where it is right)")
                value=self.phone.clone()
                error=error("phone")
                inputmode="tel"
            />
        }
        .into_any()
    }
}

/// The second press, with how the person stands in lists before and after.
pub(super) fn draw(locale: Locale, action: &str, reviewed: &Reviewed) -> AnyView {
    let Reviewed { before, after, changes, claim } = reviewed;
    let line = |key, text: fn(&MaskedPerson) -> String, is_changed| {
        let same = locale.say("不变", "stays");
        let (was, is) = (text(before), text(after));
        let value = match is_changed {
            // What is masked of two names may be the same.
            true if was == is => format!("{was} → {is}（{}）", locale.say("改过", "changed")),
            true => format!("{was} → {is}"),
            false => format!("{was}（{same}）"),
        };
        Row::new(key, value)
    };
    let rows = vec![
        line(locale.say("姓名", "Name"), |person| person.name.clone(), changes.name),
        line(
            locale.say("证件尾号", "Document ending"),
            |person| person.id_number_tail.clone().unwrap_or_default(),
            changes.number,
        ),
        line(locale.say("手机尾号", "Phone ending"), |person| person.phone_tail.clone(), changes.phone),
    ];
    view! {
        <section class="flow met" tabindex="-1" autofocus>
            <h2>{locale.say("看清楚再更正", "Read it before it is made")}</h2>
            <Summary locale=locale rows=rows />
            <p>
                {locale.say(
                    "时间不变。按下以后，更正以前和以后的手机都会收到短信，说信息更正过。手机号更正了的，还没有发出的短信改发到新手机；旧手机也是\
                     另一位的，两个手机都发。旧手机里的短信链接还能打开预约。一个人的姓名和证件号码只能更正一样。",
                    "The time stands. The phones of before and of now are told that details were corrected. Where the phone was \
                     wrong, texts that wait go to the new one, and to both where the old one is the other’s too. The link in those \
                     that the old one got still opens the booking. Of one person, either the name or the number is put right.",
                )}
            </p>
            <form method="post" action=action.to_owned()>
                <input type="hidden" name="claim" value=claim.clone() />
                <p class="actions">
                    <Button text=locale.say("更正，并发短信", "Correct it and send the text") name="do" value="correct" />
                </p>
            </form>
        </section>
    }
    .into_any()
}
