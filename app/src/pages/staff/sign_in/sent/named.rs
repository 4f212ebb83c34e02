//! How pages, fields and buttons of the staff's forms are called, for whoever sees what will be sent without its page around it.

use shared::{counter::ActName, locale::Locale};

/// A title or a label, in Chinese and in English.
type Words = [&'static str; 2];

/// Pages with a form; what is below one is of its kind where nothing else is said of it.
const PAGES: &[(&str, Words)] = &[
    ("/staff/day/paper", ["补录纸上的一天", "Enter the paper of a day"]),
    ("/staff/day", ["一天的名单", "The sheet of a day"]),
    ("/staff/book", ["代为预约", "Book for somebody"]),
    ("/staff/messages", ["没有送到的短信", "Messages that did not arrive"]),
    ("/staff/visits", ["一个号的情况", "A visit"]),
    ("/staff/release", ["不是本人的预约", "A booking that is not theirs"]),
    ("/staff/own-data", ["本人的信息", "Their own data"]),
    ("/staff/office/services", ["地点、服务与叫号", "Places, services and calling"]),
    ("/staff/office/hours", ["什么时候办", "When it is open"]),
    ("/staff/office/today", ["今天加号", "More places today"]),
    ("/staff/office", ["大厅设置", "Office settings"]),
    ("/staff/notices", ["通知", "Notices"]),
    ("/staff/cases", ["申请", "Applications"]),
    ("/staff/account/keys", ["通行密钥", "Passkeys"]),
    ("/staff/account/password", ["改密码", "Change the password"]),
    ("/staff/account/authenticator", ["换验证器", "Change the authenticator"]),
    ("/staff/account/codes", ["换一套备用码", "New codes on paper"]),
    ("/staff/account", ["我的账号", "My account"]),
    ("/staff/confirm", ["等第二个人确认", "Waiting for a second person"]),
    ("/staff/new-person", ["登记新人员", "Take somebody on"]),
    ("/staff/people", ["人员与岗位", "People and roles"]),
    ("/staff/places", ["地点", "Places"]),
];

/// What a button does, by what its value begins with, on a page and whatever is below it.
const PRESSES: &[(&str, &str, Words)] = &[
    ("/staff/day", "next", ["叫下一个", "call the next"]),
    ("/staff/day", "open", ["坐到窗口", "sit down at the counter"]),
    ("/staff/day", "pause", ["暂停窗口", "take a break"]),
    ("/staff/day", "resume", ["回到窗口", "come back from the break"]),
    ("/staff/day", "close", ["离开窗口", "leave the counter"]),
    ("/staff/day", "check-in", ["签到", "check in"]),
    ("/staff/day", "walk-in", ["现场取号", "give a ticket"]),
    ("/staff/day", "close-day", ["结束这一天", "end the day"]),
    ("/staff/day", "reopen-day", ["重新打开这一天", "open the day again"]),
    ("/staff/day", "apart", ["办结，不写原因", "end it without saying why"]),
    ("/staff/day", "search", ["查找", "search"]),
    ("/staff/day", "aside", ["为安全打开", "open it for safety"]),
    ("/staff/book", "book", ["预约", "book"]),
    ("/staff/book", "move", ["改到别的时间", "move the booking"]),
    ("/staff/visits", "aside", ["为安全打开", "open it for safety"]),
    ("/staff/visits", "correct", ["更正结果", "put the end right"]),
    ("/staff/visits", "cancel", ["取消预约", "cancel the booking"]),
    ("/staff/release", "find", ["查找", "look for it"]),
    ("/staff/release", "release", ["取消不是本人的预约", "release the booking"]),
    ("/staff/own-data", "find", ["查找", "look for it"]),
    ("/staff/own-data", "copy", ["打印副本", "print a copy"]),
    ("/staff/own-data", "erase", ["删除信息", "erase the data"]),
    ("/staff/own-data", "review", ["核对更正", "look at the correction"]),
    ("/staff/own-data", "change", ["返回修改", "go back and change it"]),
    ("/staff/own-data", "correct", ["更正，并发短信", "correct it and send the text"]),
    ("/staff/office/services", "describe", ["改地点的说明", "change what is said of the place"]),
    ("/staff/office/services", "still-right", ["都对，记今天核实过", "note that all of it is right"]),
    ("/staff/office/services", "preview", ["先看停办的影响", "see what closing does"]),
    ("/staff/office/services", "switch-off", ["停办这几天", "close these days"]),
    ("/staff/office/services", "preview-today", ["先看今天停办的影响", "see what closing today does"]),
    ("/staff/office/services", "close-today", ["今天停办", "close the rest of the day"]),
    ("/staff/office/services", "offer", ["开这项服务", "offer the service"]),
    ("/staff/office/services", "calling", ["改叫号规则", "set the rule of calling"]),
    ("/staff/office/today", "add", ["加号", "add places"]),
    ("/staff/office/today", "take-back", ["收回加的号", "take added places back"]),
    ("/staff/office/hours", "preview", ["先看看效果", "preview"]),
    ("/staff/office/hours", "save-tell", ["保存，并发短信", "save it and send the texts"]),
    ("/staff/office/hours", "save", ["保存", "save"]),
    ("/staff/office", "create", ["添加窗口", "add the counter"]),
    ("/staff/office", "rename", ["改窗口的牌子", "rename the counter"]),
    ("/staff/office", "remove", ["拆除窗口", "remove the counter"]),
    ("/staff/office", "close", ["关闭窗口", "close the counter"]),
    ("/staff/office", "screen", ["生成屏幕的链接", "make the link of a screen"]),
    ("/staff/office", "revoke", ["断开屏幕", "disconnect the screen"]),
    ("/staff/notices", "preview", ["先看看效果", "preview"]),
    ("/staff/notices", "save", ["保存通知", "save the notice"]),
    ("/staff/notices", "end", ["撤下通知", "take the notice down"]),
    ("/staff/notices", "undo", ["撤销", "undo"]),
    ("/staff/cases", "take", ["我来办", "take it"]),
    ("/staff/cases", "give", ["转给别人", "give it to somebody"]),
    ("/staff/confirm", "let-in", ["放行新机器", "let them in on a new machine"]),
    ("/staff/confirm", "place-confirm", ["确认改动", "confirm the change"]),
    ("/staff/confirm", "place-decline", ["不改", "leave it as it is"]),
    ("/staff/people", "suspend", ["停用账号", "suspend the account"]),
    ("/staff/people", "lift", ["恢复账号", "let them in again"]),
    ("/staff/people", "end", ["结束全部登录", "end all sessions"]),
    ("/staff/people", "reset", ["重新设置账号", "set the account up anew"]),
    ("/staff/people", "give", ["授予岗位", "give the role"]),
    ("/staff/people", "take", ["收回岗位", "take the role back"]),
];

/// What people fill in and choose.
const FIELDS: &[(&str, Words)] = &[
    ("do", ["按的按钮", "Button pressed"]),
    ("name", ["名称或者姓名", "Name"]),
    ("name_zh", ["名称", "Name in Chinese"]),
    ("name_en", ["英文名称", "Name in English"]),
    ("address_zh", ["地址", "Address in Chinese"]),
    ("address_en", ["英文地址", "Address in English"]),
    ("directions_zh", ["怎么走", "Directions in Chinese"]),
    ("directions_en", ["怎么走（英文）", "Directions in English"]),
    ("phone", ["电话", "Phone"]),
    ("reason", ["原因", "Reason"]),
    ("first", ["为什么先叫", "Why they are called first"]),
    ("other", ["其他原因", "Another reason"]),
    ("why", ["为什么", "Why"]),
    ("what", ["哪一项", "Which"]),
    ("case", ["申请", "Application"]),
    ("item", ["哪一项材料", "Paper or answer"]),
    ("kind", ["哪一种", "Kind"]),
    ("starts", ["几点开始", "Begins"]),
    ("ends", ["几点结束", "Ends"]),
    ("aside-why", ["为什么", "Why"]),
    ("correct-reason", ["为什么更正", "Why it is put right"]),
    ("note", ["说明", "Note"]),
    ("outcome", ["结果", "Outcome"]),
    ("ground", ["不予办理的原因", "Ground of refusal"]),
    ("paper", ["缺的材料", "Papers to bring"]),
    ("elsewhere", ["请去哪里", "Where they are sent"]),
    ("counter", ["窗口", "Counter"]),
    ("priority", ["优先", "Served first"]),
    ("tell", ["发短信", "Texts"]),
    ("told", ["已经当面告诉", "Told in person"]),
    ("hours", ["几个小时", "Hours"]),
    ("reference", ["预约号", "Reference number"]),
    ("q", ["要找的", "What is looked for"]),
    ("id_type", ["证件类型", "Kind of document"]),
    ("id_number", ["证件号码", "Document number"]),
    ("number", ["身份证号码", "Number of the identity card"]),
    ("card_name", ["证件上的姓名", "Name on the document"]),
    ("born", ["出生日期", "Date of birth"]),
    ("birth", ["出生日期", "Date of birth"]),
    ("language", ["短信的语言", "Language of the texts"]),
    ("date", ["日期", "Day"]),
    ("day", ["日", "Day"]),
    ("month", ["月", "Month"]),
    ("year", ["年", "Year"]),
    ("from", ["从哪天起", "From"]),
    ("to", ["到哪里，或者到哪天", "To"]),
    ("until", ["最后一天", "Last day"]),
    ("weekdays", ["星期几", "Days of the week"]),
    ("slot", ["时间", "Time"]),
    ("places", ["几个号", "Places"]),
    ("order", ["按什么叫号", "What counts in calling"]),
    ("role", ["岗位", "Role"]),
    ("scope", ["在哪里任职", "Where it holds"]),
    ("new-account", ["账号名", "Account"]),
    ("new-machine", ["要放行的账号", "Account that is let in"]),
    ("screen-name", ["屏幕放在哪里", "Where the screen is"]),
    ("where", ["放在哪里", "Where it stands"]),
    ("tone", ["语气", "How it is meant"]),
    ("title", ["标题", "Title"]),
    ("title_en", ["英文标题", "Title in English"]),
    ("text", ["正文", "Text"]),
    ("text_en", ["英文正文", "Text in English"]),
    ("sum", ["金额，元", "Sum in yuan"]),
    ("requirement", ["不符合哪一条", "Condition that is not met"]),
    ("facts", ["查明的事实", "What was found"]),
    ("evidence", ["证据", "What shows it"]),
    ("correct", ["更正哪一项", "Which answer is put right"]),
    ("answer", ["更正成", "As it is put right"]),
];

/// What the page itself says to the portal, and nobody typed.
const OF_THE_PORTAL: &[(&str, Words)] = &[
    ("press", ["这一次按的记号", "Mark of this press"]),
    ("drawn-on", ["页面是哪一天打开的", "Day on which the page was opened"]),
    ("version", ["看到的是第几次改动", "Change that was seen last"]),
    ("seen", ["看到的", "What was seen"]),
    ("effect", ["看到的影响", "Effect that was seen"]),
    ("rules", ["看到的叫号规则", "Rules of calling that were seen"]),
    ("plan", ["看到的安排", "Plan that was seen"]),
    ("hash", ["看到的建议", "Proposal that was seen"]),
    ("claim", ["核对过的身份", "Who was identified"]),
    ("meant", ["按钮上写的那一位", "Whom the button named"]),
    ("of", ["哪一项", "What it is of"]),
    ("anyway", ["还是要办", "All the same"]),
];

/// The title of a page; none for one that has no form.
pub fn page(locale: Locale, path: &str) -> Option<&'static str> {
    PAGES.iter().find(|(page, _)| is_at(path, page)).map(|(_, [zh, en])| locale.say(zh, en))
}

