//! Sentences of the rules for pages that speak to nobody in particular.
//!
//! The compiler of packs sees to it that these sentences name figures of the rules alone.

use shared::{
    eligibility::{
        pack::{Pack, Requirement, Rule},
        words::say_span,
    },
    locale::Locale,
};

use super::figures::Figures;

/// What a condition of a benefit asks of everybody, with the figures of today.
pub(super) fn asked(figures: &Figures<'_>, locale: Locale, requirement: &Requirement, benefit: usize) -> String {
    let says = &requirement.says;
    let sentence = match requirement.rule {
        Rule::Holds { .. } => says.rule.as_ref().unwrap_or(&says.yes),
        Rule::Bureau { .. } => &says.open,
    };
    general(figures, locale, sentence.say(locale), benefit)
}

/// The sentence with the figures of today; `benefit` is the place of the one whose sentence it is.
pub(super) fn general(figures: &Figures<'_>, locale: Locale, template: &str, benefit: usize) -> String {
    fill(locale, template, |name| {
        let param = param(figures.pack, name, benefit)?;
        let history = figures.history(param);
        say_span(locale, history.now().step()?.value, figures.pack.params[param].unit, figures.today)
    })
}

/// The figure that a name in a sentence stands for.
fn param(pack: &Pack, name: &str, benefit: usize) -> Option<usize> {
    let (owner, param) = match name.split_once('.') {
        Some((owner, param)) => (pack.benefits.iter().position(|known| known.id == owner)?, param),
        None => (benefit, name),
    };
    pack.params.iter().position(|known| known.benefit == owner && known.id == param)
}

fn fill(locale: Locale, template: &str, known: impl Fn(&str) -> Option<String>) -> String {
    let mut text = String::with_capacity(template.len() * 2);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else { break };
        text.push_str(before);
        rest = match known(name) {
            Some(value) => {
                text.push_str(&value);
                after
            }
            None if text.rfind(['（', '(']) > text.rfind(['）', ')']) => without_brackets(&mut text, after),
            None => {
                text.truncate(text.trim_end().len());
                text.push_str(locale.say("（没有查到，请问民政部门）", " (not known here; please ask the bureau)"));
                after.strip_prefix(locale.say(" ", "")).unwrap_or(after)
            }
        };
    }
    text.push_str(rest);
    text
}

/// Brackets say nothing without their figure.
fn without_brackets<'r>(text: &mut String, rest: &'r str) -> &'r str {
    text.truncate(text.rfind(['（', '(']).unwrap_or(text.len()));
    text.truncate(text.trim_end().len());
    rest.split_once(['）', ')']).map_or("", |(_, rest)| rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(locale: Locale, template: &str) -> String {
        fill(locale, template, |name| (name == "standard").then(|| locale.say("1,535 元", "1,535 yuan").to_owned()))
    }

    #[test]
    fn figures_are_put_in_and_what_is_not_known_is_said_to_be_so() {
        for (template, expected) in [
            ("人均月收入低于低保标准 {standard}。", "人均月收入低于低保标准 1,535 元。"),
            ("没有 {x", "没有 {x"),
            ("边缘线是每月 {line}，您家低于它。", "边缘线是每月（没有查到，请问民政部门），您家低于它。"),
            ("到了发津贴的年龄（{line} 周岁）。", "到了发津贴的年龄。"),
        ] {
            assert_eq!(said(Locale::Zh, template), expected);
        }
        for (template, expected) in [
            ("Below the line of {line}.", "Below the line of (not known here; please ask the bureau)."),
            ("Old enough (from {line}).", "Old enough."),
        ] {
            assert_eq!(said(Locale::En, template), expected);
        }
    }
}
