//! What comes out: what may fit, the one question that decides more, where to go and what to bring; the rest folded.

use leptos::prelude::*;
use shared::{
    eligibility::{
        answer::{ResultAnswer, answer},
        deciding::deciding,
        pack::Pack,
    },
    field::FieldMessage,
    locale::Locale,
    say,
};

use super::{
    answered::answers,
    compare::{BEFORE, TOLD, changes, statuses, told},
    doubts::{contradictions, doubts},
    go::Go,
    groups::{Groups, Row},
    heading,
    ladder::ladder,
    offices::offices,
    one_question::one_question,
    parts::{also, folded, section},
    region::stands_in,
    row::rows,
    scene::Scene,
    screen::{Screen, wanted},
    short,
    take::{carry, documents},
};

pub fn result(scene: Scene<'_>, messages: &[FieldMessage]) -> AnyView {
    let Scene { locale, pack, screen, today, .. } = scene;
    let (household, outcome) = (&screen.household, &screen.outcome);
    let wanted = wanted(pack, &screen.answers);
    let one = deciding(pack, household, outcome, &wanted);
    let groups = Groups::of(pack, household, outcome, &wanted, one.as_ref().map_or(&[], |one| &one.verdicts));
    let answer = answer(pack, household, outcome, locale);
    let results = &answer.results[..];
    let one = one.and_then(|one| one_question(scene, results, &groups, one.asked, messages));
    let asks_here = one.is_some();
    let rules =
        say!(locale, "按{}的规定，{}算。", "By the rules of {} as of {}.", pack.name.say(locale), locale.date(today));
    let noticed = rows(scene, results, &groups.noticed);
    // Beside something else it says where it comes from; alone it is simply what was found.
    let noticed = noticed.map(|rows| match &groups.likely[..] {
        [] => rows,
        _ => section("flow", locale.say("顺便看到的", "We also noticed"), rows),
    });
    let leads_nowhere = groups.found().next().is_none() && !asks_here;
    view! {
        <div class="headline">
            {heading::drawn(headline(locale, pack, &groups), screen)}
            {answers(scene, household)}
            <p class="headline-note">
                {locale.say("这是估计，以审核为准。", "An estimate; the bureau decides.")}
            </p>
        </div>
        {stands_in(locale, pack, screen.answers.get("region")).map(|line| view! { <p>{line}</p> })}
        {changes(scene)}
        <input type="hidden" name=BEFORE value=statuses(pack, household, outcome, &groups) />
        <input type="hidden" name=TOLD value=told(household) />
        {contradictions(scene, &answer.contradictions)}
        {doubts(scene, household)}
        <div class="outcome">
            <div class="flow">
                <h2 class="hidden-visually">{locale.say("结果", "Result")}</h2>
                {rows(scene, results, &groups.likely)}
                {noticed}
                {one}
                {go_on(scene, &groups, leads_nowhere)}
                {leads_nowhere.then(|| groups.open().map(|group| rows(scene, results, group)))}
            </div>
            <div class="outcome-way flow">
                {offices(scene, &if leads_nowhere { groups.leading() } else { groups.found().collect() })}
                {documents(scene, &if leads_nowhere { groups.leading() } else { groups.found().collect() })}
            </div>
            {folds(scene, results, &groups, leads_nowhere)}
        </div>
        <p class="headline-note">{rules}</p>
        {others(scene, wanted.len() < pack.benefits.len())}
    }
    .into_any()
}

/// What stands, in one sentence, for where the whole result is not drawn.
pub fn found(locale: Locale, pack: &Pack, screen: &Screen) -> String {
    let wanted = wanted(pack, &screen.answers);
    let one = deciding(pack, &screen.household, &screen.outcome, &wanted);
    let near: &[usize] = one.as_ref().map_or(&[], |one| &one.verdicts);
    headline(locale, pack, &Groups::of(pack, &screen.household, &screen.outcome, &wanted, near))
}

fn headline(locale: Locale, pack: &Pack, groups: &Groups) -> String {
    let name = |row: &Row| pack.benefits[row.benefit].name.say(locale);
    match (groups.found().count(), &groups.near[..]) {
        (0, []) => open(locale, groups),
        (0, [row]) => {
            let name = name(row);
            say!(locale, "再答一题，就知道能不能办{name}", "One more answer decides: {name}")
        }
        (0, rows) => {
            let count = rows.len();
            say!(locale, "再答一题，就知道这\u{a0}{count}\u{a0}项能不能办", "One more answer decides these {count}")
        }
        (count, _) => {
            let benefits = if count == 1 { "benefit" } else { "benefits" };
            say!(
                locale,
                "根据您的回答，有\u{a0}{count}\u{a0}项可能可以申请",
                "Based on your answers, you may be able to apply for {count} {benefits}"
            )
        }
    }
}

