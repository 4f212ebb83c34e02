//! What the portal says back.

use chrono::NaiveDate;
use leptos::prelude::*;

use super::sample;
use crate::{
    components::{
        checklist::{Checklist, Thing},
        confirmation::Confirmation,
        empty::Empty,
        notice::{Notice, Tone},
        source::SourceLine,
        timeline::{Milestone, Timeline},
    },
    visit::Visit,
};

pub(super) fn show(visit: &Visit) -> AnyView {
    let locale = visit.locale;
    let notices = view! {
        <Notice title=locale.say("每天 8:30 放出新的一天", "A new day opens every day at 8:30 am")>
            <p>{locale.say("可以预约明天到 15 天以后的时间。", "You can book from tomorrow up to 15 days ahead.")}</p>
        </Notice>
        <Notice tone=Tone::Success title=locale.say("这个时间已为您二位保留到 9:30", "This time is kept for you until 9:30 am") />
        <Notice tone=Tone::Warning title=locale.say("还剩 2 分钟", "2 minutes left")>
            <p>{locale.say("需要更多时间，可以再延长 15 分钟。", "If you need longer, add 15 minutes.")}</p>
        </Notice>
        <Notice tone=Tone::Danger title=locale.say("保留的时间已经到了", "The held time has ended")>
            <p>{locale.say("您填写的内容为您保留到下午 4:40。", "What you filled in is kept until 4:40 pm.")}</p>
        </Notice>
    };
    let empty = view! {
        <Empty title=locale.say("这一天已经约满", "This day is fully booked")>
            <p>{locale.say("有人取消的名额，稍后会放回来。", "Cancelled places become available again later.")}</p>
            <p><a href="#">{locale.say("看看最近还有哪些时间", "See the next free times")}</a></p>
        </Empty>
    };
    let done = view! {
        <Confirmation
            title=locale.say("预约好了", "Your booking is made")
            label=locale.say("预约号", "Reference number")
            reference="K7MP-4CRT-9WXC"
        >
            <p>{locale.say("2026年5月20日 星期三 上午 9:15", "Wednesday 20 May 2026, 9:15 am")}</p>
        </Confirmation>
    };
    let event = |zh, en, time: Option<(&str, &str)>, done| Milestone {
        title: locale.say(zh, en).to_owned(),
        time: time.map(|(zh, en)| locale.say(zh, en).to_owned()),
        done,
    };
    let events = vec![
        event("选好时间", "Time chosen", Some(("2026年5月10日 上午 8:31", "10 May 2026, 8:31 am")), true),
        event("手机已确认", "Phones confirmed", Some(("2026年5月10日 上午 8:40", "10 May 2026, 8:40 am")), true),
        event("两个人一起到登记处", "Come to the registry together", None, false),
    ];
    let thing = |zh, en, note: Option<(&str, &str)>| Thing {
        name: locale.say(zh, en).to_owned(),
        note: note.map(|(zh, en)| locale.say(zh, en).to_owned()),
    };
    let things = vec![
        thing(
            "第一位的居民身份证",
            "First person’s resident identity card",
            Some(("在有效期内的原件", "The original, still valid")),
        ),
        thing("第二位的居民身份证", "Second person’s resident identity card", None),
    ];
    let checked = NaiveDate::from_ymd_opt(2026, 11, 21).unwrap_or_default();
    let law = locale.say("《婚姻登记条例》第六条", "Marriage Registration Regulations, Article 6");
    view! {
        {sample(locale.say("提示", "Notices"), notices.into_any())}
        {sample(locale.say("没有内容", "Nothing to show"), empty.into_any())}
        {sample(locale.say("办好了", "Confirmation"), done.into_any())}
        {sample(locale.say("经过", "Timeline"), view! { <Timeline events=events /> }.into_any())}
        {sample(locale.say("要带的东西", "Things to bring"), view! { <Checklist things=things /> }.into_any())}
        {sample(locale.say("依据", "Source"), view! { <SourceLine locale=locale title=law checked=checked /> }.into_any())}
    }
    .into_any()
}
