//! `/cases/{reference}`: where an application stands, until when, what comes next, and who has looked at it.

use axum::{extract::State as Of, response::Response};
use leptos::prelude::*;
use server::{
    App, Rejection,
    procedures::{
        cases::{Done, Side},
        looks::Look,
        papers::missing,
        ratings, talk,
    },
};
use shared::{
    calendar::shanghai_date,
    locale::Locale,
    localised::Localised,
    procedures::{
        ActName, State, Until,
        told::{Told, told},
    },
    say,
};

use super::{messages, opened::Opened, rating, told as beside};
use crate::{
    components::{
        back_link::BackLink,
        button::{LinkButton, Weight},
        heading::StepHeading,
        notice::{Notice, Tone},
        summary::{Row, Summary},
        timeline::{Milestone, Timeline},
    },
    draw,
    pages::procedures::{papers, path_of, photos},
    visit::Visit,
    words,
};

pub async fn show(Of(app): Of<App>, visit: Visit, opened: Opened) -> Result<Response, Rejection> {
    let locale = visit.locale;
    let rated = ratings::of_family(&app, &opened.family).await?;
    let unread = talk::unread_of_family(&app, &opened.family).await?;
    let Told { title, sentences } = told(&opened.case.state, opened.procedure().payee);
    let title = title.say(locale).to_owned();
    let full_title = format!("{title} · {}", opened.name(locale));
    let sentences: Vec<_> = if opened.case.is_erased {
        vec![locale.say(ERASED[0], ERASED[1]).to_owned()]
    } else {
        sentences.iter().map(|sentence| sentence.say(locale).to_owned()).collect()
    };
    let sentences = sentences.into_iter().map(|sentence| view! { <p>{sentence}</p> }).collect_view();
    Ok(draw::page(&visit, &full_title, || {
        view! {
            <div class="beside">
                <div class="column flow">
                    <BackLink href=visit.url("/procedures") text=locale.say("网上申请", "Apply online") />
                    {thanks(&visit)}
                    <StepHeading title=title />
                    {sentences}
                    {elsewhere(&opened, locale)}
                    {nothing_to_do(&opened, locale)}
                    {time(&opened, locale)}
                    {acts(&visit, &opened)}
                    {facts(&opened, locale)}
                    {bring(&opened, locale)}
                    <section class="flow">
                        <h2>{locale.say("办理经过", "What has happened")}</h2>
                        <Timeline events=events(&opened, locale) />
                    </section>
                    {messages::section(&visit, &opened, unread)}
                    {rating::section(&visit, &opened, rated.as_ref())}
                </div>
                <aside class="aside flow">
                    {ways(&visit, &opened)}
                    <h2>{locale.say("谁看过这件申请", "Who looked at this application")}</h2>
                    {looks(&opened, locale)}
                </aside>
            </div>
        }
    }))
}

/// In place of what a state means, once nothing that names anybody is left.
const ERASED: [&str; 2] = [
    "这件申请办完很久，填写的内容、交的材料和决定书已经按保存期限抹去，这里只留下办理经过。决定以盖章的决定书为准；还有事的，请重新申请，或者问民政部门。",
    "This ended long ago. What was entered and sent, and the letter, have been erased, and only what happened is left here. The sealed \
     letter counts. If there is more to settle, apply anew, or ask the bureau.",
];

/// The query of this page once what was asked for was handed in.
pub(super) const SUPPLIED: &str = "supplied";

fn thanks(visit: &Visit) -> Option<AnyView> {
    let title = match visit.query.as_deref() {
        Some(SUPPLIED) => visit.say("补充的内容已经收到", "What you added has arrived"),
        Some(rating::RATED) => visit.say("您的评价已经收到", "What you said has arrived"),
        _ => return None,
    };
    Some(view! { <Notice tone=Tone::Success title=title live=true /> }.into_any())
}

/// That the same was granted in another application, and what comes next; nothing of whose that is.
fn elsewhere(opened: &Opened, locale: Locale) -> Option<AnyView> {
    opened.case.granted_elsewhere.then(|| {
        let title = locale.say("同一个编号已经准予过一次", "The same number was granted once already");
        let next = locale.say(
            "您填的证明编号，在另一件申请里已经准予过，而它只能准予一次。您的申请还在，工作人员会看过两件，再书面答复您。",
            "What you entered as the number of the proof was granted in another application, and it is granted once. Yours still stands:              staff will look at both and answer you in writing.",
        );
        let ways = locale.say(
            "如果是家里别的人申请的，可以撤回这一件。觉得不对的，请带上证明原件到民政部门问，或者拨打 12345。",
            "If somebody else of your family applied, you can withdraw this one. If it seems wrong to you, bring the proof itself to the              bureau and ask, or call 12345.",
        );
        view! {
            <Notice tone=Tone::Warning title=title>
                <p>{next}</p>
                <p>{ways}</p>
            </Notice>
        }
        .into_any()
    })
}

