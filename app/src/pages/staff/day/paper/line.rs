//! One line of the page.

use leptos::prelude::*;
use shared::{field::FieldMessage, locale::Locale, say};

use super::{
    super::{act::service_of, asked::ticket, current::names, missing, seen::Seen, stands::clock},
    typed::{APART, Typed},
};
use crate::{
    components::{
        error_summary::message_at,
        field::{Remarks, described_by},
    },
    pages::staff::small_field::SmallField,
};

impl Typed {
    /// What is wrong with it, at its fields.
    pub fn messages(&self, locale: Locale) -> Vec<FieldMessage> {
        let mut all = self.errors.messages(locale);
        for message in &mut all {
            message.field = self.field(&message.field);
        }
        all.extend(self.problem.as_ref().map(|problem| FieldMessage {
            field: self.field("ending"),
            code: problem.code().to_owned(),
            message: problem.sentence(locale),
        }));
        all
    }
}

pub fn draw(seen: &Seen<'_>, typed: &Typed) -> AnyView {
    let locale = seen.locale();
    let messages = typed.messages(locale);
    let whose = whose(seen, typed);
    let hidden = typed.visit.as_ref().map(|(visit, version)| {
        view! {
            <input type="hidden" name=typed.field("visit") value=visit.to_string() />
            <input type="hidden" name=typed.field("version") value=version.to_string() />
        }
    });
    let text =
        |name: &'static str, label: &str, value: &str| field(locale, (typed.field(name), label, value), &messages);
    let came =
        typed.visit.as_ref().and_then(|(visit, _)| seen.row(visit)).is_none_or(|row| row.state.arrived_at().is_none());
    let arrived = came.then(|| text("arrived", locale.say("到达", "Came"), &typed.arrived));
    view! {
        <li class="paper-line">
            <fieldset>
                <legend>{whose}</legend>
                {hidden}
                <input type="hidden" name=typed.field("press") value=typed.press.clone() />
                <div class="paper-fields">
                    {service(seen, typed, &messages)}
                    {ending(seen, typed, &messages)}
                    {text("ticket", locale.say("号码", "Ticket"), &typed.ticket)}
                    {arrived}
                    {text("called", locale.say("叫号", "Called"), &typed.called)}
                    {counter(seen, typed, &messages)}
                    {text("ended", locale.say("办完或离开", "Done or left"), &typed.ended)}
                </div>
                {papers(seen, typed)}
            </fieldset>
        </li>
    }
    .into_any()
}

