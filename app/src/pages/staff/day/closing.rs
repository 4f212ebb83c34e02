//! Ending a day, for whoever manages the office: who is not done stands on the button's own lines, and why it ends all the same
//! is asked. Until it is over the day can be opened again.

use leptos::prelude::*;
use server::counter::counters::Counter;
use shared::{calendar::shanghai_date, counter::StateName, locale::Locale, say};

use super::{
    act::{self, FORM, Pressed},
    asked::{Asked, Show},
    paper,
    seen::{Seen, sign_of},
};
use crate::{
    components::{
        error_summary::message_at,
        notice::{Notice, Tone},
    },
    pages::staff::office::services,
    pairs::address,
};

/// Nothing for a day that is over, or still to come. `why` is what was typed.
pub fn draw(seen: &Seen<'_>, why: &str) -> Option<AnyView> {
    let locale = seen.locale();
    if !seen.may.manage || seen.date > shanghai_date(seen.now) {
        return None;
    }
    if seen.sheet.closed.is_some() {
        return seen.is_today().then(|| open_again(seen));
    }
    let count =
        |states: &[StateName]| seen.sheet.visits.iter().filter(|row| states.contains(&row.state.kind())).count();
    let at_counters = count(&[StateName::Called, StateName::Serving]);
    let (waiting, parked) = (count(&[StateName::Arrived]), count(&[StateName::Parked]));
    let booked = seen.sheet.visits.iter().filter(|row| row.state.kind() == StateName::Booked);
    let (called_off, booked): (Vec<_>, Vec<_>) = booked.partition(|row| row.excused);
    // Nobody is late whose time has not come.
    let (to_come, not_come): (Vec<_>, Vec<_>) = booked.into_iter().partition(|row| row.starts_at > seen.now);
    let (to_come, not_come, called_off) = (to_come.len(), not_come.len(), called_off.len());
    let lines = [
        (waiting, say!(locale, "{waiting} 个还在等候", "{waiting} still wait")),
        (parked, say!(locale, "{parked} 个暂放", "{parked} are set aside")),
        (not_come, say!(locale, "{not_come} 个约了没有到", "{not_come} booked and did not come")),
        (to_come, say!(locale, "{to_come} 个约的时间还没到", "{to_come} are booked for a time that is still to come")),
        (
            called_off,
            say!(locale, "{called_off} 个约的时间停办了，不用来", "{called_off} need not come: their times are closed"),
        ),
    ];
    let lines = lines.into_iter().filter(|(count, _)| *count > 0).map(|(_, words)| view! { <li>{words}</li> });
    let lines = lines.collect_view();
    let too_early = (to_come > 0).then(|| still_to_come(seen, to_come));
    let in_hall = (waiting + parked > 0).then(|| {
        view! {
            <p>
                {locale.say(
                    "大厅里的人按时来了：先办完，或者当面说明、改好时间，再结束这一天。",
                    "Those in the hall came in time: serve them first, or explain and move their booking, before the day ends.",
                )}
            </p>
        }
    });
    let rest = (waiting + parked + not_come + to_come + called_off > 0).then(|| {
        let paper = seen.visit.url(&seen.asked.afresh().at(paper::PAGE));
        view! {
            <p>{locale.say("没有办的：", "Not served:")}</p>
            <ul>{lines}</ul>
            {in_hall}
            <p>
                {locale.say(
                    "他们留在名单上，不会自动标记未到，也不发短信。结果以后只能由大厅负责人写明理由，在",
                    "They stay on the sheet: nobody becomes a no-show by itself, and no text goes out. What came of them is \
                     then entered by the office manager only, with a reason: ",
                )}
                <a href=paper>{locale.say("补录", "enter it")}</a>
                {locale.say("里填写。", ".")}
            </p>
        }
    });
    let pressed = Pressed::CloseDay { date: seen.date, version: seen.sheet.version };
    // A word that could not be kept is of a visit where one was pressed.
    let wrong = message_at(&seen.wrong, "reason").filter(|_| seen.asked.did.is_none());
    let reason = (waiting + parked + to_come > 0).then(|| why_now(locale, why, wrong.clone()));
    let body = if at_counters > 0 {
        let is_of_day = |counter: &&Counter| counter.visit.as_ref().is_some_and(|there| there.date == seen.date);
        let signs = seen.sheet.counters.iter().filter(is_of_day);
        let signs = signs.map(|counter| sign_of(locale, counter)).collect::<Vec<_>>().join(locale.say("、", ", "));
        let words = say!(
            locale,
            "还有 {at_counters} 个窗口前有人（{signs}），办完才能结束。",
            "{at_counters} are still at a counter ({signs}); they are served first."
        );
        view! { <p>{words}</p> }.into_any()
    } else {
        view! {
            <p>
                {locale.say(
                    "结束以后窗口都关闭，不再签到、取号和叫号；记录要改，就要写明原因。",
                    "All counters close, and nobody is checked in, given a ticket or called. Whatever is changed afterwards \
                     needs a reason.",
                )}
            </p>
            {rest}
            {too_early}
            <form class="flow" method="post" action=seen.itself()>
                {act::press(seen)}
                {reason}
                <p>
                    <button class="act act-taking" name="do" value=pressed.value()>
                        {locale.say("结束这一天", "End the day")}
                    </button>
                </p>
            </form>
        }
        .into_any()
    };
    Some(
        view! {
            <details class="ask" open=wrong.is_some()>
                <summary>{locale.say("结束这一天…", "End the day…")}</summary>
                <div class="ask-body">{body}</div>
            </details>
        }
        .into_any(),
    )
}