/// Until when it is decided, as far as a text says so; without one also how long such applications took.
fn time(opened: &Opened, locale: Locale) -> AnyView {
    let case = &opened.case;
    let until = Until::of(opened.procedure(), &case.state, case.latest_on);
    let told = until.told(shanghai_date(opened.now));
    let class = if matches!(until, Until::By(_)) { "claim-latest" } else { "soft" };
    let told = told.iter().map(|sentence| view! { <p class=class>{sentence.say(locale).to_owned()}</p> });
    let usual = case.usual.filter(|_| until == Until::NotSet).map(|usual| {
        view! { <p class="soft">{beside::usual(locale, usual)}</p> }
    });
    view! {
        {told.collect_view()}
        {usual}
    }
    .into_any()
}

/// What the family can do now; at most one thing is asked of them.
fn acts(visit: &Visit, opened: &Opened) -> Option<AnyView> {
    let (page, text) = match &opened.case.state {
        State::Supplementing { .. } => ("supplement", visit.say("看要补充什么", "See what is needed")),
        State::Decided { .. } | State::Closed { .. } if !opened.case.is_erased => {
            ("letter", visit.say("看决定书", "Read the decision"))
        }
        State::Withdrawn => {
            let start = visit.url(&path_of(&opened.procedure().id));
            let text = visit.say("重新申请", "Apply anew");
            return Some(view! { <p class="actions"><LinkButton href=start text=text /></p> }.into_any());
        }
        _ => return None,
    };
    Some(view! { <p class="actions"><LinkButton href=opened.address(visit, page) text=text /></p> }.into_any())
}

fn facts(opened: &Opened, locale: Locale) -> AnyView {
    let rows = vec![
        Row::new(locale.say("申请什么", "Applied for"), opened.name(locale)),
        Row::new(locale.say("申请编号", "Application number"), opened.case.reference.to_string()),
        Row::new(locale.say("提交的时间", "Handed in"), words::moment(locale, opened.case.submitted_at)),
    ];
    view! { <Summary locale=locale rows=rows /> }.into_any()
}

/// Said while the office works and nothing is missing.
fn nothing_to_do(opened: &Opened, locale: Locale) -> Option<AnyView> {
    let works = matches!(opened.case.state, State::Accepted | State::Reviewing | State::Proposed(_));
    let text = locale.say("您现在不用做什么。", "There is nothing for you to do now.");
    (works && missing(&opened.case).is_empty()).then(|| view! { <p>{text}</p> }.into_any())
}

/// What was sent of papers; and that the others are brought to the office, while they may still be missing there.
fn bring(opened: &Opened, locale: Locale) -> Option<AnyView> {
    let procedure = opened.procedure();
    let sent = sent(opened, locale);
    let lacking = missing(&opened.case);
    let to_bring = (!lacking.is_empty()).then(|| {
        let names: Vec<_> = lacking.iter().map(|paper| paper.name.say(locale)).collect();
        let names = names.join(locale.say("、", ", "));
        let names = say!(locale, "会用到：{names}。", "These may be needed: {names}.");
        view! {
            <p>{papers::to_bring(locale, procedure)}</p>
            <p class="soft">{names}</p>
        }
    });
    (to_bring.is_some() || !sent.is_empty()).then(|| {
        let sent = (!sent.is_empty()).then(|| view! { <Summary locale=locale rows=sent /> });
        view! {
            <section class="flow">
                <h2>{locale.say("材料", "Papers")}</h2>
                {sent}
                {to_bring}
            </section>
        }
        .into_any()
    })
}

/// What was sent of papers, by their names.
pub(super) fn sent(opened: &Opened, locale: Locale) -> Vec<Row> {
    let of_papers = opened.procedure().papers.iter().filter_map(|paper| {
        let names = photos::names(locale, &opened.case.files, &paper.id)?;
        Some(Row::new(paper.name.say(locale), names))
    });
    of_papers.collect()
}

/// From the handing in to the last act, then what is to come.
pub(super) fn events(opened: &Opened, locale: Locale) -> Vec<Milestone> {
    let handed_in = Milestone {
        title: locale.say("提交申请", "Handed in").to_owned(),
        time: Some(words::moment(locale, opened.case.submitted_at)),
        done: true,
    };
    let coming = opened.case.state.is_open().then(|| Milestone {
        title: locale.say("作出决定", "The decision").to_owned(),
        time: None,
        done: false,
    });
    // Whoever applied before it passed on is not who reads this.
    let history = &opened.case.history;
    let passed = history.iter().rposition(|done| done.act == ActName::Pass).unwrap_or_default();
    let happened = history.iter().enumerate().map(|(place, done)| {
        let who = match done.side {
            Side::Family if place < passed => locale.say("原来的申请人", "The applicant before you"),
            side => beside::side(locale, side),
        };
        event(done, who, locale)
    });
    [handed_in].into_iter().chain(happened).chain(coming).collect()
}

