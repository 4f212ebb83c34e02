//! The answer of the check: what it comes to, what to know, and what exactly to bring.

use chrono::NaiveDate;
use shared::{
    locale::Locale,
    localised::Localised,
    marriage::{
        check::{Advice, CheckAnswer, RegistryScope, Severity, Verdict},
        citation::Citation,
        documents::{DocumentItem, Documents, Needed},
    },
    say,
};

use super::Days;
use crate::components::{icon::Icon, part::Part};

/// The answer with the ways on from it. `chosen`: the couple named the day themselves.
pub fn answered(locale: Locale, answer: CheckAnswer, chosen: bool, days: Days, book_at: &str) -> Part {
    let book = book(locale, &answer, chosen, days, book_at);
    let not_open = not_open(locale, &answer, days);
    let print = Part::text("button", locale.say("打印这份清单", "Print this list")).class("button button-secondary");
    let print = print.with("form", "check").with("name", "print").with("value", "yes");
    let change = Part::text("a", locale.say("修改填写的情况", "Change your answers")).class("button button-quiet");
    let ways = book.into_iter().chain([print, change.with("href", "#check")]);
    let ways = Part::of("div", ways).class("actions");

    let mut parts = body(locale, answer, days);
    parts.extend(not_open);
    parts.push(ways);
    let section = Part::of("section", parts).class("answer flow").with("id", "answer");
    section.with("tabindex", "-1").with("aria-labelledby", "verdict")
}

/// The way to a time; none while nobody could book one on which the two may register.
fn book(locale: Locale, answer: &CheckAnswer, chosen: bool, days: Days, book_at: &str) -> Option<Part> {
    let (date, text) = match answer.verdict {
        Verdict::NotYet { from } if from <= days.last => {
            let from = from.max(days.next);
            let text = say!(locale, "预约 {}起的时间", "Book a time from {}", locale.date(from));
            (Some(from), text)
        }
        Verdict::NotYet { .. } | Verdict::MayNotRegister => return None,
        Verdict::MayRegister | Verdict::AskRegistry if unreleased(answer, days).is_some() => return None,
        Verdict::DayPast => (None, locale.say("预约以后的日子", "Book a later day").to_owned()),
        Verdict::MayRegister | Verdict::AskRegistry => {
            (chosen.then_some(answer.date), locale.say("预约登记", "Book a time").to_owned())
        }
    };
    let date = date.map(|date| format!("date={date}"));
    let foreign = (answer.registries == RegistryScope::ForeignRelated).then(|| "foreign=1".to_owned());
    let asks: Vec<_> = date.into_iter().chain(foreign).collect();
    let mark = if asks.is_empty() { "" } else { "?" };
    let address = format!("{book_at}{mark}{}", asks.join("&"));
    Some(Part::text("a", text).class("button button-primary").with("href", address))
}

/// The day on which the two would register, or from which they may, where no time from then on can be booked yet.
fn unreleased(answer: &CheckAnswer, days: Days) -> Option<NaiveDate> {
    match answer.verdict {
        Verdict::NotYet { from } => (from > days.last).then_some(from),
        Verdict::MayRegister | Verdict::AskRegistry => (answer.date > days.released).then_some(answer.date),
        Verdict::DayPast | Verdict::MayNotRegister => None,
    }
}

/// Said in the place of the way to a time where there is none yet.
fn not_open(locale: Locale, answer: &CheckAnswer, days: Days) -> Option<Part> {
    let (from, last) = (locale.date(unreleased(answer, days)?), locale.date(days.last));
    let text = say!(
        locale,
        "现在最远能约到 {last}，{from}起的时间还没有放出来，请临近时再来预约。",
        "Bookings are open up to {last}. Times from {from} are not open yet: please come back nearer the day."
    );
    Some(Part::text("p", text))
}

/// The answer without ways on, as on paper.
pub fn body(locale: Locale, answer: CheckAnswer, days: Days) -> Vec<Part> {
    let headline = headline(locale, &answer, days);
    let CheckAnswer { advice, documents, .. } = answer;
    let advice = advice.into_iter().map(|advice| remark(locale, advice));
    let mut parts = vec![
        headline,
        Part::text("h3", locale.say("您二位要知道的", "What you need to know")),
        Part::of("ul", advice).class("advice").with("role", "list"),
        Part::text("h3", locale.say("登记那天要带的", "What to bring on the day")),
    ];
    parts.extend(lists(locale, documents));
    parts
}

