//! The copy on paper: what is kept of a booking, for one of those who come, who takes it home. What it does not say it names, and why.

use axum::response::Response;
use chrono::{DateTime, Utc};
use leptos::{prelude::*, serde_json::Value as Json};
use server::counter::copied::Handed;
use shared::{
    counter::{ActName, Ground, LookPurpose, Paper, Seen, StateName},
    identity::{IdType, Sex},
    locale::Locale,
    marriage::PartyKind,
    say,
    staff::Role,
};

use crate::{
    appointments::service::BookingPages,
    components::summary::{Row, Summary},
    pages::staff::{day::ticket, visits::on_paper},
    visit::Visit,
    words,
};

pub(super) fn draw(
    visit: &Visit,
    now: DateTime<Utc>,
    (handed, with_lookups): (&Handed, bool),
    pages: Option<&BookingPages>,
) -> Response {
    let (locale, kept) = (visit.locale, &handed.kept);
    let title = locale.say("预约存了什么：本人的一份", "What we keep about a booking: your own copy");
    let parts = [
        (locale.say("预约", "The booking"), booking(locale, kept)),
        (locale.say("您自己的", "Your own"), person(locale, &kept["people"][handed.own])),
        (locale.say("对方的（只显示一部分）", "The other person’s (partly hidden)"), other(locale, handed)),
    ];
    let parts = parts.map(|(title, rows)| {
        (!rows.is_empty())
            .then(|| view! { <section class="flow"><h2>{title}</h2><Summary locale=locale rows=rows /></section> })
    });
    let lists = [
        (locale.say("做过什么", "What was done"), list(&kept["done"], |done| act(locale, done))),
        (locale.say("在大厅", "In the hall"), list(&kept["visit"]["steps"], |step| in_hall(locale, step, pages))),
        (locale.say("谁看过", "Who looked at it"), list(&kept["looked_at_by"], |look| looked(locale, look))),
        (locale.say("发过的短信", "Text messages"), list(&kept["messages"], |text| message(locale, text))),
    ];
    let lookups = with_lookups.then(|| {
        let title = locale.say("窗口按您的证件查的", "When a counter looked you up by your document");
        (title, handed.looked_up.iter().map(|at| words::moment(locale, *at)).collect())
    });
    let lists = lists.into_iter().chain(lookups).map(|(title, lines): (_, Vec<String>)| {
        let lines = if lines.is_empty() { vec![locale.say("没有", "None").to_owned()] } else { lines };
        let lines = lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
        view! { <section class="flow"><h2>{title}</h2><ul>{lines}</ul></section> }
    });
    let printed = words::moment(locale, now);
    let on_screen = locale.say(
        "这一页是打印用的：打印以后当面交给本人，再关掉这一页。上面有完整的姓名和号码。",
        "This page is for printing: hand the paper to the person, then close it. It has a name and numbers in full.",
    );
    on_paper::draw(visit, super::PAGE, (title, on_screen), || {
        view! {
            <h1>{title}</h1>
            <p>{said(locale, &kept["state_note"])}</p>
            {parts.into_iter().collect_view()}
            {lists.collect_view()}
            <section class="flow">
                <h2>{locale.say("这里没有的", "What is left out")}</h2>
                <ul>{left_out(locale).map(|line| view! { <li>{line}</li> }).into_iter().collect_view()}</ul>
            </section>
            <p class="source">
                {say!(
                    locale,
                    "{printed}。《个人信息保护法》第四十五条、第四十六条、第四十七条；不同意的，可以向法院起诉（第五十条）。",
                    "{printed}. Personal Information Protection Law art 45, 46 and 47; whoever disagrees may go to court (art 50)."
                )}
            </p>
        }
    })
}

