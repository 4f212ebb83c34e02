//! The notices that stand, those to come, and those that are over.

use chrono::{DateTime, Utc};
use leptos::prelude::*;
use server::notices::Kept;
use shared::{
    locale::Locale,
    notices::{Phase, Tone as Meant},
    say,
};

use super::{PAGE, boards::Boards, form_of};
use crate::{
    components::{empty::Empty, notice::Tone, tag::Tag},
    notices::one as shown,
    visit::Visit,
    words,
};

pub fn draw(visit: &Visit, boards: &Boards, all: &[Kept], now: DateTime<Utc>) -> AnyView {
    let locale = visit.locale;
    let of = |phase: Phase| all.iter().filter(move |kept| kept.notice.phase(now) == phase).collect::<Vec<_>>();
    let part = |title: &str, kept: Vec<&Kept>| {
        let rows = kept.iter().map(|kept| view! { <li>{row(visit, boards, kept, now)}</li> }).collect_view();
        (!kept.is_empty()).then(|| {
            view! {
                <section class="flow">
                    <h2>{title.to_owned()}</h2>
                    <ul class="sign-rows" role="list">{rows}</ul>
                </section>
            }
        })
    };
    let nothing = all.is_empty().then(|| {
        view! {
            <Empty title=locale.say("还没有通知", "No notices yet")>
                <p>{locale.say("大家看到的页面上现在没有通知。", "Nothing is announced on the pages that people see.")}</p>
            </Empty>
        }
    });
    let past = of(Phase::Past);
    let past = (!past.is_empty()).then(|| {
        let count = past.len();
        view! {
            <details class="ask">
                <summary>{say!(locale, "已经结束的 {count} 条", "{count} that are over")}</summary>
                {part(locale.say("已经结束", "Over"), past)}
            </details>
        }
    });
    view! {
        {nothing}
        {part(locale.say("正在显示", "Shown now"), of(Phase::Current))}
        {part(locale.say("还没到时间", "To come"), of(Phase::Coming))}
        {past}
    }
    .into_any()
}

/// A notice as it stands now, for whoever was slower.
pub fn standing(visit: &Visit, boards: &Boards, kept: &Kept, now: DateTime<Utc>) -> AnyView {
    view! {
        <section class="flow" aria-label=visit.say("现在的样子", "As it stands now")>
            {facts(visit, boards, kept, now)}
            {shown(visit, &kept.notice)}
        </section>
    }
    .into_any()
}

fn row(visit: &Visit, boards: &Boards, kept: &Kept, now: DateTime<Utc>) -> AnyView {
    let locale = visit.locale;
    let title = kept.notice.zh.title().to_owned();
    let is_over = kept.notice.phase(now) == Phase::Past;
    let act = |act: &str, class: &'static str, words: &str| {
        let pressed = format!("{act}:{}:{}", kept.version, kept.id);
        view! {
            <button class=class name="do" value=pressed>
                {words.to_owned()}
                <span class="hidden-visually">{format!("：{title}")}</span>
            </button>
        }
    };
    let end = match kept.notice.phase(now) {
        Phase::Current => Some(locale.say("现在结束", "End now")),
        Phase::Coming => Some(locale.say("不发了", "Withdraw")),
        Phase::Past => None,
    };
    let end = end.map(|words| act("end", "act act-taking", words));
    let undo = kept.before.is_some().then(|| act("undo", "act", locale.say("撤销上次修改", "Undo the last change")));
    let edit = if is_over { locale.say("改时间再发", "Publish again") } else { locale.say("修改", "Change") };
    view! {
        <div class="sign-row">
            <div class="flow">
                <p class="sign-name">{title.clone()}</p>
                {facts(visit, boards, kept, now)}
            </div>
            <form class="acts" method="post" action=visit.url(PAGE)>
                <a class="act" href=visit.url(&form_of(&kept.id))>
                    {edit}
                    <span class="hidden-visually">{format!("：{title}")}</span>
                </a>
                {undo}
                {end}
            </form>
        </div>
    }
    .into_any()
}

fn facts(visit: &Visit, boards: &Boards, kept: &Kept, now: DateTime<Utc>) -> AnyView {
    let locale = visit.locale;
    let notice = &kept.notice;
    let (tone, state) = match notice.phase(now) {
        Phase::Current => (Tone::Success, locale.say("正在显示", "shown now")),
        Phase::Coming => (Tone::Info, locale.say("还没到时间", "to come")),
        Phase::Past => (Tone::Warning, locale.say("已经结束", "over")),
    };
    let meant = (notice.tone == Meant::Warning).then(|| format!(" · {}", notice.tone.words(locale)));
    let translated = notice.en.is_none().then(|| locale.say(" · 没有英文", " · no English"));
    let times = times(locale, kept);
    view! {
        <p>
            <Tag text=state tone=tone />
            " "
            {boards.words(&notice.board, locale)}
            {meant}
            {translated}
        </p>
        <p class="soft">{times}</p>
    }
    .into_any()
}

fn times(locale: Locale, kept: &Kept) -> String {
    let [from, until, changed] =
        [kept.notice.from, kept.notice.until, kept.changed_at].map(|instant| words::moment(locale, instant));
    if kept.notice.until <= kept.notice.from {
        return say!(locale, "没有发出去（{changed} 撤回）", "never shown (withdrawn {changed})");
    }
    say!(locale, "{from} 起，到 {until} 为止", "from {from} until {until}")
}
