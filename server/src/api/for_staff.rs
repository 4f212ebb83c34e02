//! What the document says of every operation for staff: how one is known, which roles may, and how everybody else is
//! answered.

use shared::locale::Locale;
use shared::staff::Role;
use utoipa::openapi::{ContentBuilder, PathItem, Ref, RefOr, Response, path::Operation, security::SecurityRequirement};

use crate::route::Who;

/// The name of the session's cookie among the document's secrets.
pub(super) const SECRET: &str = "staff_session";

/// Adds to each operation of a path what follows from who may use it.
pub(super) fn describe(item: &mut PathItem, who: Who) {
    if !who.wants_session() {
        return;
    }
    let changing = [&mut item.post, &mut item.put, &mut item.patch, &mut item.delete];
    for operation in changing.into_iter().flatten() {
        answer(operation, "403", "`cross_site`: a browser was sent by another site");
        describe_one(operation, who);
    }
    if let Some(operation) = &mut item.get {
        describe_one(operation, who);
    }
}

fn describe_one(operation: &mut Operation, who: Who) {
    answer(operation, "401", "`sign_in_needed`");
    let may = match who {
        Who::Staff(right) => {
            answer(operation, "403", "`not_allowed`");
            let roles = Role::ALL.iter().filter(|role| role.allows(right)).map(|role| role.words(Locale::En));
            format!("For staff with the right `{}`: {}.", right.name(), roles.collect::<Vec<_>>().join(", "))
        }
        _ => "For staff who are signed in.".to_owned(),
    };
    let description = operation.description.get_or_insert_default();
    let pause = if description.is_empty() { "" } else { "\n\n" };
    description.push_str(pause);
    description.push_str(&may);
    operation.security = Some(vec![SecurityRequirement::new::<_, [&str; 0], _>(SECRET, [])]);
}

/// One more reason for a status, beside those that the handler names itself.
fn answer(operation: &mut Operation, status: &str, reason: &str) {
    let answer = operation.responses.responses.entry(status.to_owned());
    let answer = answer.or_insert_with(|| RefOr::T(Response::new("")));
    let RefOr::T(answer) = answer else { return };
    if !answer.description.is_empty() {
        answer.description.push_str("; ");
    }
    answer.description.push_str(reason);
    let problem = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
    answer.content.entry("application/problem+json".to_owned()).or_insert_with(|| problem.into());
}
