//! What is said of counters, tickets and days, which no single visit is to blame for.

use chrono::NaiveDate;

use crate::counter::{ActName, CounterName};
use crate::locale::Locale;
use crate::problem::Words;

const NOT_DONE: [&str; 2] = ["没有办成", "Not done"];

pub(super) fn counter_busy(date: NaiveDate, ticket: Option<u32>) -> Words {
    let [zh, en] = Locale::ALL.map(|locale| locale.full_date(date));
    let whom = ticket.map_or_else(
        || [format!("{zh}的一个号"), format!("somebody of {en}")],
        |number| [format!("{zh}的 {number:03} 号"), format!("{number:03} of {en}")],
    );
    Words::new(
        "counter_busy",
        409,
        NOT_DONE,
        [
            &format!("这个窗口还有{}没有办完。请先在那一天的名单里办结那个号、标记离开或者暂放。", whom[0]),
            &format!(
                "This counter still has {}. Please finish that visit, mark it as left or set it aside first, on the sheet of that day.",
                whom[1]
            ),
        ],
    )
}

pub(super) fn counter_closed() -> Words {
    Words::new(
        "counter_closed",
        409,
        NOT_DONE,
        ["那个窗口没有开放，请选择别的窗口。", "That counter is closed. Please choose another."],
    )
}

pub(super) fn counter_taken() -> Words {
    Words::new(
        "counter_taken",
        409,
        NOT_DONE,
        [
            "这个窗口由另一位同事使用。请换一个窗口，或者请那位同事、大厅负责人先关闭它。",
            "A colleague is at this counter. Please take another one, or ask them or the office manager to close it.",
        ],
    )
}

pub(super) fn seated_elsewhere(sign: &CounterName) -> Words {
    Words::new(
        "seated_elsewhere",
        409,
        NOT_DONE,
        [
            &format!("您还开着 {sign} 号窗口。请先关闭那个窗口，再开这一个。"),
            &format!("You have counter {sign} open. Please close it before you open this one."),
        ],
    )
}

pub(super) fn hall_full() -> Words {
    Words::new(
        "hall_full",
        409,
        NOT_DONE,
        [
            "一个大厅最多 100 个窗口、100 块屏幕，还没打开的链接也算。请先删掉不用的。",
            "A hall has 100 counters and 100 screens at most, links that nobody has opened yet included. Please remove what is \
             not used first.",
        ],
    )
}

pub(super) fn counter_name_taken() -> Words {
    Words::new(
        "counter_name_taken",
        409,
        NOT_DONE,
        ["这里已经有这个名称的窗口，请换一个名称。", "There is a counter of this name already. Please choose another."],
    )
}

pub(super) fn day_closed(date: NaiveDate) -> Words {
    let [zh, en] = Locale::ALL.map(|locale| locale.full_date(date));
    Words::new(
        "day_closed",
        409,
        NOT_DONE,
        [
            &format!("{zh}已经结束，不能再改。没有办的，请大厅负责人补录；结果写错的，请大厅负责人写明理由后更正。"),
            &format!(
                "{en} is closed and stays as it is. The office manager enters what came of those who were not served, and \
                 can correct it, with a reason."
            ),
        ],
    )
}

pub(super) fn day_over(date: NaiveDate) -> Words {
    let [zh, en] = Locale::ALL.map(|locale| locale.full_date(date));
    Words::new(
        "day_over",
        409,
        NOT_DONE,
        [
            &format!(
                "这个号是{zh}的，不是今天的：不能再叫，不能改优先，不能移交、转走或者放回等候。请办结、标记离开或者暂放。"
            ),
            &format!(
                "This visit is of {en} and not of today: it is called by no counter any more, its priority stays as it is, and it \
                 is neither handed over nor sent on nor put back among those who wait. Please finish it, mark it as left or set \
                 it aside."
            ),
        ],
    )
}

pub(super) fn page_over(date: Option<NaiveDate>) -> Words {
    let [zh, en] = Locale::ALL.map(|locale| date.map(|date| locale.full_date(date)));
    let zh = zh.map_or_else(|| "这一页没有写明是哪一天的".to_owned(), |day| format!("这一页是{day}的，不是今天的"));
    let en = en.map_or_else(
        || "This page does not say of which day it is".to_owned(),
        |day| format!("This page is of {day} and not of today"),
    );
    Words::new(
        "page_over",
        409,
        NOT_DONE,
        [
            &format!("{zh}，所以刚才按的没有办，什么都没有改。请打开今天的，看清楚再办。"),
            &format!(
                "{en}, so what was pressed was not done, and nothing has changed. Please open that of today and look before you go on."
            ),
        ],
    )
}

