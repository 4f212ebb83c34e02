//! A figure of the rules in words, with its day and its source.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    super::{evaluate::Evaluation, expr::Mention, figures::Standing, shown::Shown, span::Span, words},
    SourceAnswer, cited,
};
use crate::locale::Locale;

/// A figure of the rules that a condition was judged by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FigureAnswer {
    pub name: String,
    /// In words; nothing when the pack does not know it, or something that it follows from.
    pub value: Option<String>,
    /// Nothing where the figure is not known, or its source names no day.
    pub from: Option<NaiveDate>,
    /// A newer one is to be expected.
    pub old: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<SourceAnswer>,
    /// What is announced to take its place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub coming: Option<ComingAnswer>,
}

/// A figure that holds from a later day on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ComingAnswer {
    pub from: NaiveDate,
    pub value: String,
}

pub(super) fn figure(
    evaluation: &Evaluation<'_>,
    mention: Mention,
    shown: Shown,
    locale: Locale,
) -> Option<FigureAnswer> {
    let Mention::Param(param) = mention else { return None };
    let asked = &evaluation.pack.params[param];
    let name = asked.name.say(locale).to_owned();
    let dated = match evaluation.standing(asked) {
        Standing::Current(dated) | Standing::Old(dated) => Some(dated),
        Standing::Unknown => None,
    };
    let say = |span: Span| {
        let number = words::say_span(locale, words::last_of(asked, span), asked.unit, evaluation.as_of)?;
        let per = asked.per.as_ref().map(|per| per.say(locale));
        Some(per.map_or(number.clone(), |per| with_unit(&number, per)))
    };
    let value = dated.and_then(|dated| say(evaluation.without_ceilings().figure(&dated.value)));
    // A rule that sets a figure as a multiple of one that is not known is no source of a figure.
    let dated = dated.filter(|_| value.is_some());
    let coming = evaluation.coming(param).and_then(|(from, span)| Some(ComingAnswer { from, value: say(span)? }));
    Some(FigureAnswer {
        name,
        value,
        from: dated.and_then(|dated| evaluation.since(dated)),
        old: matches!(shown, Shown::Figure { old: true, .. }),
        source: dated.map(|dated| cited(evaluation, dated.source, locale)),
        coming,
    })
}

/// `1,535 元/人/月` from `1,535 元` and `元/人/月`.
pub fn with_unit(amount: &str, per: &str) -> String {
    let number = ["元", "yuan"].iter().find_map(|unit| amount.strip_suffix(unit)).unwrap_or(amount);
    format!("{}{}{per}", number.trim_end(), if per.starts_with('元') || per.starts_with("yuan") { " " } else { "" })
}