fn headline(locale: Locale, answer: &CheckAnswer, days: Days) -> Part {
    let date = locale.date(answer.date);
    let can_be_booked = unreleased(answer, days).is_none();
    let (class, icon, title, text) = match answer.verdict {
        Verdict::MayRegister => (
            "notice notice-success",
            Icon::Check,
            say!(
                locale,
                "按您填的情况，{date}符合登记条件",
                "Based on your answers, you meet the conditions to register on {date}"
            ),
            if can_be_booked {
                locale.say(
                    "登记处那天上不上班、有没有时间，预约时会看到。最后由婚姻登记机关当面核对。",
                    "Booking shows whether the registry is open that day and has a time. It makes the final decision \
                     when it sees your documents.",
                )
            } else {
                locale.say(
                    "那天还不能预约。最后由婚姻登记机关当面核对。",
                    "That day cannot be booked yet. The registry makes the final decision when it sees your documents.",
                )
            },
        ),
        Verdict::MayNotRegister => (
            "notice notice-warning",
            Icon::Warning,
            locale
                .say(
                    "按您填的情况，登记机关不予登记",
                    "Based on your answers, a registry will not register this marriage",
                )
                .to_owned(),
            locale.say(
                "下面写着依据。填错了的，可以修改；对规定有疑问，请问登记机关。",
                "The reason is set out below. If an answer is wrong, change it; if you have questions about the rule, \
                 ask the registry.",
            ),
        ),
        Verdict::DayPast => (
            "notice notice-warning",
            Icon::Warning,
            say!(locale, "{date}已经过去，请另选日期", "{date} has passed: please choose another day"),
            locale.say(
                "年龄按选的日子算，另选一天以后请再看一遍。",
                "Ages are counted on the chosen day, so look at the result again with the new one.",
            ),
        ),
        Verdict::NotYet { from } => (
            "notice notice-warning",
            Icon::Warning,
            say!(
                locale,
                "{date}还不能登记，{}起可以",
                "You cannot register on {date}, but you can from {}",
                locale.date(from)
            ),
            locale
                .say("有一方那天还不到法定婚龄。", "One of you will be under the legal age for marriage on that day."),
        ),
        Verdict::AskRegistry => (
            "notice notice-info",
            Icon::Info,
            locale
                .say(
                    "有的情况要由登记机关判断，请先打电话问清",
                    "Only the registry can decide this: please phone first",
                )
                .to_owned(),
            if can_be_booked {
                locale.say(
                    "下面写着要问什么。也可以先约好时间。",
                    "What to ask is set out below. You can still book a time.",
                )
            } else {
                locale.say(
                    "下面写着要问什么。那天还不能预约。",
                    "What to ask is set out below. That day cannot be booked yet.",
                )
            },
        ),
    };
    let title = Part::text("h2", title).class("notice-title").with("id", "verdict");
    let words = Part::of("div", [title, Part::text("p", text)]).class("notice-body");
    Part::of("div", [Part::icon(icon), words]).class(class)
}

fn remark(locale: Locale, advice: Advice) -> Part {
    let tag = |text: &str, class| Part::text("span", text).class(class);
    let severity = match advice.severity {
        Severity::Bars => Some(tag(locale.say("不予登记", "Not registered"), "tag tag-danger")),
        Severity::Blocks => Some(tag(locale.say("这一天不行", "Not on this day"), "tag tag-danger")),
        Severity::Ask => Some(tag(locale.say("要问登记机关", "Ask the registry"), "tag tag-warning")),
        Severity::Note => None,
    };
    let who = advice.party.map(|party| tag(who(locale, party.into()), "tag tag-info"));
    let tags: Vec<_> = severity.into_iter().chain(who).collect();
    let tags = (!tags.is_empty()).then(|| Part::of("p", tags).class("tags"));
    let text = Part::text("p", advice.text.say(locale));
    let source = advice.source.map(|source| Part::text("p", cited(locale, &source)).class("source"));
    Part::of("li", tags.into_iter().chain([text]).chain(source))
}

fn lists(locale: Locale, documents: Documents) -> Vec<Part> {
    let signed = documents.signed_there();
    let Documents { parties, together, not_needed, provisional } = documents;
    let [first, second] =
        parties.map(|items| items.into_iter().filter(|item| item.needed != Needed::SignedThere).collect());
    let lists: [(&str, &str, Vec<DocumentItem>); 5] = [
        (who(locale, 0), "checklist", first),
        (who(locale, 1), "checklist", second),
        (locale.say("两人一起", "Together"), "checklist", together),
        (locale.say("到了登记处再签", "Signed at the registry"), "not-needed", signed),
        (locale.say("不用带的", "Not needed"), "not-needed", not_needed),
    ];
    let mut parts: Vec<Part> = provisional.map(|why| to_ask_about(locale, &why)).into_iter().collect();
    let mut sources: Vec<String> = Vec::new();
    for (title, class, items) in lists.into_iter().filter(|(_, _, items)| !items.is_empty()) {
        for source in items.iter().map(|item| cited(locale, &item.source)) {
            if !sources.contains(&source) {
                sources.push(source);
            }
        }
        parts.push(Part::text("h4", title));
        let items = items.into_iter().map(|item| thing(locale, &item));
        parts.push(Part::of("ul", items).class(class).with("role", "list"));
    }
    let sources = sources.join(locale.say("；", "; "));
    let sources = say!(locale, "清单依据：{sources}", "Sources: {sources}");
    parts.push(Part::text("p", sources).class("source"));
    parts
}

/// Above a list that the registry may answer otherwise.
fn to_ask_about(locale: Locale, why: &Localised) -> Part {
    let words = Part::of("div", [Part::text("p", why.say(locale)).class("notice-title")]).class("notice-body");
    Part::of("div", [Part::icon(Icon::Warning), words]).class("notice notice-warning")
}

fn thing(locale: Locale, item: &DocumentItem) -> Part {
    let title = item.title.say(locale);
    let name = match item.needed.label(locale).filter(|_| !matches!(item.needed, Needed::Never | Needed::SignedThere)) {
        Some(when) => say!(locale, "{title}（{when}）", "{title} ({when})"),
        None => title.to_owned(),
    };
    Part::of("li", [Part::text("p", name), Part::text("p", item.note.say(locale)).class("note")])
}

fn who(locale: Locale, party: usize) -> &'static str {
    if party == 0 { locale.say("男方", "The groom") } else { locale.say("女方", "The bride") }
}

fn cited(locale: Locale, source: &Citation) -> String {
    format!("{} · {}", source.text.say(locale), source.grade.label(locale))
}
