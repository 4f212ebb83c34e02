//! Buttons, links and what stands around a title.

use leptos::prelude::*;

use super::sample;
use crate::{
    components::{
        back_link::BackLink,
        button::{Button, LinkButton, Weight},
        card::Card,
        notice::Tone,
        quick_exit::QuickExit,
        steps::Steps,
        tag::Tag,
    },
    visit::Visit,
};

pub(super) fn show(visit: &Visit) -> AnyView {
    let locale = visit.locale;
    let buttons = view! {
        <div class="actions">
            <Button text=locale.say("确认预约", "Confirm the booking") />
            <Button text=locale.say("换一个时间", "Choose another time") weight=Weight::Secondary />
            <Button text=locale.say("取消预约", "Cancel the booking") weight=Weight::Danger />
            <Button text=locale.say("以后再说", "Not now") weight=Weight::Quiet />
        </div>
        <div class="actions">
            <LinkButton href="#" text=locale.say("预约登记", "Book a time") />
            <LinkButton href="#" text=locale.say("先核对条件", "Check conditions first") weight=Weight::Secondary />
        </div>
    };
    let place = view! {
        <BackLink href="#" text=locale.say("返回选时间", "Back to the times") />
        <Steps locale=locale at=2 of=5 name=locale.say("结婚登记预约", "Marriage booking") />
    };
    let card = view! {
        <div class="cards">
            <Card href="#" title=locale.say("南山区婚姻登记处", "Nanshan marriage registry")>
                <p>{locale.say("常兴路163号，南荔社区公园内", "163 Changxing Road, in Nanli park")}</p>
            </Card>
            <Card href="#" title=locale.say("只有标题的卡片", "A card with a title only") />
        </div>
    };
    let tags = view! {
        <p class="tags">
            <Tag text=locale.say("已预约", "Booked") tone=Tone::Success />
            <Tag text=locale.say("保留中", "Held") />
            <Tag text=locale.say("即将到期", "Ends soon") tone=Tone::Warning />
            <Tag text=locale.say("已取消", "Cancelled") tone=Tone::Danger />
        </p>
    };
    view! {
        {sample(locale.say("按钮", "Buttons"), buttons.into_any())}
        {sample(locale.say("返回和步骤", "Back link and steps"), place.into_any())}
        {sample(locale.say("卡片", "Cards"), card.into_any())}
        {sample(locale.say("标签", "Tags"), tags.into_any())}
        {sample(locale.say("马上离开", "Quick exit"), view! { <QuickExit locale=locale /> }.into_any())}
    }
    .into_any()
}