/// The same on every copy, whatever there was: what is said only where it was left out would tell.
fn left_out(locale: Locale) -> [&'static str; 4] {
    [
        locale.say(
            "对方完整的姓名和号码，短信里的链接：那是对方的，或者谁拿到都能打开预约。",
            "The other person’s name and numbers in full, and links in texts: they are the other’s, or open the booking to anybody.",
        ),
        locale.say(
            "不予办理的理由、还缺的材料，记录里看不出是两个人中哪一个的：可能是对方的事，所以不印；窗口当面对本人说，不予办理的可以要书面说明。",
            "A ground of refusal or a missing paper of which the record does not say whose it is: it may tell of the other person. Ask \
             at the counter; whoever was refused can have the reason in writing.",
        ),
        locale.say(
            "按别人的证件查的、打印的记录，为保护人身安全依法不能告诉的：可能让另一个人受到伤害（《个人信息保护法》第十八条、第三十五条）。按您自己的\
             证件查的，您要才印：纸带回家，别人可能看到。",
            "What was looked up and printed by somebody else’s document, and what may by law not be told to keep somebody safe: it could \
             harm a person (Personal Information Protection Law art 18 and 35). What was looked up by your own document is printed where you \
             ask for it, since others may read paper that you carry home.",
        ),
        locale.say(
            "工作人员内部写的原因：要看的，向大厅负责人提出，逐条核对，不会让人受到伤害的可以告诉您；不能告诉的，由主办单位答复（第四十五条、第五十条）。",
            "What staff wrote for themselves: ask the manager, who goes through it; what could harm nobody can be told, and of what cannot the \
             bureau gives you its answer (art 45 and 50).",
        ),
    ]
}

fn text(json: &Json) -> String {
    json.as_str().unwrap_or_default().to_owned()
}

fn said(locale: Locale, json: &Json) -> String {
    text(&json[locale.say("zh", "en")])
}

fn at(locale: Locale, json: &Json) -> String {
    let at = json.as_str().and_then(|at| DateTime::parse_from_rfc3339(at).ok());
    at.map(|at| words::moment(locale, at.to_utc())).unwrap_or_default()
}

fn day(locale: Locale, date: String) -> String {
    date.parse().map_or(date, |date| locale.date(date))
}

fn list(json: &Json, line: impl Fn(&Json) -> String) -> Vec<String> {
    json.as_array().into_iter().flatten().map(line).collect()
}

fn booking(locale: Locale, kept: &Json) -> Vec<Row> {
    let state = match kept["state"].as_str() {
        Some("booked") => locale.say("有效", "it stands"),
        Some("cancelled") => locale.say("已经取消", "cancelled"),
        Some("released") => locale.say("由办理机关撤销", "withdrawn by the office"),
        _ => locale.say("日子已过", "its day is over"),
    };
    let number = kept["visit"]["ticket"]
        .as_u64()
        .map(|number| Row::new(locale.say("排队号", "Ticket"), ticket(u32::try_from(number).unwrap_or_default())));
    let rows = [
        Row::new(locale.say("预约号", "Reference number"), text(&kept["reference"])),
        Row::new(locale.say("办理什么", "What for"), text(&kept["service"][usize::from(locale == Locale::En)])),
        Row::new(locale.say("地点", "Place"), said(locale, &kept["place"])),
        Row::new(locale.say("时间", "Time"), at(locale, &kept["starts_at"])),
        Row::new(locale.say("现在", "Now"), state),
        Row::new(locale.say("保存到", "Kept until"), day(locale, text(&kept["kept_until"]))),
    ];
    rows.into_iter().chain(number).collect()
}

fn other(locale: Locale, handed: &Handed) -> Vec<Row> {
    let people = handed.kept["people"].as_array().into_iter().flatten().enumerate();
    people.filter(|(place, _)| *place != handed.own).flat_map(|(_, other)| person(locale, other)).collect()
}

/// What is said of a person, in the order in which it is asked; nothing that is not there.
fn person(locale: Locale, person: &Json) -> Vec<Row> {
    if person["erased"] == true {
        return vec![Row::new(locale.say("姓名", "Name"), locale.say("已按对方的要求删除", "erased as they asked"))];
    }
    let read = |name: &str| {
        let value = text(&person[name]);
        Some(match name {
            _ if value.is_empty() => return None,
            "kind" => PartyKind::from_wire(&value).map_or(value, |kind| kind.label(locale).to_owned()),
            "id_type" => IdType::from_wire(&value).map_or(value, |id_type| id_type.label(locale).to_owned()),
            "sex" => Sex::from_wire(&value).map_or(value, |sex| sex.label(locale).to_owned()),
            "birth_date" => day(locale, value),
            _ => value,
        })
    };
    let labels = [
        ("name", locale.say("姓名", "Name")),
        ("kind", locale.say("身份类别", "Kind of person")),
        ("id_type", locale.say("证件类型", "Kind of document")),
        ("id_number", locale.say("证件号码", "Document number")),
        ("birth_date", locale.say("出生日期", "Date of birth")),
        ("sex", locale.say("性别", "Sex")),
        ("phone", locale.say("手机号", "Phone")),
    ];
    labels.into_iter().filter_map(|(name, label)| Some(Row::new(label, read(name)?))).collect()
}

