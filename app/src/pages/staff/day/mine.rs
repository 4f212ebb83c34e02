//! My counter: which one it is, whom I serve, and whom the next press would call.

use chrono::NaiveDate;
use leptos::prelude::*;
use server::counter::{
    counters::{Counter, There},
    day::Row,
    waiting::{Line, Waits},
};
use shared::{
    counter::{CounterState, StateName, VisitState, paper::mark_from_paper},
    locale::Locale,
    say,
};

use super::{
    act::{self, CounterAct, FORM, Pressed, of_counter},
    asked::{Asked, Said, Show, ticket},
    beside::Beside,
    current,
    seen::{Seen, sign_of},
    stands::{clock, minutes},
    undo,
};
use crate::{
    components::{empty::Empty, notice::Tone, tag::Tag},
    pages::staff::office,
    words::capital,
};

/// The whole column; on another day only whoever of it is still at my counter, and what can be undone.
pub fn draw(seen: &Seen<'_>, line: &Line, mut beside: Beside) -> AnyView {
    if !seen.may.work {
        return ().into_any();
    }
    let goes_on = seen.is_today() && !seen.sheet.counts_as_closed;
    let Some(mine) = seen.mine() else { return if goes_on { choose(seen) } else { just_now(seen) } };
    let visit = seen.at_mine();
    let left_over = seen.left_over(mine);
    if visit.is_none() && !seen.is_today() {
        return just_now(seen);
    }
    let first = line.0.first().filter(|_| goes_on && mine.visit.is_none() && mine.state != CounterState::Break);
    let first = first.and_then(|waits| Some((seen.row(&waits.visit)?, waits)));
    let sat = seen.asked.said == Some(Said::Counter) && visit.is_none();
    let lets_go = (seen.has_let_go() || sat) && visit.is_none();
    let is_last = lets_go && first.is_none() && !sat || !lets_go && seen.goes_on_from_row();
    let on_head = sat && first.is_none();
    let body = match (visit, first) {
        (Some(row), _) => {
            let look = beside.look.take().map(|look| to_look_at(seen, row, look));
            current::draw(seen, mine, row, &beside, look)
        }
        (None, _) if left_over.is_some() => left_over.map(|there| not_ended(seen, there)).into_any(),
        (None, _) if !goes_on => ().into_any(),
        (None, None) => nobody(seen, mine),
        (None, Some(first)) => next(seen, (mine, line), first, lets_go),
    };
    // Whoever serves somebody stays signed in without pressing anything.
    let is_serving = visit.is_some_and(|row| row.state.kind() == StateName::Serving);
    view! {
        <section class="mine" aria-labelledby="mine" data-serving=is_serving>
            {head(seen, mine, on_head)}
            {undo::strip(seen, is_last)}
            {body}
        </section>
    }
    .into_any()
}

/// What the counter looks at while they stand there.
fn to_look_at(seen: &Seen<'_>, row: &Row, look: AnyView) -> AnyView {
    view! {
        <div class="beside-them">
            <h3>{seen.locale().say("请看这些", "Look at these")}</h3>
            {row.at_desk.then(|| at_desk(seen))}
            {look}
        </div>
    }
    .into_any()
}

/// What can still be undone where nobody sits.
fn just_now(seen: &Seen<'_>) -> AnyView {
    let strip = undo::strip(seen, seen.goes_on_from_row()).filter(|_| !seen.sheet.counts_as_closed || seen.may.correct);
    let label = seen.locale().say("刚才做的", "What was just done");
    strip.map(|strip| view! { <section class="mine" aria-label=label>{strip}</section> }).into_any()
}

/// Whose phones they are was not known when they booked.
fn at_desk(seen: &Seen<'_>) -> AnyView {
    let text = seen.locale().say(
        "核对身份：预约时不知道手机是不是本人的，请看证件，人证一致再办。",
        "Check identity: whose phones these are was not known. See the documents first.",
    );
    view! { <p class="wide"><span class="tag tag-warning">{text}</span></p> }.into_any()
}

/// It has the focus where the counter was just taken and nobody can be called.
fn head(seen: &Seen<'_>, mine: &Counter, has_focus: bool) -> AnyView {
    let locale = seen.locale();
    let tag = state_tag(seen, mine);
    let sign = sign_of(locale, mine);
    let acts = match mine.state {
        _ if mine.visit.is_some() => Vec::new(),
        CounterState::Break => vec![
            of_counter(CounterAct::Resume, mine.id, locale.say("继续", "Go on"), &sign),
            of_counter(CounterAct::Close, mine.id, locale.say("关闭窗口", "Close"), &sign),
        ],
        CounterState::Open | CounterState::Closed => vec![
            of_counter(CounterAct::Pause, mine.id, locale.say("暂停", "Break"), &sign),
            of_counter(CounterAct::Close, mine.id, locale.say("关闭窗口", "Close"), &sign),
        ],
    };
    view! {
        <div class="mine-head">
            <h2 id="mine" tabindex=has_focus.then_some("-1") autofocus=has_focus>{capital(&sign)} " " {tag}</h2>
            <div class="acts">{acts.into_iter().collect_view()}</div>
        </div>
    }
    .into_any()
}