fn event(done: &Done, who: &str, locale: Locale) -> Milestone {
    let when = words::moment(locale, done.at);
    let what = act(done.act, locale);
    let title = match &done.said {
        Some(said) => say!(locale, "{what}：{said}", "{what}: {said}"),
        None => what,
    };
    Milestone { title, time: Some(format!("{who} · {when}")), done: true }
}

/// What was done, as a family reads it: what the office asks of its own people is said to them more gently.
fn act(name: ActName, locale: Locale) -> String {
    let words = match name {
        ActName::Ask => Localised::new("请您补几样", "you were asked for what is missing"),
        ActName::Supply => Localised::new("补上了", "what was asked for came"),
        ActName::Correct => Localised::new("更正了填写的内容", "an answer was put right"),
        ActName::Approve => Localised::new("作出决定", "it was decided"),
        // Whoever reads it is whom it passed on to.
        ActName::Pass => Localised::new("转由您接着办", "it was passed on to you"),
        other => other.words(),
    };
    let words = words.say(locale);
    // In a sentence it is written small, here it stands alone.
    let mut signs = words.chars();
    signs.next().map_or_else(String::new, |first| first.to_uppercase().chain(signs).collect())
}

/// The ways that are beside the point.
fn ways(visit: &Visit, opened: &Opened) -> AnyView {
    let consents = (!opened.case.consents.is_empty()).then(|| {
        view! {
            <p>
                <a href=opened.address(visit, "withdraw")>
                    {visit.say("撤回同意", "Take a consent back")}
                </a>
            </p>
        }
    });
    let withdraw = opened.case.state.is_open().then(|| {
        view! {
            <h2>{visit.say("不想申请了", "Do not want to apply any more?")}</h2>
            <p>
                <LinkButton
                    href=opened.address(visit, "withdraw")
                    text=visit.say("撤回申请", "Withdraw the application")
                    weight=Weight::Quiet
                />
            </p>
        }
    });
    view! {
        <h2>{visit.say("回执", "Receipt")}</h2>
        <p>
            <a href=opened.address(visit, "receipt")>{visit.say("看提交回执", "See the receipt")}</a>
        </p>
        <h2>{visit.say("您的信息", "Your data")}</h2>
        <p>
            <a href=opened.address(visit, "data")>
                {visit.say("查看、打印您填写的内容和办理记录", "See and print what you entered and what was done with it")}
            </a>
        </p>
        {consents}
        {withdraw}
    }
    .into_any()
}

/// Who of which office looked, when and for what; nobody is named.
pub(super) fn looks(opened: &Opened, locale: Locale) -> AnyView {
    if opened.case.looks.is_empty() {
        let nobody = locale.say("还没有人打开过。", "Nobody has opened it yet.");
        return view! { <p class="soft">{nobody}</p> }.into_any();
    }
    let rows = opened.case.looks.iter().map(|look| {
        let (what, when) = (looked(opened, look, locale), words::moment(locale, look.at));
        let who = match &look.office {
            Some(office) => {
                say!(locale, "{}的工作人员 · {when}", "Staff of {} · {when}", office.say(locale))
            }
            None => say!(locale, "民政部门的工作人员 · {when}", "Staff of the bureau · {when}"),
        };
        view! {
            <li class="claim-look">
                <p>{what}</p>
                <p class="soft">{who}</p>
            </li>
        }
    });
    view! { <ul class="claim-looks" role="list">{rows.collect_view()}</ul> }.into_any()
}

fn looked(opened: &Opened, look: &Look, locale: Locale) -> String {
    let why = look.why.as_deref().map(|why| say!(locale, "，理由：{why}", ", because: {why}")).unwrap_or_default();
    if let Some(id) = &look.paper {
        let paper = opened.procedure().papers.iter().find(|paper| paper.id == *id);
        let name = paper.map_or(id.as_str(), |paper| paper.name.say(locale));
        return say!(locale, "看了“{name}”的照片{why}", "Looked at the photos of “{name}”{why}");
    }
    let Some(field) = &look.field else {
        return locale.say("打开了这件申请", "Opened the application").to_owned();
    };
    let label = opened.procedure().field(field).map_or(field.as_str(), |field| field.label.say(locale));
    say!(locale, "看了完整的“{label}”{why}", "Read “{label}” in full{why}")
}