fn act(locale: Locale, done: &Json) -> String {
    let act = match done["act"].as_str().unwrap_or_default() {
        "hold_taken" => locale.say("保留了时间", "a time was held"),
        "hold_extended" => locale.say("延长了保留", "the hold was extended"),
        "hold_handed_over" | "hold_swapped" => locale.say("换了保留的时间", "another time was held"),
        "booking_made" => locale.say("预约", "booked"),
        "booking_moved" => locale.say("改期", "moved"),
        "booking_cancelled" => locale.say("取消", "cancelled"),
        "booking_released" => locale.say("办理机关撤销", "withdrawn by the office"),
        "booking_copied" => locale.say("在网上下载了一份", "a copy was downloaded"),
        "booking_past" => locale.say("日子已过", "its day was over"),
        "place_returned" => locale.say("名额放回", "its place was given back"),
        "day_closed" => locale.say("那一天停办", "its day was closed"),
        "people_corrected" => locale.say("窗口看着证件更正了信息", "details were corrected at the counter"),
        "person_erased" => locale.say("有一个人的信息按本人要求删除", "one person’s details were erased as they asked"),
        // A later version may do what this one does not know.
        other => other,
    };
    format!("{} · {act}", at(locale, &done["at"]))
}

fn in_hall(locale: Locale, step: &Json, pages: Option<&BookingPages>) -> String {
    let name = step["act"].as_str().unwrap_or_default();
    let act = name.parse::<ActName>().map_or_else(|_| name.to_owned(), |act| act.words(locale).to_owned());
    let outcome = match step["outcome"].as_str() {
        Some("registered") => pages.map(|pages| pages.at_counter.done.say(locale)),
        Some("refused") => Some(locale.say("不予办理", "refused")),
        Some("to_return") => Some(locale.say("没有办完", "not completed")),
        Some("no_show") => Some(StateName::NoShow.words(locale)),
        Some("left") => Some(StateName::Left.words(locale)),
        _ => None,
    };
    let parts =
        [Some(at(locale, &step["at"])), Some(act), outcome.map(str::to_owned), why(locale, &step["why"], pages)];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// The ground of a refusal or the papers that were missing, and that some are left out.
fn why(locale: Locale, why: &Json, pages: Option<&BookingPages>) -> Option<String> {
    let counter = &pages?.at_counter;
    let ground = why["ground"].as_str().and_then(|name| counter.ground(locale, &Ground::parse(name).ok()?));
    let papers = list(&why["papers"], text).into_iter();
    let papers = papers.filter_map(|name| counter.paper(locale, &Paper::parse(&name).ok()?));
    let left_out = (why["left_out"] == true)
        .then(|| locale.say("（其余见“这里没有的”）", "(the rest: see what is left out)").to_owned());
    let all: Vec<_> = ground.into_iter().chain(papers).chain(left_out).collect();
    (!all.is_empty()).then(|| all.join(locale.say("、", ", ")))
}

fn looked(locale: Locale, look: &Json) -> String {
    let word = |name: &str| look[name].as_str().unwrap_or_default();
    let role = Role::from_name(word("role")).map(|role| role.words(locale));
    let seen = Seen::from_name(word("seen")).map(|seen| seen.words(locale)).unwrap_or_default();
    let purpose = LookPurpose::from_name(word("purpose")).map(|purpose| purpose.words(locale)).unwrap_or_default();
    let comma = locale.say("，", ", ");
    let who = format!("{} · {}", said(locale, &look["office"]), role.unwrap_or_default());
    format!("{} · {who} · {seen}{comma}{purpose}", at(locale, &look["at"]))
}

fn message(locale: Locale, message: &Json) -> String {
    format!("{} · {} · {}", at(locale, &message["written_at"]), text(&message["to"]), text(&message["text"]))
}
