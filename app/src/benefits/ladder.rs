//! The ladder of social assistance.

use leptos::prelude::*;
use shared::eligibility::verdict::{Outcome, Status};

use super::{parts::folded, scene::Scene, status::tag};

/// The rungs of social assistance: a household stands on the first that fits.
pub fn ladder(scene: Scene<'_>, outcome: &Outcome) -> Option<AnyView> {
    let Scene { locale, pack, screen, .. } = scene;
    let on = |rung: u8| (0..pack.benefits.len()).filter(move |place| pack.benefits[*place].rung == Some(rung));
    let rungs: Vec<usize> = (0..=u8::MAX).flat_map(on).collect();
    if rungs.len() < 2 {
        return None;
    }
    // Where the benefit of a rung is a person's, the best result of anybody counts.
    let best = |place: usize| {
        let verdicts = outcome.verdicts.iter().filter(|verdict| verdict.benefit == place);
        verdicts.min_by_key(|verdict| (!verdict.already, verdict.status))
    };
    let rungs = rungs.into_iter().filter_map(best).map(|verdict| {
        let stands = verdict.already || verdict.status == Status::Likely;
        view! {
            <li class=if stands { "rung rung-stands" } else { "rung" }>
                <span class="rung-name">{pack.benefits[verdict.benefit].name.say(locale).to_owned()}</span>
                " "
                {tag(locale, &screen.household, verdict)}
            </li>
        }
    });
    let says = locale.say(
        "街道收一次申请，按这个顺序看您家属于哪一种；上面的不符合，就看下面的。",
        "The street office takes one application and looks in this order: where one does not fit, the next is tried.",
    );
    let body = view! {
        <p>{says}</p>
        <ol class="ladder" role="list">{rungs.collect_view()}</ol>
    };
    let title = locale.say("社会救助，从上到下看", "Social assistance, from the top");
    Some(folded(title.to_owned(), body.into_any()))
}