pub(super) fn day_changed() -> Words {
    Words::new(
        "day_changed",
        409,
        NOT_DONE,
        [
            "您查看以后，这一天又有变化。请再看一遍谁还在等，再结束。",
            "Something has changed since you looked. Please see again who still waits, and then close the day.",
        ],
    )
}

pub(super) fn reason_needed() -> Words {
    Words::new(
        "reason_needed",
        422,
        ["请写明理由", "A reason is needed"],
        [
            "这一步要写明理由，会记录下来。请不要写证件号码和手机号。",
            "This takes a reason, which is recorded. Please leave document numbers and phones out of it.",
        ],
    )
}

pub(super) fn not_offered() -> Words {
    Words::new(
        "not_offered_there",
        422,
        ["没有转过去", "Not sent on"],
        [
            "那个地点不办这项业务。请在“转到别处”里另选一个地点和业务。",
            "That is not done at that place. Please choose another place and service to send them on to.",
        ],
    )
}

pub(super) fn no_place_left() -> Words {
    Words::new(
        "no_place_left",
        409,
        ["今天没有名额了", "No place left today"],
        [
            "今天的名额已经全部给出。还能不能加号，请问大厅的工作人员，由大厅负责人决定；也可以预约别的日子。",
            "All places of today are given out. Please ask the hall's staff whether more can be taken today, which the \
             office manager decides, or book another day.",
        ],
    )
}

pub(super) fn no_time_left() -> Words {
    Words::new(
        "no_time_left",
        409,
        ["现在不能取号", "No tickets now"],
        [
            "今天已经没有办理时段。还能不能办，请问大厅的工作人员，由大厅负责人决定；也可以预约别的日子。",
            "Today has no times left. Please ask the hall's staff whether you can be served today, which the office \
             manager decides, or book another day.",
        ],
    )
}

pub(super) fn time_closed() -> Words {
    Words::new(
        "visit_time_closed",
        409,
        NOT_DONE,
        [
            "这个号约的时间停办了，不能标记未到。他们可以改到别的时间；人来了的，照常签到，办不了的当面说明。",
            "The time of this booking was closed, so nobody is a no-show for it: they can move it to another time. Whoever \
             comes all the same is checked in and told at the desk.",
        ],
    )
}

pub(super) fn not_here() -> Words {
    Words::new(
        "not_here",
        404,
        ["没有找到这个号", "Not found here"],
        [
            "这里没有这个预约号。请核对预约号，再看一下约的是不是这个地方。",
            "There is no such booking here. Please check the reference number and the place that was booked.",
        ],
    )
}

pub(super) fn undo_instead(act: ActName) -> Words {
    let [zh, en] = [Locale::Zh, Locale::En].map(|locale| act.words(locale));
    Words::new(
        "undo_instead",
        409,
        NOT_DONE,
        [
            &format!("“{zh}”还不到一分钟，请直接撤销，不用更正。"),
            &format!("“{en}” is not a minute old: please undo it, which needs no correction."),
        ],
    )
}

pub(super) fn same_outcome() -> Words {
    Words::new(
        "same_outcome",
        409,
        NOT_DONE,
        ["现在的结果就是这个，没有要更正的。", "That is the outcome already; there is nothing to correct."],
    )
}

pub(super) fn told_twice() -> Words {
    Words::new(
        "told_twice",
        409,
        NOT_DONE,
        [
            "这个号的更正已经发过两次短信，不再发了。请不勾“同时发短信”再更正，并打电话告诉他们。",
            "Two corrections of this visit were sent as texts already, and no third goes out. Correct it without sending the \
             text, and call them.",
        ],
    )
}

pub(super) fn too_many_tickets(retry_after: u64) -> Words {
    let [zh, en] = [Locale::Zh, Locale::En].map(|locale| locale.wait(retry_after));
    Words::new(
        "too_many_tickets",
        429,
        ["取号太快了", "Too many tickets"],
        [
            &format!("刚才取的号太多，请过 {zh}再取；着急的，请找窗口的工作人员。"),
            &format!("Too many tickets were taken just now. Please wait {en}, or ask the staff at a counter."),
        ],
    )
}

pub(super) fn too_many_tickets_taken(retry_after: u64) -> Words {
    let [zh, en] = [Locale::Zh, Locale::En].map(|locale| locale.wait(retry_after));
    Words::new(
        "too_many_tickets_taken",
        429,
        ["没有取号", "No ticket taken"],
        [
            &format!(
                "您刚才取的、从纸上补录的现场号太多，请过 {zh}再来；急的，请另一位同事来，或者请他们在取号机上取。"
            ),
            &format!(
                "You took or entered too many walk-in tickets just now. Please wait {en}, or ask a colleague for the next, or send \
                 them to the kiosk."
            ),
        ],
    )
}
