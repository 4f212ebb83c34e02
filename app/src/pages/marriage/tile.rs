//! Marriage registration on the home page.

use leptos::prelude::*;

use crate::{
    components::{button::LinkButton, card::Card},
    visit::Visit,
};

pub fn tile(visit: &Visit) -> AnyView {
    let locale = visit.locale;
    let what = locale.say(
        "选好登记处和时间，两个人带着身份证一起来，符合条件当场领证。登记不收费。",
        "Choose a registry and a time, come together with your ID cards, and leave with the certificate \
         if all conditions are met. Registration is free.",
    );
    view! {
        <section class="feature flow" aria-labelledby="marriage">
            <h2 id="marriage">{locale.say("结婚登记", "Marriage registration")}</h2>
            <p>{what}</p>
            <p class="actions">
                <LinkButton
                    href=visit.url("/marriage")
                    text=locale.say("预约结婚登记", "Book a registration")
                />
            </p>
            <div class="cards">
                <Card
                    href=visit.url("/marriage/check")
                    title=locale.say("先核对条件和材料", "Check conditions and documents first")
                >
                    <p>{locale.say("回答几个问题，就知道能不能办、要带什么。", "A few questions tell whether you can register and what to bring.")}</p>
                </Card>
                <Card
                    href=visit.url("/marriage/bookings")
                    title=locale.say("查看、改期或取消预约", "See, move or cancel a booking")
                >
                    <p>{locale.say("需要预约号和预约时留的手机。", "You need the reference number and the phone you gave.")}</p>
                </Card>
            </div>
        </section>
    }
    .into_any()
}
