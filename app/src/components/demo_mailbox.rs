//! Where the codes are to be read when no phone will ring.

use leptos::prelude::*;

use crate::visit::Visit;

/// The way to the demonstration's mailbox; nothing where texts are really sent.
pub fn demo_mailbox(visit: &Visit) -> Option<AnyView> {
    visit.portal.demo.then(|| {
        view! {
            <p>
                {visit.say("这是演示，短信不会真的发出。", "Demo: no text is sent. ")}
                <a href=visit.url("/demo/mailbox") target="_blank">
                    {visit.say("在新窗口打开演示信箱看验证码", "See the demo mailbox (new window)")}
                </a>
            </p>
        }
        .into_any()
    })
}
