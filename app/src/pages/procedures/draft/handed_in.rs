//! A draft that has become an application: whoever goes back to it is led on.

use axum::response::Response;
use leptos::prelude::*;

use super::Opened;
use crate::{
    components::{back_link::BackLink, button::Button, heading::StepHeading},
    draw,
    visit::Visit,
};

pub(super) fn draw(visit: &Visit, opened: &Opened) -> Response {
    let title = visit.say("这份申请已经提交了", "This application has been handed in");
    draw::page(visit, title, || {
        view! {
            <div class="column flow">
                <BackLink href=visit.url("/procedures") text=visit.say("网上申请", "Apply online") />
                <StepHeading title=title />
                <p>
                    {visit.say(
                        "没有再提交一次。填写的内容在这里不能再改；要补充的时候，民政部门会告诉您。",
                        "It was not handed in a second time. What you entered cannot be changed here any more; where something has \
                         to be added, the bureau tells you.",
                    )}
                </p>
                // The same press again leads to the same application.
                <form method="post" action=opened.address(visit, "check")>
                    <p class="actions">
                        <Button text=visit.say("看这份申请", "Open the application") />
                    </p>
                </form>
            </div>
        }
    })
}