/// Who the line is of, and how they stand by now.
fn whose(seen: &Seen<'_>, typed: &Typed) -> String {
    let locale = seen.locale();
    let row = match &typed.visit {
        Some((visit, _)) => seen.row(visit),
        None => return locale.say("现场取号", "Walk-in").to_owned(),
    };
    let Some(row) = row else { return locale.say("已经不在这一天", "No longer on that day").to_owned() };
    let time = clock(row.starts_at);
    let time = if row.walk_in { None } else { Some(say!(locale, "约 {time}", "booked for {time}")) };
    let service = (seen.here.len() > 1).then(|| service_of(seen, row)).flatten();
    let parts = [
        time,
        row.ticket.map(|number| say!(locale, "{} 号", "ticket {}", ticket(number))),
        Some(names(row)).filter(|names| !names.is_empty()),
        row.reference.map(|reference| reference.to_string()),
        service.map(|pages| pages.words.name.say(locale).to_owned()),
        Some(row.state.kind().words(locale).to_owned()),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn ending(seen: &Seen<'_>, typed: &Typed, messages: &[FieldMessage]) -> AnyView {
    let locale = seen.locale();
    let of = typed.at_counter(seen);
    let done = of.map_or(crate::appointments::service::AtCounter::PLAIN.done, |of| of.done).say(locale);
    let mut options = vec![(String::new(), locale.say("（没有记）", "(nothing written)").to_owned())];
    if typed.visit.as_ref().is_some_and(|(visit, _)| seen.row(visit).is_none_or(|row| !row.excused)) {
        options.push(("no_show".to_owned(), locale.say("未到", "no-show").to_owned()));
    }
    options.push(("registered".to_owned(), say!(locale, "办结：{done}", "done: {done}")));
    options.push(("left".to_owned(), locale.say("走了，没办", "left unserved").to_owned()));
    options.push(("waiting".to_owned(), locale.say("还在等", "still waiting").to_owned()));
    if of.is_some_and(|of| !(of.papers)(locale).is_empty()) {
        options.push(("to_return".to_owned(), locale.say("补材料再来", "to return with papers").to_owned()));
        options.push(("not_done".to_owned(), locale.say("没有办完", "not completed").to_owned()));
        // Explained above the lines; whoever reads the paper, or over a shoulder, reads a mark.
        options.push((APART.to_owned(), locale.say("没有办完 *", "not completed *").to_owned()));
    }
    options.extend(
        of.map(|of| (of.grounds)(locale)).unwrap_or_default().into_iter().map(|(ground, words)| {
            (format!("refused:{ground}"), say!(locale, "不予办理：{words}", "refused: {words}"))
        }),
    );
    choose(locale, (typed.field("ending"), locale.say("结果", "Result"), &typed.ending), options, messages)
}

fn counter(seen: &Seen<'_>, typed: &Typed, messages: &[FieldMessage]) -> AnyView {
    let locale = seen.locale();
    let none = (String::new(), "—".to_owned());
    let counters = seen.sheet.counters.iter().map(|counter| (counter.id.to_string(), counter.name.to_string()));
    let options = std::iter::once(none).chain(counters).collect();
    choose(locale, (typed.field("counter"), locale.say("窗口", "Counter"), &typed.counter), options, messages)
}

/// What somebody without a booking came for, where there is more than one thing to come for.
fn service(seen: &Seen<'_>, typed: &Typed, messages: &[FieldMessage]) -> Option<AnyView> {
    let locale = seen.locale();
    if typed.visit.is_some() {
        return None;
    }
    if let [only] = &seen.here[..] {
        let name = only.bookable.service.name().to_owned();
        return Some(view! { <input type="hidden" name=typed.field("service") value=name /> }.into_any());
    }
    let none = (String::new(), "—".to_owned());
    let here = seen
        .here
        .iter()
        .map(|pages| (pages.bookable.service.name().to_owned(), pages.words.name.say(locale).to_owned()));
    let options = std::iter::once(none).chain(here).collect();
    Some(choose(locale, (typed.field("service"), locale.say("办什么", "What for"), &typed.service), options, messages))
}

fn papers(seen: &Seen<'_>, typed: &Typed) -> Option<AnyView> {
    let locale = seen.locale();
    let papers = missing::to_tick(typed.pages(seen)?, locale);
    if papers.is_empty() {
        return None;
    }
    let name = typed.field("paper");
    let papers = papers.into_iter().map(|(paper, words)| {
        let paper = paper.to_string();
        let ticked = typed.papers.contains(&paper);
        view! {
            <label class="pick">
                <input type="checkbox" name=name.clone() value=paper checked=ticked />
                <span>{words}</span>
            </label>
        }
    });
    let papers = papers.collect_view();
    Some(
        view! {
            <details class="ask" open=!typed.papers.is_empty() || typed.ending == "to_return">
                <summary>{locale.say("补材料的，缺什么", "To return: what is missing")}</summary>
                <div class="ask-body">{papers}</div>
            </details>
        }
        .into_any(),
    )
}

fn field(locale: Locale, (name, label, value): (String, &str, &str), messages: &[FieldMessage]) -> AnyView {
    let error = message_at(messages, &name);
    let (label, value, mode) = (label.to_owned(), value.to_owned(), Some("numeric"));
    SmallField { id: name.clone(), name, label, value, kind: "text", mode, class: "input", error }.draw(locale)
}

fn choose(
    locale: Locale,
    (name, label, chosen): (String, &str, &str),
    options: Vec<(String, String)>,
    messages: &[FieldMessage],
) -> AnyView {
    let (error, label) = (message_at(messages, &name), label.to_owned());
    let (described, invalid) = (described_by(&name, false, error.is_some()), error.is_some().then_some("true"));
    let options = options.into_iter().map(|(value, words)| {
        let is_chosen = value == chosen;
        view! { <option value=value selected=is_chosen>{words}</option> }
    });
    let options = options.collect_view();
    view! {
        <div class="paper-field">
            <label for=name.clone()>{label}</label>
            <select class="input" id=name.clone() name=name.clone() aria-describedby=described aria-invalid=invalid>
                {options}
            </select>
            <Remarks locale=locale name=name error=error />
        </div>
    }
    .into_any()
}
