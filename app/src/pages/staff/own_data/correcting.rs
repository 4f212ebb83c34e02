//! A correction: what is typed from the document, and what it changes, read before it is made.

use leptos::prelude::*;
use server::counter::own_data::Reviewed;
use shared::{field::FieldMessage, locale::Locale, say};

use crate::{
    components::{
        button::{Button, Weight},
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

/// The second press: what stands there now as lists show it, and what was typed in full, to be held against the document once
/// more; and the way back to what was typed.
pub(super) fn draw(locale: Locale, action: &str, reviewed: &Reviewed, typed: &Typed) -> AnyView {
    let Reviewed { before, after, claim } = reviewed;
    let tail = before.id_number_tail.as_deref().unwrap_or_default();
    let rows = vec![
        line(locale, locale.say("姓名", "Name"), &before.name, after.name.as_deref()),
        line(locale, locale.say("证件号码", "Document number"), &ending(locale, tail), after.id_number.as_deref()),
        line(locale, locale.say("手机号", "Phone"), &ending(locale, &before.phone_tail), after.phone.as_deref()),
    ];
    view! {
        <section class="flow met" tabindex="-1" autofocus>
            <h2>{locale.say("看清楚再更正", "Read it before it is made")}</h2>
            <p>
                {locale.say(
                    "箭头后面是要改成的，请和证件再对一遍。",
                    "What it becomes stands after the arrow: check it with the document once more.",
                )}
            </p>
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
            <form method="post" action=action.to_owned()>
                <input type="hidden" name="claim" value=typed.claim.clone() />
                <input type="hidden" name="name" value=typed.name.clone() />
                <input type="hidden" name="phone" value=typed.phone.clone() />
                <p class="actions">
                    <Button
                        text=locale.say("有错，返回修改", "Go back and change it")
                        weight=Weight::Quiet
                        name="do"
                        value="change"
                    />
                </p>
            </form>
        </section>
    }
    .into_any()
}

fn line(locale: Locale, key: &'static str, was: &str, becomes: Option<&str>) -> Row {
    let value = match becomes {
        Some(becomes) => format!("{was} → {becomes}"),
        None => say!(locale, "{was}（不变）", "{was} (stays)"),
    };
    Row::new(key, value)
}

fn ending(locale: Locale, tail: &str) -> String {
    say!(locale, "尾号 {tail}", "ending {tail}")
}
