//! What is said of one visit: how it stands, and what cannot be done or undone with it as it does.

use chrono::{DateTime, Utc};

use crate::calendar::shanghai;
use crate::counter::{ActName, StateName};
use crate::locale::Locale;
use crate::localised::Localised;
use crate::problem::Words;

const NOT_DONE: [&str; 2] = ["没有办成", "Not done"];
const NOT_UNDONE: [&str; 2] = ["没有撤销", "Not undone"];

pub(super) fn not_from(act: ActName, state: StateName) -> Words {
    let said = both(|locale| {
        let possible: Vec<_> = state.acts().iter().map(|act| act.words(locale)).collect();
        let possible = possible.join(locale.say("、", ", "));
        let (act, state) = (act.words(locale), state.words(locale));
        say!(
            locale,
            "这个号现在{state}，不能“{act}”。可以：{possible}。",
            "This visit is now {state}, so “{act}” is not possible. What is: {possible}."
        )
    });
    Words::new("visit_not_so", 409, NOT_DONE, [&said.zh, &said.en])
}

pub(super) fn over(state: StateName) -> Words {
    let said = both(|locale| {
        let state = state.words(locale);
        say!(
            locale,
            "这个号{state}，不能再操作。还要办理的，还有名额就可以重新取号。",
            "This visit is over: {state}. Who still needs something can take a new ticket while there are any."
        )
    });
    Words::new("visit_over", 409, NOT_DONE, [&said.zh, &said.en])
}

pub(super) fn changed(state: StateName) -> Words {
    let [zh, en] = [Locale::Zh, Locale::En].map(|locale| state.words(locale));
    Words::new(
        "visit_changed",
        409,
        NOT_DONE,
        [
            &format!("刚刚有人处理过这个号，它现在{zh}。请看清以后再操作。"),
            &format!("Somebody has just dealt with this visit. It is now {en}. Please look before you go on."),
        ],
    )
}

pub(super) fn called_elsewhere() -> Words {
    Words::new(
        "called_elsewhere",
        409,
        NOT_DONE,
        [
            "另一个窗口已经叫了这个号。请叫下一个号。",
            "Another counter has called them already. Please call the next visit.",
        ],
    )
}

pub(super) fn same_counter() -> Words {
    Words::new(
        "same_counter",
        409,
        NOT_DONE,
        ["这个号就在这个窗口，请选择别的窗口。", "They are at this counter already. Please choose another."],
    )
}

pub(super) fn not_today(starts_at: DateTime<Utc>) -> Words {
    let day = both(|locale| locale.full_date(shanghai(starts_at).date_naive()));
    Words::new(
        "visit_not_today",
        409,
        NOT_DONE,
        [
            &format!("这个号约的是{}，不是今天，不能签到。今天要办的，还有名额就可以现场取号。", day.zh),
            &format!(
                "This booking is for {} and not for today, so it cannot be checked in. To be served today, \
                 they can take a ticket while there are any.",
                day.en
            ),
        ],
    )
}

pub(super) fn not_yet(starts_at: DateTime<Utc>) -> Words {
    let time = both(|locale| locale.time(shanghai(starts_at).time()));
    Words::new(
        "visit_not_yet",
        409,
        NOT_DONE,
        [
            &format!("这个号约的时间是{}，那以前不能标记未到。已经叫过的，可以再叫一次，或者先暂放。", time.zh),
            &format!(
                "Their time begins at {}. Until then nobody is a no-show. Whoever was called can be called \
                 again, or set aside.",
                time.en
            ),
        ],
    )
}

pub(super) fn nothing_to_undo() -> Words {
    Words::new(
        "nothing_to_undo",
        409,
        NOT_UNDONE,
        ["这个号没有可以撤销的操作。", "There is nothing to undo in this visit."],
    )
}

pub(super) fn undo_too_late(act: ActName) -> Words {
    let [zh, en] = [Locale::Zh, Locale::En].map(|locale| act.words(locale));
    Words::new(
        "undo_too_late",
        409,
        NOT_UNDONE,
        [
            &format!("“{zh}”已经超过一分钟，不能再撤销，该发的消息已经发出。需要更正的，请找值班负责人。"),
            &format!(
                "“{en}” was more than a minute ago: it cannot be undone any more, and what there was to send \
                 has been sent. Please ask the manager on duty for a correction."
            ),
        ],
    )
}

fn both(sentence: impl Fn(Locale) -> String) -> Localised {
    Localised::new(sentence(Locale::Zh), sentence(Locale::En))
}