fn state_tag(seen: &Seen<'_>, counter: &Counter) -> AnyView {
    let tone = match counter.state {
        CounterState::Open => Tone::Success,
        CounterState::Break => Tone::Warning,
        CounterState::Closed => Tone::Info,
    };
    view! { <Tag text=counter.state.words(seen.locale()) tone=tone /> }.into_any()
}

/// Nobody is there: whom the next press would call, and why them. Whoever has just let somebody go goes on from here.
fn next(seen: &Seen<'_>, (mine, line): (&Counter, &Line), (row, waits): (&Row, &Waits), has_focus: bool) -> AnyView {
    let locale = seen.locale();
    let after = line.0.iter().skip(1).filter_map(|waits| seen.row(&waits.visit)?.ticket.map(ticket));
    let after: Vec<_> = after.collect();
    let after = (!after.is_empty()).then(|| {
        let count = after.len();
        let shown = after.iter().take(5).cloned().collect::<Vec<_>>().join(locale.say("、", ", "));
        let text = say!(locale, "后面还有 {count} 个：{shown}", "{count} more after that: {shown}");
        view! { <p class="soft">{text}{(count > 5).then_some("…")}</p> }
    });
    let pressed = Pressed::Counter { act: CounterAct::Next, counter: mine.id };
    let number = act::called(row, locale);
    let why = mark_from_paper(waits.why.words(locale), waits.from_paper, locale);
    let why = [current::names(row), why].into_iter().filter(|words| !words.is_empty());
    let why = why.collect::<Vec<_>>().join(" · ");
    view! {
        <div class="next">
            <input type="hidden" form=FORM name="meant" value=row.id.to_string() />
            <button
                class="button button-primary next-button"
                id="next"
                form=FORM
                name="do"
                value=pressed.value()
                aria-describedby="next-why"
                autofocus=has_focus
            >
                <span class="next-act">{locale.say("叫下一个", "Call the next")}</span>
                <span class="next-whom">{number}</span>
            </button>
            <p class="next-why" id="next-why">{why}</p>
            {after}
        </div>
    }
    .into_any()
}

/// Somebody was not let go of on their day: nobody else is called before they are.
fn not_ended(seen: &Seen<'_>, there: &There) -> AnyView {
    let locale = seen.locale();
    view! {
        <p class="next-none">
            <b>{locale.say("这个窗口还有以前的号没有办完", "This counter still has somebody of another day")}</b>
            {locale.say("请到那一天的名单里办结、标记离开或者暂放，再叫号。", "Finish them, mark them as left or set them aside on that day's sheet; then call.")}
            " "
            {to_left_over(seen, there)}
        </p>
    }
    .into_any()
}

/// The way to whoever is still at a counter from another day: `12月2日 星期三 的 005 号`.
fn to_left_over(seen: &Seen<'_>, there: &There) -> AnyView {
    let locale = seen.locale();
    view! { <a href=at_counters(seen, there.date)>{of_another_day(locale, there)}</a> }.into_any()
}

/// Whom a counter has from another day.
pub fn of_another_day(locale: Locale, there: &There) -> String {
    let day = locale.full_date(there.date);
    match there.ticket.map(ticket) {
        Some(number) => say!(locale, "{day} 的 {number} 号", "{number} of {day}"),
        None => say!(locale, "{day} 的一个号", "a visit of {day}"),
    }
}

/// The list of those at the counters of another day.
pub fn at_counters(seen: &Seen<'_>, date: NaiveDate) -> String {
    seen.way(|asked| {
        *asked = Asked { date: Some(date), show: Show::AtCounter, office: asked.office.clone(), ..Asked::default() };
    })
}

fn nobody(seen: &Seen<'_>, mine: &Counter) -> AnyView {
    let locale = seen.locale();
    if mine.state == CounterState::Break {
        return view! {
            <p class="next-none">
                <b>{locale.say("窗口暂停了", "You are on a break")}</b>
                {locale.say("继续以后才会叫号。", "Nobody is called before you go on.")}
            </p>
        }
        .into_any();
    }
    let soon = seen.sheet.visits.iter().find(|row| row.state == VisitState::Booked && row.starts_at >= seen.now);
    let soon = soon.map(|row| {
        let (time, left) = (clock(row.starts_at), minutes(locale, (row.starts_at - seen.now).num_minutes()));
        say!(locale, "下一个约的是 {time}，还有 {left}。", "The next booking is for {time}, in {left}.")
    });
    view! {
        <p class="next-none">
            <b>{locale.say("现在没有人等候", "Nobody is waiting")}</b>
            {soon}
        </p>
    }
    .into_any()
}

