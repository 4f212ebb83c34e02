//! What a screen in a hall says when something went wrong. Nothing there leads out of it, and it goes back to its start by
//! itself: nobody may be there to press anything.

use axum::{http::StatusCode, response::Response};
use leptos::prelude::*;
use shared::{counter::screen::ScreenKind, locale::Locale, problem::Problem, staff::OfficeId};

use crate::{
    components::button::LinkButton,
    draw,
    pages::{display, kiosk},
    visit::Visit,
    words::Text,
};

/// The page of a kiosk or a display; none of anything else.
pub(super) fn page(visit: &Visit, status: StatusCode, (problem, opening): (&Problem, bool)) -> Option<Response> {
    let mut parts = visit.path.split('/').skip(1);
    let kind = parts.next().and_then(ScreenKind::from_name)?;
    let office = parts.next().and_then(|office| OfficeId::parse(office).ok());
    Some(match (kind, office) {
        (_, None) => in_both(visit, status, WRONG_ADDRESS),
        (ScreenKind::Kiosk, Some(office)) => of_kiosk(visit, status, kiosk_words(problem, opening), &office),
        (ScreenKind::Display, Some(office)) => {
            display::again(in_both(visit, status, display_words(problem)), &display::start(visit, &office))
        }
    })
}

fn of_kiosk(visit: &Visit, status: StatusCode, words: [Text; 3], office: &OfficeId) -> Response {
    let start = kiosk::start_of(visit, office);
    let [title, what, next] = words.map(|text| text.say(visit.locale));
    let page = draw::hall(visit, status, title, || {
        view! {
            <main class="kiosk" id="main">
                <div class="kiosk-answer flow">
                    <h1>{title}</h1>
                    <p>{what}</p>
                    <p>{next}</p>
                    <div class="actions">
                        <LinkButton href=start.clone() text=visit.say("回到开始", "Back to the start") />
                    </div>
                </div>
            </main>
        }
    });
    kiosk::forgotten(page, &start)
}

fn kiosk_words(problem: &Problem, opening: bool) -> [Text; 3] {
    let desk = Text(
        "急的请到前台，前台可以帮您签到、取号。过一分钟，这里自己回到开始。",
        "If it is urgent, the desk checks you in and gives you a ticket. In a minute this screen is back at its start.",
    );
    let not_done = if opening {
        Text("这一页没有打开，什么都没有改变。", "The page was not opened, and nothing was changed.")
    } else {
        Text("这一步没有办成。", "This step was not done.")
    };
    match problem {
        Problem::RateLimited { .. } => {
            [Text("按得太快了，请稍等一会儿", "Too many presses: please wait a moment"), not_done, desk]
        }
        Problem::Unanswered if !opening => [
            Text("没有等到结果", "No answer in time"),
            Text("不知道这一步有没有办成。", "This step may have been done or not."),
            Text(
                "请先到前台问一下有没有办成。过一分钟，这里自己回到开始。",
                "Please ask at the desk first whether it was done. In a minute this screen is back at its start.",
            ),
        ],
        Problem::Busy | Problem::Unavailable | Problem::Unanswered | Problem::Internal => {
            [Text("这台机器暂时用不了", "This machine is out of service for the moment"), not_done, desk]
        }
        _ => [Text("没有看懂这一步", "This could not be read"), not_done, desk],
    }
}

fn display_words(problem: &Problem) -> [Text; 2] {
    match problem {
        Problem::RateLimited { .. }
        | Problem::Busy
        | Problem::Unavailable
        | Problem::Unanswered
        | Problem::Internal => [
            Text("叫号暂时显示不了", "Calls cannot be shown for the moment"),
            Text(
                "请听工作人员叫号，或者到前台问。这里过几秒自己再试。",
                "Please listen for the staff, or ask at the desk. This screen tries again in some seconds.",
            ),
        ],
        _ => WRONG_ADDRESS,
    }
}

const WRONG_ADDRESS: [Text; 2] = [
    Text("这块屏幕的网址不对", "This screen was opened at a wrong address"),
    Text(
        "请到前台。大厅负责人可以在“大厅设置”里重新生成链接，在这块屏幕上打开。",
        "Please ask at the desk. The office manager makes a new link under “Office settings” and opens it on this screen.",
    ),
];

/// In both languages at once, as the board is: a hall is not asked which it reads.
fn in_both(visit: &Visit, status: StatusCode, words: [Text; 2]) -> Response {
    let [[title, what], [title_en, what_en]] =
        [Locale::Zh, Locale::En].map(|locale| words.map(|text| text.say(locale)));
    draw::hall(visit, status, visit.say(title, title_en), || {
        view! {
            <main class="kiosk" id="main">
                <div class="kiosk-answer flow">
                    <h1>{title} " " <span lang="en">{title_en}</span></h1>
                    <p>{what}</p>
                    <p lang="en">{what_en}</p>
                </div>
            </main>
        }
    })
}
