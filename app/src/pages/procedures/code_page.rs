//! The page that takes the code sent to a phone, whatever it opens.

use axum::{http::StatusCode, response::Response};
use leptos::prelude::*;
use shared::{field::FieldMessage, identity::Phone, say};

use crate::{
    components::{
        back_link::BackLink, button::Button, demo_mailbox::demo_mailbox, error_summary::ErrorSummary, notice::Notice,
        text_field::TextField,
    },
    draw,
    visit::Visit,
};

/// The query of the page that asks, when one came too late with a code, or before asking for one.
pub(super) const FIRST: &str = "first";

/// Why one was led back to the page that asks.
pub(super) fn ask_first(visit: &Visit) -> Option<AnyView> {
    let title = visit.say(
        "请先填写下面的内容，获取验证码；验证码 10 分钟内有效",
        "Please enter this first and ask for a code, which is valid for 10 minutes",
    );
    (visit.query.as_deref() == Some(FIRST)).then(|| view! { <Notice title=title live=true /> }.into_any())
}

/// Where it posts to and leads back to, both without the language prefix, and what the button says.
pub(super) struct CodePage<'a> {
    pub action: &'a str,
    pub back: &'a str,
    pub button: &'static str,
    pub came: Came,
}

/// How one came to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Came {
    /// By saying what is looked for: whether there is such a thing is told to nobody.
    Searching,
    /// From a page that only its holder opens.
    FromOnesOwn,
}

impl CodePage<'_> {
    pub fn draw(&self, visit: &Visit, phone: &Phone, typed: &str, messages: Vec<FieldMessage>) -> Response {
        let locale = visit.locale;
        let title = locale.say("填写验证码", "Enter the code");
        let phone = phone.masked();
        let sent = match self.came {
            Came::Searching => say!(
                locale,
                "填写的对得上的话，六位验证码已经发到 {phone}，10 分钟内有效。",
                "If what you entered belongs together, we have sent a six-digit code to {phone}. It is valid for 10 minutes."
            ),
            Came::FromOnesOwn => say!(
                locale,
                "六位验证码已经发到 {phone}，10 分钟内有效。",
                "We have sent a six-digit code to {phone}. It is valid for 10 minutes."
            ),
        };
        let back = match self.came {
            Came::Searching => locale.say("重新查找", "Search again"),
            Came::FromOnesOwn => locale.say("返回，重新获取验证码", "Go back and ask for another code"),
        };
        let status = if messages.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
        let error = messages.first().map(|message| message.message.clone());
        let typed = typed.to_owned();
        let page = draw::page_as(visit, status, title, || {
            view! {
                <div class="column flow">
                    <BackLink href=visit.url(self.back) text=back />
                    <ErrorSummary locale=locale messages=messages />
                    <h1>{title}</h1>
                    <p>{sent}</p>
                    {demo_mailbox(visit)}
                    <form class="flow" method="post" action=visit.url(self.action) novalidate>
                        <TextField
                            locale=locale
                            name="phone_code"
                            label=locale.say("验证码", "Code")
                            value=typed
                            error=error
                            autocomplete="one-time-code"
                            inputmode="numeric"
                            width="input-code"
                        />
                        <p class="actions">
                            <Button text=self.button />
                        </p>
                    </form>
                    <p>
                        {locale.say(
                            "没有收到？等一分钟，返回上一页再要一个。换了手机号的，请带身份证到窗口，或者拨打 12345。",
                            "No code? Wait a minute, then go back and ask for another. If you no longer have that number, bring your \
                             identity card to the counter, or call 12345.",
                        )}
                    </p>
                </div>
            }
        });
        draw::no_store(page)
    }
}