/// Whoever has no counter takes one that is free.
fn choose(seen: &Seen<'_>) -> AnyView {
    let locale = seen.locale();
    let closed = seen.asked.said == Some(Said::Counter);
    let free: Vec<_> = seen.sheet.counters.iter().filter(|counter| counter.clerk.is_none()).collect();
    let body = if seen.sheet.counters.is_empty() {
        let manage = seen.may.manage.then(|| {
            let href = seen.visit.url(&format!("/staff/office?office={}", seen.office.id));
            view! { <p><a href=href>{locale.say("去添加窗口", "Add counters")}</a></p> }
        });
        view! {
            <Empty title=locale.say("这里还没有窗口", "There are no counters yet")>
                <p>{locale.say("请大厅负责人先添加窗口。", "The office manager has to add them first.")}</p>
                {manage}
            </Empty>
        }
        .into_any()
    } else if free.is_empty() {
        view! { <p class="next-none"><b>{locale.say("窗口都有人了", "Every counter is taken")}</b></p> }.into_any()
    } else {
        let free = free.into_iter().map(|counter| {
            let pressed = Pressed::Counter { act: CounterAct::Open, counter: counter.id };
            let text = say!(locale, "坐到 {}", "Sit at {}", sign_of(locale, counter));
            view! { <button class="act" form=FORM name="do" value=pressed.value()>{text}</button> }
        });
        view! {
            <p>{locale.say("选好窗口就可以叫号。", "Choose one, then call.")}</p>
            <div class="acts">{free.collect_view()}</div>
        }
        .into_any()
    };
    view! {
        <section class="mine" aria-labelledby="mine">
            <div class="mine-head">
                <h2 id="mine" tabindex=closed.then_some("-1") autofocus=closed>
                    {locale.say("您坐哪个窗口？", "Which counter is yours?")}
                </h2>
            </div>
            {undo::strip(seen, seen.goes_on_from_row())}
            {body}
        </section>
    }
    .into_any()
}

/// All counters at a glance.
pub fn counters(seen: &Seen<'_>) -> Option<AnyView> {
    if seen.sheet.counters.is_empty() || !seen.is_today() {
        return None;
    }
    let locale = seen.locale();
    let counters = seen.sheet.counters.iter().map(|counter| {
        let row = counter.visit.as_ref().and_then(|there| seen.row(&there.id));
        let left_over = seen.left_over(counter).map(|there| {
            view! { <span class="untold">{locale.say("没有办完：", "not ended: ")} {to_left_over(seen, there)}</span> }
        });
        let number = row.map(|row| act::called(row, locale));
        let doing = match (counter.state, row.map(|row| (&row.state, row.since))) {
            (_, Some((VisitState::Called { calls, .. }, _))) => say!(locale, "叫了 {calls} 次", "called {calls} ×"),
            (_, Some((_, since))) => {
                let minutes = minutes(locale, (seen.now - since).num_minutes());
                say!(locale, "办理 {minutes}", "serving, {minutes}")
            }
            (state, None) => state.words(locale).to_owned(),
        };
        let alone = seen.sheet.left_alone.iter().find(|alone| alone.counter == counter.id).map(|alone| {
            let said = if alone.may_work {
                locale.say("没有人登录", "nobody signed in")
            } else {
                locale.say("坐着的人不能再在这里办事", "whoever sits there may not work here any more")
            };
            view! { <span class="untold">{said}</span> }
        });
        view! {
            <li>
                <b>{capital(&sign_of(locale, counter))}</b>
                <span class="counters-ticket">{number}</span>
                <span class="soft">{doing}</span>
                {left_over}
                {alone}
            </li>
        }
    });
    let manage = (seen.may.manage && !seen.sheet.left_alone.is_empty()).then(|| {
        let href = seen.visit.url(&office::here(&seen.office));
        let back = seen.sheet.left_alone.iter().any(|alone| alone.may_work);
        view! {
            <p class="soft">
                {back.then(|| {
                    locale.say(
                        "窗口没有人登录的，本人回来登录就能接着办。",
                        "Where nobody is signed in at a counter, whoever sat there goes on once they sign in. ",
                    )
                })}
                {locale.say(
                    "不回来的，先把号暂放，再到",
                    "Where nobody comes back, set the visit aside, then close the counter under ",
                )}
                <a href=href>{locale.say("大厅设置", "Office settings")}</a>
                {locale.say("关闭窗口。", ".")}
            </p>
        }
    });
    Some(
        view! {
            <section class="counters" aria-labelledby="counters">
                <h2 id="counters">{locale.say("各窗口", "Counters")}</h2>
                <ul role="list">{counters.collect_view()}</ul>
                {manage}
            </section>
        }
        .into_any(),
    )
}