/// Those who would come in vain, and how they are told before it.
fn still_to_come(seen: &Seen<'_>, to_come: usize) -> AnyView {
    let locale = seen.locale();
    let list = seen.visit.url(&Asked { show: Show::Booked, ..seen.asked.afresh() }.path());
    let services = seen.visit.url(&address(services::PAGE, [("office", seen.office.id.as_str())]));
    view! {
        <Notice tone=Tone::Warning title=say!(locale, "还有 {to_come} 个没到时间", "{to_come} are still to come")>
            <p>
                {locale.say(
                    "现在结束，他们来了也办不了，也没有短信告诉他们。请先",
                    "If the day ends now, they come in vain, and no text tells them. First ",
                )}
                <a href=services>{locale.say("把今天后面的时间停办", "close the rest of today")}</a>
                {locale.say(
                    "：他们马上收到短信，今天 24:00 前可以自己改期。收不到短信的，打电话：",
                    ": they get a text at once and can move until midnight. Phone whom no text reaches: ",
                )}
                <a href=list>{locale.say("还没到的名单", "who is still to come")}</a>
            </p>
        </Notice>
    }
    .into_any()
}

/// The field that asks why the day ends before everybody is served.
fn why_now(locale: Locale, why: &str, wrong: Option<String>) -> AnyView {
    view! {
        {wrong.map(|wrong| view! { <p class="error">{wrong}</p> })}
        <label for="closing-reason">
            {locale.say(
                "为什么现在就结束（会一直留在记录里，不写号码）",
                "Why it ends now (kept in the record for good; no numbers)",
            )}
        </label>
        <input class="input" type="text" id="closing-reason" name="reason" value=why.to_owned() autocomplete="off" />
    }
    .into_any()
}

/// Who was sent away by a wrong press is helped the same day.
fn open_again(seen: &Seen<'_>) -> AnyView {
    let locale = seen.locale();
    let pressed = Pressed::ReopenDay { date: seen.date, version: seen.sheet.version };
    view! {
        <details class="ask">
            <summary>{locale.say("重新打开这一天…", "Open the day again…")}</summary>
            <div class="ask-body">
                <p>
                    {locale.say(
                        "打开以后又可以签到、取号和叫号，窗口要各自再打开。谁在什么时候打开的，会列出来。",
                        "People are checked in, given tickets and called again; each counter opens anew. Who opened the day, and \
                         when, is listed.",
                    )}
                </p>
                <p>
                    <button class="act" form=FORM name="do" value=pressed.value()>
                        {locale.say("重新打开这一天", "Open the day again")}
                    </button>
                </p>
            </div>
        </details>
    }
    .into_any()
}