/// What a button with this value does on a page; none where nobody has said.
pub fn press(locale: Locale, path: &str, value: &str) -> Option<&'static str> {
    let act = value.split(':').next().unwrap_or_default();
    let known = PRESSES.iter().find(|(page, known, _)| *known == act && is_at(path, page));
    let known = known.map(|(.., [zh, en])| locale.say(zh, en));
    known.or_else(|| ActName::from_name(act).filter(|_| is_at(path, "/staff/day")).map(|act| act.words(locale)))
}

/// The label of a field, or its name. Where a page has several of a kind their names say which, and so does this.
pub fn field(locale: Locale, name: &str) -> String {
    let all = || FIELDS.iter().chain(OF_THE_PORTAL);
    let label = |wanted: &str| all().find(|(known, _)| *known == wanted).map(|(_, [zh, en])| locale.say(zh, en));
    match (label(name), name.rsplit('.').next().and_then(label)) {
        (Some(label), _) => label.to_owned(),
        (None, Some(label)) => format!("{label} ({name})"),
        (None, None) => name.to_owned(),
    }
}

/// Whether nobody has filled this in or chosen it.
pub fn is_for_the_portal(name: &str) -> bool {
    let last = name.rsplit('.').next().unwrap_or(name);
    last == "do" || OF_THE_PORTAL.iter().any(|(known, _)| *known == last)
}

