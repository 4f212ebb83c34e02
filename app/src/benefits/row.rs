//! One benefit as a closed row, what, how much, who and where; its reasons on tap.

use leptos::prelude::*;
use shared::{
    eligibility::{
        answer::{ResultAnswer, not_beside},
        answers::Question,
        pack::{Benefit, Scope},
        verdict::Status,
    },
    say,
};

use super::{
    cited,
    coming::coming,
    groups::Row,
    lacking::seen,
    offices,
    parts::new_tab,
    reasons::reasons,
    scene::{self, Scene, called},
    settle::{ask, helps},
    sums,
    way::{unknown, way},
};

/// The rows of a group, or nothing.
pub fn rows(scene: Scene<'_>, results: &[ResultAnswer], rows: &[Row]) -> Option<AnyView> {
    (!rows.is_empty()).then(|| {
        let rows = rows.iter().map(|row| self::row(scene, results, row)).collect_view();
        view! { <div class="fits">{rows}</div> }.into_any()
    })
}

fn row(scene: Scene<'_>, results: &[ResultAnswer], row: &Row) -> AnyView {
    let Scene { locale, pack, .. } = scene;
    let benefit = &pack.benefits[row.benefit];
    let results = || row.verdicts.iter().map(|place| (*place, &results[*place]));
    let open = results().all(|(_, result)| result.status != Status::No && !result.already);
    let likely = results().all(|(_, result)| result.is_new(Status::Likely));
    let place = open.then(|| offices::place(locale, pack, benefit));
    let lacking = lacking(scene, row);
    // Where an answer is lacking, nobody has said that the sum could be theirs.
    let amounts = results().map(|(place, result)| (place, result.telling_amount().filter(|_| lacking.is_none())));
    let amounts: Vec<_> = amounts.collect();
    let most = (open && lacking.is_none()).then(|| sums::most(scene, row.benefit)).flatten();
    let line = [Some(who(scene, benefit, row)), place, sums::may_have_changed(locale, &amounts)];
    let line = line.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let beside = not_beside(locale, results().map(|(_, result)| result));
    let about = results().map(|(place, result)| about(scene, row, place, result)).collect_view();
    let href = format!("{}/benefits/{}?region={}", locale.prefix(), benefit.id, pack.region);
    view! {
        <details class=if likely { "fit on-paper" } else { "fit" } id=format!("result-{}", benefit.id)>
            <summary>
                <h3 class="fit-name">{benefit.name.say(locale).to_owned()}</h3>
                " "
                {sums::amount(scene, benefit, &amounts).or(most)}
                <span class="fit-line">{line}</span>
                {lacking.map(|lacking| view! { <span class="fit-line">{lacking}</span> })}
                {beside.map(|beside| view! { <span class="fit-line">{beside}</span> })}
            </summary>
            <div class="fit-more flow">
                <p class="off-paper">
                    {benefit.summary.say(locale).to_owned()} " "
                    <a href=href target="_blank" rel="noopener">
                        {locale.say("这项的全部规定", "All its rules")}
                        {new_tab(locale)}
                    </a>
                </p>
                {sums::on_paper(locale, &amounts)}
                {about}
                {open.then(|| way(locale, pack, benefit))}
                <div class="result-more">
                    {cited::sources(locale, results().map(|(_, result)| result))}
                    {unknown(locale, benefit)}
                </div>
            </div>
        </details>
    }
    .into_any()
}

/// Questions, or topics where there are more, named in a closed row.
const FEW: usize = 2;

/// The questions that a row waits for: `还缺回答：妈妈 · 本地户口`, `还缺回答：已有的救助、收入等 10 题`.
fn lacking(scene: Scene<'_>, row: &Row) -> Option<String> {
    let Scene { locale, pack, screen, .. } = scene;
    let waiting = row.verdicts.iter().map(|place| &screen.outcome.verdicts[*place]);
    let waiting = waiting.filter(|verdict| seen(&screen.household, verdict) == Status::Ask && !verdict.already);
    let mut asked: Vec<Question> = Vec::new();
    for question in waiting.flat_map(|verdict| &verdict.open) {
        if !asked.contains(question) {
            asked.push(*question);
        }
    }
    let mut names: Vec<String> = Vec::new();
    for question in &asked {
        let name = match question.fact().filter(|_| asked.len() > FEW) {
            Some((fact, _)) => pack.topics[pack.facts[fact].topic].name.say(locale).to_owned(),
            None => scene::asked(scene, *question),
        };
        if names.len() < FEW && !names.contains(&name) {
            names.push(name);
        }
    }
    let (names, count) = (names.join(locale.say("、", ", ")), asked.len());
    match count {
        0 => None,
        1..=FEW => Some(say!(locale, "还缺回答：{names}", "Answers missing: {names}")),
        _ => {
            Some(say!(locale, "还缺回答：{names}等 {count} 题", "Answers missing: {names} and others, {count} in all"))
        }
    }
}

/// Why, for one of those whom the row is about.
fn about(scene: Scene<'_>, row: &Row, place: usize, result: &ResultAnswer) -> AnyView {
    let verdict = &scene.screen.outcome.verdicts[place];
    let whose = verdict.who.filter(|_| row.verdicts.len() > 1);
    view! {
        {whose.map(|person| view! { <h4>{called(scene, person)}</h4> })}
        {coming(scene, &scene.screen.household, &scene.screen.outcome, place, result)}
        {reasons(scene.locale, result)}
        {ask(scene, &verdict.open)}
        {helps(scene, &scene.screen.household, &scene.screen.outcome, place)}
    }
    .into_any()
}

/// Whose it would be: `全家`, `妈妈、小宝`.
fn who(scene: Scene<'_>, benefit: &Benefit, row: &Row) -> String {
    if benefit.scope == Scope::Household {
        return scene.locale.say("全家", "The household").to_owned();
    }
    let people = row.verdicts.iter().filter_map(|place| scene.screen.outcome.verdicts[*place].who);
    people.map(|person| called(scene, person)).collect::<Vec<_>>().join(scene.locale.say("、", ", "))
}