/// What is said where nothing is likely and no one answer decides.
fn open(locale: Locale, groups: &Groups) -> String {
    match (groups.bureau.len(), groups.lacking.len(), groups.ask.len()) {
        (0, 0, 0) => locale.say("根据您的回答，没有符合的", "Based on your answers, nothing fits").to_owned(),
        (0, _, 1..) => locale.say("再答几题，才看得出能办什么", "A few more answers will show what may fit").to_owned(),
        (0, lacking, 0) => say!(
            locale,
            "有\u{a0}{lacking}\u{a0}项还缺回答，补上才知道能不能办",
            "Answers are missing for {lacking}: with them you will know"
        ),
        (bureau, 0, _) => say!(
            locale,
            "根据您的回答，有\u{a0}{bureau}\u{a0}项要由民政部门来看",
            "Based on your answers, {bureau} are for the bureau to check"
        ),
        (bureau, lacking, _) => say!(
            locale,
            "有\u{a0}{bureau}\u{a0}项要由民政部门来看，{lacking}\u{a0}项还缺回答",
            "{bureau} are for the bureau to check; answers are missing for {lacking}"
        ),
    }
}

/// The way on through the questions that are left; the first thing to do where nothing else is.
fn go_on(scene: Scene<'_>, groups: &Groups, first: bool) -> Option<AnyView> {
    let Scene { locale, pack, screen, .. } = scene;
    let class = if first { "button button-primary" } else { "button button-secondary" };
    let left = screen.left;
    let text = say!(locale, "接着回答（最多还有 {left} 组）", "Go on answering (at most {left} more groups)");
    let names: Vec<&str> =
        groups.ask.iter().map(|row| short::name(pack.benefits[row.benefit].name.say(locale))).collect();
    let names = names.join(locale.say("、", ", "));
    let open = say!(locale, "还要再答几题才知道的：{names}。", "A few more answers will tell about: {names}.");
    (left > 0 && !groups.ask.is_empty()).then(|| {
        view! {
            <p class="off-paper">{open}</p>
            <div class="actions">
                <button class=class name="go" value=Go::Next.key(pack)>
                    {text}
                </button>
            </div>
        }
        .into_any()
    })
}

/// Everything else, each group with its count.
fn folds(scene: Scene<'_>, results: &[ResultAnswer], groups: &Groups, leads_nowhere: bool) -> AnyView {
    let locale = scene.locale;
    let fold = |zh: &'static str, en: &'static str, group: &[Row]| {
        let (title, count) = (locale.say(zh, en), group.len());
        let title = say!(locale, "{title}（{count} 项）", "{title} ({count})");
        rows(scene, results, group).map(|rows| folded(title, rows))
    };
    let lacking: Vec<Row> = groups.lacking.iter().chain(&groups.ask).cloned().collect();
    let open = (!leads_nowhere).then(|| {
        view! {
            {fold("还缺回答的", "Answers missing", &lacking)}
            {fold("要民政部门看的", "For the bureau to check", &groups.bureau)}
        }
    });
    view! {
        <div class="folds">
            {open}
            {fold("已经有的", "Already received", &groups.already)}
            {fold("根据您的回答不符合的", "Does not fit, based on your answers", &groups.no)}
            {ladder(scene, &scene.screen.outcome)}
            {carry(scene, groups)}
        </div>
    }
    .into_any()
}

/// What else can be done from here; what loses the answers stands last and apart.
fn others(scene: Scene<'_>, narrowed: bool) -> AnyView {
    let locale = scene.locale;
    let print = locale.say(
        "要留一份：用浏览器的“打印”，一张纸，也可以存成 PDF。",
        "To keep a copy, print this page with your browser: one sheet, or a PDF.",
    );
    view! {
        {narrowed.then(|| also(scene, &Go::All, locale.say("其他的也看一遍", "Look at everything else too")))}
        <p class="soft off-paper">{print}</p>
        {also(scene, &Go::Again, locale.say("给另一家查（清空）", "Check for another household (clears all)"))}
    }
    .into_any()
}
