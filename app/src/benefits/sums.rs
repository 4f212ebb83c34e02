//! What a benefit gives, in a row: a sum, what comes off a fee, or the most that is given.

use leptos::prelude::*;
use shared::{
    eligibility::{
        answer::{AmountAnswer, FigureAnswer},
        evaluate::Evaluation,
        expr::Mention,
        pack::{Benefit, Gives, Unit},
        words::since,
    },
    locale::Locale,
    say,
};

use super::{
    cited,
    scene::{Scene, called},
};

/// One sum for all, or each one's own; `amounts` are those of these verdicts.
pub fn amount(scene: Scene<'_>, benefit: &Benefit, amounts: &[(usize, Option<&AmountAnswer>)]) -> Option<AnyView> {
    let locale = scene.locale;
    let (_, first) = amounts.first()?;
    let same =
        amounts.iter().all(|(_, amount)| amount.map(|amount| &amount.sentence) == first.map(|first| &first.sentence));
    let text = if same {
        let each = if amounts.len() > 1 { locale.say("每人 ", "each ") } else { "" };
        format!("{each}{}", given(locale, benefit, (*first)?))
    } else {
        let one = |(place, amount): &(usize, Option<&AmountAnswer>)| {
            let whose =
                scene.screen.outcome.verdicts[*place].who.map(|person| called(scene, person)).unwrap_or_default();
            amount.map(|amount| format!("{whose} {}", given(locale, benefit, amount)))
        };
        amounts.iter().filter_map(one).collect::<Vec<_>>().join(locale.say("，", ", "))
    };
    Some(shown(text))
}

/// What comes off a fee is not paid out, and of a span of sums nobody needs to hear that there is a most.
fn given(locale: Locale, benefit: &Benefit, amount: &AmountAnswer) -> String {
    let bare = amount.sentence.strip_suffix(locale.say("（最高）", " at most"));
    let (sum, exact) = (bare.unwrap_or(&amount.sentence), amount.from == amount.to);
    match (benefit.gives, bare) {
        (Gives::FeeRelief, Some(_)) if exact => say!(locale, "最多减免 {sum}", "up to {sum} taken off"),
        (Gives::FeeRelief, _) => say!(locale, "减免 {sum}", "{sum} taken off"),
        (_, Some(_)) if !exact => sum.to_owned(),
        _ => amount.sentence.clone(),
    }
}

/// The most that is given, for a benefit whose sum nobody can work out beforehand.
pub fn most(scene: Scene<'_>, place: usize) -> Option<AnyView> {
    let Scene { locale, pack, screen, today, .. } = scene;
    let limit = |(_, param): &(usize, &shared::eligibility::pack::Param)| {
        param.benefit == place && param.limit && param.unit == Unit::Money
    };
    let (param, asked) =
        pack.params.iter().enumerate().find(limit).filter(|_| pack.benefits[place].amount.is_none())?;
    let evaluation = Evaluation::new(pack, &screen.household, today, today);
    evaluation.without_ceilings().param(param).low?;
    let said = evaluation.say_mention(locale, Mention::Param(param), None);
    Some(shown(format!("{} {said}", asked.name.say(locale))))
}

/// A newer figure is to be expected than one that a sum was worked out from.
pub fn may_have_changed(locale: Locale, amounts: &[(usize, Option<&AmountAnswer>)]) -> Option<String> {
    let mut figures = amounts.iter().filter_map(|(_, amount)| *amount).flat_map(|amount| &amount.figures);
    figures.any(|figure| figure.old).then(|| locale.say("标准可能已调整", "the rate may have changed").to_owned())
}

/// Where a sum comes from, for paper, on which nothing can be unfolded: the figure with its day and its text, or the texts
/// of several figures.
pub fn on_paper(locale: Locale, amounts: &[(usize, Option<&AmountAnswer>)]) -> Option<AnyView> {
    let all = amounts.iter().filter_map(|(_, amount)| *amount).flat_map(|amount| &amount.figures);
    let mut figures: Vec<&FigureAnswer> = Vec::new();
    for figure in all.filter(|figure| figure.value.is_some()) {
        if !figures.contains(&figure) {
            figures.push(figure);
        }
    }
    let mut sources: Vec<String> = Vec::new();
    for title in figures.iter().filter_map(|figure| figure.source.as_ref()).map(|source| cited::title(locale, source)) {
        if !sources.contains(&title) {
            sources.push(title);
        }
    }
    let comma = locale.say("，", ", ");
    let figure = figures.first().filter(|_| figures.len() == 1).map(|figure| {
        let value = figure.value.clone().unwrap_or_default();
        format!("{} {value}{comma}{}", figure.name, since(locale, figure.from))
    });
    let line: Vec<String> = figure.into_iter().chain(sources).collect();
    (!line.is_empty()).then(|| view! { <p class="for-paper">{line.join(comma)}</p> }.into_any())
}

fn shown(text: String) -> AnyView {
    view! { <strong class="fit-amount">{text}</strong> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_off_a_fee_says_so_and_a_span_has_no_most_beside_it() {
        let pack = server::policy::Policies::embedded().of("440305").unwrap().pack.clone();
        let benefit = |id: &str| pack.benefits.iter().find(|benefit| benefit.id == id).unwrap();
        let amount = |from: i64, to: i64, sentence: &str| AmountAnswer {
            from: Some(from),
            to: Some(to),
            per: String::new(),
            sentence: sentence.to_owned(),
            formula: String::new(),
            figures: Vec::new(),
        };
        let fee = amount(220_000, 220_000, "2,200 元（最高）");
        assert_eq!(given(Locale::Zh, benefit("funeral_basics"), &fee), "最多减免 2,200 元");
        let fee = amount(220_000, 220_000, "2,200 yuan at most");
        assert_eq!(given(Locale::En, benefit("funeral_basics"), &fee), "up to 2,200 yuan taken off");
        let meals = amount(500, 1_500, "5 元到 15 元/餐（最高）");
        assert_eq!(given(Locale::Zh, benefit("elder_meals"), &meals), "减免 5 元到 15 元/餐");
        let home = amount(800_000, 800_000, "8,000 元/户（最高）");
        assert_eq!(given(Locale::Zh, benefit("home_adaptation"), &home), home.sentence);
    }
}