fn is_at(path: &str, page: &str) -> bool {
    path.strip_prefix(page).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use axum::http::Method;

    use super::*;
    use crate::domains;

    #[test]
    fn every_page_for_staff_that_takes_a_form_has_a_title() {
        let table = domains::site();
        let takes = |row: &&crate::site::Row| row.path.starts_with("/staff") && row.methods.contains(&Method::POST);
        for row in table.rows().iter().filter(takes).filter(|row| row.who.wants_session()) {
            assert!(page(Locale::Zh, &row.path).is_some(), "{}", row.path);
        }
        assert_eq!(page(Locale::En, "/staff/people/demo-clerk"), Some("People and roles"));
        assert_eq!(page(Locale::Zh, "/staffing"), None);
    }

    #[test]
    fn a_button_is_called_after_what_it_does_on_its_page_and_a_field_after_its_label() {
        assert_eq!(press(Locale::Zh, "/staff/day", "park:3:abc"), Some("暂放"));
        assert_eq!(press(Locale::Zh, "/staff/day", "next:3"), Some("叫下一个"));
        assert_eq!(press(Locale::Zh, "/staff/people/one", "take:3"), Some("收回岗位"));
        assert_eq!(press(Locale::Zh, "/staff/cases", "take"), Some("我来办"));
        assert_eq!(press(Locale::Zh, "/staff/cases/one", "park"), None);
        assert_eq!(field(Locale::Zh, "reason"), "原因");
        assert_eq!(field(Locale::Zh, "r3.reason"), "原因 (r3.reason)");
        assert_eq!(field(Locale::Zh, "unheard-of"), "unheard-of");
        assert!(is_for_the_portal("r3.press") && is_for_the_portal("do") && !is_for_the_portal("reason"));
    }
}
