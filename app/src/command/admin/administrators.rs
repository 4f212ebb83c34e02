//! Making the first two account administrators, who make everybody else.

use std::io::{BufRead, Write, stderr, stdin};

use server::{
    App,
    error::Error,
    staff::{account::Person, found},
};
use shared::{
    identity::{IdDocument, IdType, NotThisDocument, PersonName},
    locale::Locale,
    staff::{AccountName, OfficeId, Refusal},
};

use crate::command::{Failure, Said};

/// Name and number are no arguments, which other users of the machine would see and shells would remember.
pub async fn create(app: &App, account: &str, offices: &[String]) -> Said {
    let account = AccountName::parse(account)?;
    let offices = named(found::offices(app).await?, offices)?;
    let name = PersonName::parse(&ask("Name:")?).map_err(in_english)?;
    let document = document(&ask("Number of the identity card:")?)?;
    let code = found::found(app, &Person { name, document }, &account, &offices, app.now()).await.map_err(told)?;
    let offices = offices.iter().map(OfficeId::as_str).collect::<Vec<_>>().join(", ");
    let handed = hand_over(app, &account, &code);
    Ok(format!("{account} administers the accounts of {offices} from now on.\n{handed}"))
}

pub async fn invite(app: &App, account: &str) -> Said {
    let account = AccountName::parse(account)?;
    let invited = found::invite_again(app, &account, app.now()).await;
    let code = invited.map_err(|error| match error.refusal() {
        Some(Refusal::NotAllowed) => {
            format!("{account} administers no accounts now; whoever does can invite them").into()
        }
        _ => told(error),
    })?;
    Ok(hand_over(app, &account, &code))
}

fn hand_over(app: &App, account: &AccountName, code: &str) -> String {
    let origin = app.settings().origin();
    format!(
        "To choose a password and set an authenticator up, once and within 24 hours:\n  {origin}/staff/invitation\n  \
         account     {account}\n  invitation  {code}\n"
    )
}

/// The offices that were named, or all there are.
fn named(known: Vec<OfficeId>, names: &[String]) -> Result<Vec<OfficeId>, Failure> {
    let named = names.iter().map(|name| OfficeId::parse(name)).collect::<Result<Vec<_>, _>>()?;
    match named.iter().find(|office| !known.is_empty() && !known.contains(office)) {
        Some(office) => Err(format!("there is no office {office}; `huimin admin places` lists what there is").into()),
        None if !named.is_empty() => Ok(named),
        None if known.is_empty() => Err("there is no office yet: name the one to come with --office".into()),
        None => Ok(known),
    }
}

fn ask(question: &str) -> Result<String, Failure> {
    writeln!(stderr(), "{question}")?;
    let mut answer = String::new();
    stdin().lock().read_line(&mut answer)?;
    Ok(answer.trim().to_owned())
}

/// The number tells which kind of card it is of.
fn document(number: &str) -> Result<IdDocument, Failure> {
    let read = match IdDocument::parse(IdType::ResidentId, number) {
        Err(NotThisDocument::Other(kind)) => IdDocument::parse(kind, number),
        read => read,
    };
    read.map_err(|unread| match unread {
        NotThisDocument::Unreadable(reason) => in_english(reason),
        NotThisDocument::Other(_) => "this is the number of no identity card".into(),
    })
}

fn in_english(reason: shared::field::Reason) -> Failure {
    reason.sentence(Locale::En).into()
}

/// What was refused in a whole sentence.
fn told(error: Error) -> Failure {
    match error {
        Error::Problem(problem) => problem.sentence(Locale::En).into(),
        error => error.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_tells_its_card_or_is_told_what_is_wrong_with_it() {
        assert_eq!(document(" 100000199001010011 ").unwrap().id_type(), IdType::ResidentId);
        for (number, told) in [("100000199001010019", "does not fit"), ("", "Enter the document number")] {
            let said = document(number).unwrap_err().to_string();
            assert!(said.contains(told), "{said}");
        }
    }

    #[test]
    fn an_administrator_has_the_offices_that_are_named_or_all() {
        let office = |name: &str| OfficeId::parse(name).unwrap();
        let all = || vec![office("nanshan"), office("futian")];
        assert_eq!(named(all(), &[]).unwrap(), all());
        assert_eq!(named(all(), &["futian".to_owned()]).unwrap(), [office("futian")]);
        assert!(named(all(), &["futain".to_owned()]).unwrap_err().to_string().contains("futain"));
        assert_eq!(named(Vec::new(), &["futian".to_owned()]).unwrap(), [office("futian")]);
        assert!(named(Vec::new(), &[]).is_err());
    }
}
